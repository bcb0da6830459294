"""How the tests load a small demo."""

import random
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path

from foredesk import background
from foredesk.channels.transports import OutboxOnly
from foredesk.composition import Parts, build_desk
from foredesk.demo import DemoSummary, Progress, Script, StoryClock, load_demo
from foredesk.settings import Settings

UNTIL = datetime(2026, 3, 4, 15, 20, tzinfo=UTC)
"""A Wednesday afternoon in Berlin, a morning in New York."""

SMALL = Script(until=UNTIL, days=30, tickets=16, visits=14)


@asynccontextmanager
async def building(database: str, folder: Path) -> AsyncIterator[Parts]:
    """All parts of a desk on the connected database, for plugins in the story's time."""
    settings = Settings(data_dir=folder, database_url=database)
    clock = StoryClock(SMALL.since)
    parts = await build_desk(settings, now=clock.of_the_week, chance=random.Random(1))
    try:
        yield parts
    finally:
        await parts.host.shutdown()
        parts.index.close()


async def load(
    parts: Parts, script: Script = SMALL, progress: Progress = lambda _, __: None
) -> DemoSummary:
    return await load_demo(
        parts.desk,
        StoryClock(script.since - timedelta(days=40)),
        script=script,
        handlers=lambda desk: background.handlers(desk, OutboxOnly()),
        progress=progress,
    )
