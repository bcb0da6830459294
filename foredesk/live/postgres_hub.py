"""Several processes on one PostgreSQL: LISTEN and NOTIFY as a hint, with ids and nothing else.

One connection outside of the pool does both. Nobody tells when a connection dies silently, so it
is asked every few seconds; and whenever there is a new one, notices may have been lost, and every
listener is told to read anew.
"""

import asyncio
import logging
from datetime import timedelta
from typing import Any
from uuid import uuid4

import asyncpg
import orjson

from foredesk.database.postgres import connection_of_its_own
from foredesk.live.hub import Hub
from foredesk.live.pending import Pending
from foredesk.ports import Notice

CHANNEL = "foredesk_live"
LONGEST_PAYLOAD = 200
logger = logging.getLogger(__name__)


class PostgresHub(Hub):
    def __init__(
        self,
        *,
        heartbeat: timedelta = timedelta(seconds=10),
        reconnect_after: timedelta = timedelta(seconds=1),
    ) -> None:
        super().__init__()
        self._heartbeat = heartbeat.total_seconds()
        self._reconnect_after = reconnect_after.total_seconds()
        self._origin = uuid4().hex[:8]
        self._pending = Pending()
        self._work = asyncio.Event()

    async def publish(
        self, topic: str, id: str, version: int, *, after: int | None = None, client: str = ""
    ) -> None:
        """Here at once; in other processes in a moment, all of one moment in one statement."""
        notice = Notice(topic, id, version, after=after, client=client)
        if len(self._payload(notice)) > LONGEST_PAYLOAD:
            raise ValueError(f"a notice takes at most {LONGEST_PAYLOAD} bytes: {notice}")
        self._deliver(notice)
        self._pending.add(notice)
        self._work.set()

    async def run(self) -> None:
        """Stay connected until `stop`, through restarts of the server."""
        while not self._stopping.is_set():
            try:
                await self._stay_connected()
            except Exception as error:
                logger.warning("Live updates lost their connection: %r", error)
                await asyncio.sleep(self._reconnect_after)

    async def stop(self) -> None:
        await super().stop()
        self._work.set()

    async def _stay_connected(self) -> None:
        connection = await connection_of_its_own("foredesk-live")
        try:
            connection.add_termination_listener(lambda _: self._work.set())
            await connection.add_listener(CHANNEL, self._heard)
            self._resync()
            while not self._stopping.is_set():
                await self._send(connection)
                await self._wait()
        finally:
            connection.terminate()

    async def _send(self, connection: "asyncpg.Connection[asyncpg.Record]") -> None:
        """Send what is pending, or nothing at all: that asks whether anybody is there."""
        self._work.clear()
        notices = self._pending.take()
        try:
            await connection.execute(
                "SELECT pg_notify($1, payload) FROM unnest($2::text[]) AS payload",
                CHANNEL,
                [self._payload(notice).decode() for notice in notices],
                timeout=self._heartbeat,
            )
        except BaseException:
            self._pending.put_back(notices)
            raise

    async def _wait(self) -> None:
        try:
            async with asyncio.timeout(self._heartbeat):
                await self._work.wait()
        except TimeoutError:
            pass

    def _payload(self, notice: Notice) -> bytes:
        known = [notice.topic, notice.id, notice.version, notice.kind, notice.after, notice.client]
        return orjson.dumps([self._origin, *known])

    def _heard(self, _connection: Any, _pid: Any, _channel: Any, payload: Any) -> None:
        try:
            origin, *known = orjson.loads(payload)
            notice = Notice(*known)
        except (TypeError, ValueError):
            logger.warning("Not a notice: %.200r", payload)
            return
        if origin != self._origin:
            self._deliver(notice)
