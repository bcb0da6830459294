"""Compare the models with the migrations, or write the step that is missing as a draft."""

import asyncio
import sys
import tempfile
from pathlib import Path

from tortoise import Tortoise
from tortoise.migrations.autodetector import MigrationAutodetector
from tortoise.migrations.writer import MigrationWriter

from foredesk.database.connect import connect, database_config, disconnect
from foredesk.database.write_whole import write_whole


async def missing_step() -> MigrationWriter | None:
    """What would have to be migrated for the database to fit the models; None if it does."""
    with tempfile.TemporaryDirectory() as folder:
        url = f"sqlite:///{folder}/empty.sqlite3"
        await connect(url)
        try:
            assert Tortoise.apps is not None
            detector = MigrationAutodetector(Tortoise.apps, database_config(url)["apps"])
            steps = await detector.changes()
        finally:
            await disconnect()
    return steps[0] if steps else None


def main(arguments: list[str]) -> int:
    if arguments[:1] == ["whole"]:
        asyncio.run(write_whole(arguments[1]))
        return 0
    step = asyncio.run(missing_step())
    if step is None:
        sys.stdout.write("Models and migrations agree.\n")
        return 0
    for operation in step.operations:
        sys.stdout.write(f"missing: {operation.describe()}\n")
    if arguments[:1] == ["write"]:
        step.name = arguments[1]
        path = Path(step.write())
        sys.stdout.write(f"draft written to {path}: review every operation\n")
        return 0
    return 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
