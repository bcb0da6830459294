"""Admitted: callers who were admitted a moment ago, and whose rights nobody has changed since."""

import asyncio
import hashlib
from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta

from starlette.requests import HTTPConnection

from api.admission import Admit, Caller
from foredesk.people.watched import RIGHTS

MOMENT = timedelta(seconds=5)
"""Should a notice of another process be lost, rights last that much longer."""

REMEMBERED = 10_000


@dataclass(frozen=True, slots=True)
class _Entry:
    caller: Caller
    version: int
    since: datetime
    until: datetime


class Admitted:
    """Admits as `credentials` do, but reads what a token opens once in a moment.

    Tokens are kept as their SHA-256. Whatever changes rights is noticed by the database layer
    (`foredesk.people.watched`): here at once, in other processes as soon as they hear of it.
    """

    def __init__(self, credentials: Admit, now: Callable[[], datetime]) -> None:
        self._credentials = credentials
        self._now = now
        self._entries: OrderedDict[bytes, _Entry] = OrderedDict()
        self._looking: dict[tuple[bytes, int], asyncio.Task[Caller]] = {}

    async def __call__(self, connection: HTTPConnection, authorization: str | None) -> Caller:
        """Raises Unauthenticated."""
        if not authorization:
            return await self._credentials(connection, authorization)
        key, now, version = _key(authorization.encode("latin-1")), self._now(), RIGHTS.version
        if caller := self._known(key, now):
            return caller
        # Shielded, because whoever asked first may leave while others wait for the same.
        return await asyncio.shield(self._looked_up(key, version, connection, authorization))

    def _looked_up(
        self, key: bytes, version: int, connection: HTTPConnection, authorization: str
    ) -> "asyncio.Task[Caller]":
        """Once for all who ask at the same time, of the same rights."""
        looking = self._looking.get((key, version))
        if looking is None:
            looking = asyncio.ensure_future(self._look_up(key, version, connection, authorization))
            self._looking[key, version] = looking
            looking.add_done_callback(lambda done: self._looked(key, version, done))
        return looking

    def _looked(self, key: bytes, version: int, done: "asyncio.Task[Caller]") -> None:
        del self._looking[key, version]
        if not done.cancelled():
            done.exception()  # so that nobody complains where all who asked have left

    async def _look_up(
        self, key: bytes, version: int, connection: HTTPConnection, authorization: str
    ) -> Caller:
        now = self._now()
        self._entries.pop(key, None)
        caller = await self._credentials(connection, authorization)
        self._entries[key] = _Entry(caller, version, now, _end(caller, now))
        if len(self._entries) > REMEMBERED:
            self._entries.popitem(last=False)
        return caller

    def known(self, authorization: bytes | None) -> Caller | None:
        """Who this header speaks for; None if that has to be looked up."""
        return self._known(_key(authorization), self._now()) if authorization else None

    def _known(self, key: bytes, now: datetime) -> Caller | None:
        entry = self._entries.get(key)
        if entry and entry.version == RIGHTS.version and entry.since <= now < entry.until:
            return entry.caller
        return None


def _key(authorization: bytes) -> bytes:
    return hashlib.sha256(authorization).digest()


def _end(caller: Caller, now: datetime) -> datetime:
    ends = (now + MOMENT, caller.expires_at, caller.viewer.valid_until)
    return min(end for end in ends if end is not None)
