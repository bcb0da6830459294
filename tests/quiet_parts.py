"""The smallest things that fulfil the ports, for tests of the domain alone.

They keep what they are given, so that a test can look at it.
"""

from collections.abc import Mapping, Sequence
from datetime import timedelta
from typing import Any
from uuid import UUID

from foredesk.database import Writes
from foredesk.live import Subscription
from foredesk.ports import Mail, Notice, Outcome, SearchQuery, SearchResult


class NoHooks:
    """A plugin host without plugins."""

    async def collect(
        self, hook: str, organization_id: UUID | None, **facts: Any
    ) -> tuple[Outcome, ...]:
        return ()

    def at_hand(
        self, hook: str, organization_id: UUID | None, **facts: Any
    ) -> tuple[Outcome, ...] | None:
        return ()

    async def first(self, hook: str, organization_id: UUID | None, **facts: Any) -> Outcome | None:
        return None

    async def fold(
        self, hook: str, organization_id: UUID | None, value: Any, **facts: Any
    ) -> tuple[Any, tuple[Outcome, ...]]:
        return value, ()

    def listeners(self, hook: str, organization_id: UUID | None) -> tuple[str, ...]:
        return ()

    async def deliver(
        self, hook: str, plugin: str, organization_id: UUID | None, **facts: Any
    ) -> Outcome:
        return Outcome(plugin=plugin)

    def report(self) -> Sequence[Mapping[str, Any]]:
        return ()


class NoIndex:
    """An index that finds nothing."""

    async def search(self, query: SearchQuery) -> SearchResult:
        return SearchResult()

    async def catch_up(self) -> int:
        return 0

    async def rebuild(self) -> int:
        return 0

    def status(self) -> Mapping[str, Any]:
        return {}


class QuietJobs:
    """Keeps (name, payload, key, delay) in `enqueued` and runs nothing."""

    def __init__(self) -> None:
        self.enqueued: list[tuple[str, Mapping[str, Any], str | None, timedelta]] = []

    async def enqueue(
        self,
        name: str,
        payload: Mapping[str, Any],
        *,
        key: str | None = None,
        delay: timedelta = timedelta(0),
        along_with: Writes | None = None,
    ) -> None:
        job = (name, payload, key, delay)
        if along_with is None:
            self.enqueued.append(job)
        else:
            along_with.afterwards(lambda: self.enqueued.append(job))


class QuietMailer:
    """Keeps mails in `sent`."""

    def __init__(self) -> None:
        self.sent: list[Mail] = []

    async def send(self, mail: Mail) -> None:
        self.sent.append(mail)


class QuietLive:
    """Keeps notices in `published` and delivers none."""

    def __init__(self) -> None:
        self.published: list[Notice] = []

    async def publish(
        self, topic: str, id: str, version: int, *, after: int | None = None, client: str = ""
    ) -> None:
        self.published.append(Notice(topic, id, version, after=after, client=client))

    def listen(self, topic: str) -> Subscription:
        return Subscription(topic)
