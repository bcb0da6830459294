"""The queue's own tables, installed and removed by the migrations."""

from tortoise.backends.base.client import BaseDBAsyncClient

from foredesk.jobs import sqlite_store


async def install(client: BaseDBAsyncClient) -> None:
    await client.execute_script(_statements(client)[0])


async def uninstall(client: BaseDBAsyncClient) -> None:
    await client.execute_script(_statements(client)[1])


def _statements(client: BaseDBAsyncClient) -> tuple[str, str]:
    if client.capabilities.dialect == "sqlite":
        return sqlite_store.CREATE, sqlite_store.DROP
    from pgqueuer.adapters.persistence.qb import QueryBuilderEnvironment

    environment = QueryBuilderEnvironment()
    return environment.build_install_query(), environment.build_uninstall_query()
