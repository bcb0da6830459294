"""The hub of one process: bounded queues, and a resync for whoever was too slow."""

import asyncio
from collections import deque
from collections.abc import Sequence
from typing import Self
from weakref import WeakSet

from foredesk.ports import Notice

LONGEST_QUEUE = 100


class Hub:
    """Fulfils the Live port. `run` keeps it connected, where there is anything to connect to."""

    def __init__(self) -> None:
        self._subscriptions: dict[str, WeakSet[Subscription]] = {}
        self._stopping = asyncio.Event()
        self._resyncs = 0

    async def publish(
        self, topic: str, id: str, version: int, *, after: int | None = None, client: str = ""
    ) -> None:
        """Tell all listeners; call it after the commit."""
        self._deliver(Notice(topic, id, version, after=after, client=client))

    def listen(self, topic: str) -> "Subscription":
        """Notices from this call on; `aclose()` it, or let go of it, to end."""
        subscription = Subscription(topic)
        self._subscriptions.setdefault(topic, WeakSet()).add(subscription)
        return subscription

    async def run(self) -> None:
        """Until `stop`."""
        await self._stopping.wait()

    async def stop(self) -> None:
        """End every subscription, so that nobody waits for what will not come."""
        self._stopping.set()
        for subscription in self._all():
            await subscription.aclose()

    def _deliver(self, notice: Notice) -> None:
        subscriptions = self._subscriptions.get(notice.topic)
        if not subscriptions:
            self._subscriptions.pop(notice.topic, None)
            return
        for subscription in list(subscriptions):
            subscription.put(notice)

    def _resync(self) -> None:
        self._resyncs += 1
        for subscription in self._all():
            subscription.put_resync(self._resyncs)

    def _all(self) -> "list[Subscription]":
        return [one for topic in list(self._subscriptions.values()) for one in list(topic)]


class Subscription:
    """An async iterator of notices for one listener."""

    def __init__(self, topic: str) -> None:
        self._topic = topic
        self._waiting: deque[Notice] = deque()
        self._changed = asyncio.Event()
        self._is_closed = False

    def put(self, notice: Notice) -> None:
        if notice.kind == "resync":
            self.put_resync(notice.version)
        elif len(self._waiting) >= LONGEST_QUEUE:
            self.put_resync()
        elif not self._is_closed:
            self._waiting.append(notice)
            self._changed.set()

    def put_resync(self, version: int = 0) -> None:
        """One resync says more than everything that waits."""
        self._waiting.clear()
        self._waiting.append(Notice(topic=self._topic, id="", version=version, kind="resync"))
        self._changed.set()

    def waiting(self) -> Sequence[Notice]:
        taken = list(self._waiting)
        self._waiting.clear()
        return taken

    async def aclose(self) -> None:
        self._is_closed = True
        self._waiting.clear()
        self._changed.set()

    def __aiter__(self) -> Self:
        return self

    async def __anext__(self) -> Notice:
        while not self._waiting:
            if self._is_closed:
                raise StopAsyncIteration
            self._changed.clear()
            await self._changed.wait()
        return self._waiting.popleft()
