"""The queue's own tables, which a migration installs: PgQueuer's, or our one table on SQLite."""

from typing import Any

from pgqueuer.adapters.persistence.qb import QueryBuilderEnvironment
from tortoise.backends.base.client import BaseDBAsyncClient
from tortoise.migrations.schema_editor.base import BaseSchemaEditor

from foredesk.jobs import sqlite_store


async def install_queue(_models: Any, editor: BaseSchemaEditor) -> None:
    await install(editor.client)


async def remove_queue(_models: Any, editor: BaseSchemaEditor) -> None:
    await uninstall(editor.client)


async def install(client: BaseDBAsyncClient) -> None:
    if client.capabilities.dialect == "sqlite":
        await client.execute_script(sqlite_store.CREATE)
    else:
        await client.execute_script(QueryBuilderEnvironment().build_install_query())


async def uninstall(client: BaseDBAsyncClient) -> None:
    if client.capabilities.dialect == "sqlite":
        await client.execute_script(sqlite_store.DROP)
    else:
        await client.execute_script(QueryBuilderEnvironment().build_uninstall_query())
