"""The composition root: builds the Desk and what fulfils its ports; alone knows every package."""

# First, because a wheel keeps the four sibling packages under foredesk/parts.
import foredesk.parts_path  # noqa: F401

# isort: split
import random
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import UTC, datetime

from foredesk.channels.mail import OutboxMailer
from foredesk.database import connect, disconnect
from foredesk.desk import Desk
from foredesk.jobs import PgQueuerJobs
from foredesk.knowledge.feed import ArticleFeed
from foredesk.live import Hub, hub_for_connection
from foredesk.plugin_settings.follow import adopt_settings
from foredesk.settings import Settings
from foredesk.tickets.history import classified_tickets
from plugins.discovery import discover, required
from plugins.host import PluginHost
from search_index.engines import index_on
from search_index.index import LocalIndex


@dataclass(frozen=True, slots=True)
class Parts:
    """A desk with the parts behind its ports, for whoever has to run or stop them."""

    desk: Desk
    host: PluginHost
    index: LocalIndex
    jobs: PgQueuerJobs
    hub: Hub


def utc_now() -> datetime:
    return datetime.now(UTC)


@asynccontextmanager
async def open_desk(
    settings: Settings,
    *,
    now: Callable[[], datetime] = utc_now,
    chance: random.Random | None = None,
) -> AsyncIterator[Parts]:
    """A desk on its database, ready for use cases; no job runs and no index follows yet.

    The schema must be up to date. Raises DatabaseInUse for the SQLite file of another process,
    RequiredPluginMissing and EngineMissing.
    """
    await connect(settings.database)
    try:
        parts = await build_desk(settings, now=now, chance=chance or random.Random())
        try:
            yield parts
        finally:
            await parts.host.shutdown()
            parts.index.close()
    finally:
        await disconnect()


async def build_desk(
    settings: Settings, *, now: Callable[[], datetime], chance: random.Random
) -> Parts:
    """The desk on the database that is connected; the caller ends with `host.shutdown()`."""
    host = PluginHost(now=now, history=classified_tickets)
    index = index_on(settings.search_engine, ArticleFeed(host), settings.index_dir)
    host.load(discover(settings))
    await host.startup()
    host.require(required(settings))
    await adopt_settings(host)
    jobs, hub = PgQueuerJobs(), hub_for_connection()
    desk = Desk(
        now=now,
        random=chance,
        hooks=host,
        knowledge=index,
        jobs=jobs,
        mailer=OutboxMailer(
            now,
            jobs,
            settings.mail_from.rpartition("@")[2],
            leaves=bool(settings.smtp_url),
        ),
        live=hub,
        settings=settings,
    )
    return Parts(desk, host, index, jobs, hub)
