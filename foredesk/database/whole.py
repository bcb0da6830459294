"""Whole: the schema after all migrations, for a database that has nothing yet.

To go through every step of the past would take it many seconds. `python -m foredesk.migrations
whole` writes both files anew; a test compares them with what the steps make.
"""

from importlib.resources import files

from tortoise.backends.base.client import BaseDBAsyncClient
from tortoise.migrations.recorder import MigrationRecorder


async def make_whole(
    client: BaseDBAsyncClient, recorder: MigrationRecorder, app: str, names: list[str]
) -> None:
    """In the caller's transaction, with every step noted as done."""
    dialect = client.capabilities.dialect
    script = files("foredesk.database").joinpath("schema", f"{dialect}.sql")
    await client.execute_script(script.read_text("utf-8"))
    for name in names:
        await recorder.record_applied(app, name)
