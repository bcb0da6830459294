"""Idempotency: an act repeated with the same key within a day is done once."""

import hashlib
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from datetime import timedelta
from typing import Any, TypeVar
from uuid import UUID

import orjson
from tortoise.exceptions import IntegrityError

from foredesk.desk import Desk
from foredesk.errors import DeskError, IdempotencyKeyReused, InvalidInput
from foredesk.people.models import IdempotencyKey
from foredesk.people.viewer import Viewer

KEPT = timedelta(hours=24)
LONGEST_KEY = 128
T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Once:
    """An act that its key makes happen once: the use case remembers what came of it."""

    desk: Desk
    viewer: Viewer
    act: str
    key: str
    given: Mapping[str, Any]

    async def earlier(self) -> UUID | None:
        return await earlier_result(
            self.desk, self.viewer, act=self.act, key=self.key, given=self.given
        )

    async def remember(self, result_id: UUID) -> None:
        """Call it in the transaction that made the result."""
        await self.row(result_id).save()

    def row(self, result_id: UUID) -> IdempotencyKey:
        """What `remember` stores, for who writes it together with the result.

        Of two attempts at once one gets an IntegrityError from it and is rolled back whole.
        """
        return IdempotencyKey(
            person_id=self.viewer.person_id,
            act=self.act,
            key=self.key,
            input_hash=_hash(self.given),
            result_id=result_id,
            created_at=self.desk.now(),
        )


async def only_once(
    once: Once, act: Callable[[], Awaitable[T]], again: Callable[[UUID], Awaitable[T]]
) -> T:
    """What the act makes, or what it made the first time. Raises IdempotencyKeyReused.

    Of two attempts at once the slower one is refused by what the faster one did, or by its key:
    then the faster one's result is the answer to both.
    """
    earlier = await once.earlier()
    if earlier is not None:
        return await again(earlier)
    try:
        return await act()
    except (DeskError, IntegrityError):
        twin = await once.earlier()
        if twin is None:
            raise
        return await again(twin)


async def earlier_result(
    desk: Desk, viewer: Viewer, *, act: str, key: str, given: Mapping[str, Any]
) -> UUID | None:
    """The id of what the first attempt made, or None when this is the first.

    Raises IdempotencyKeyReused when the key came with another input.
    """
    if not 0 < len(key) <= LONGEST_KEY or "\x00" in key:
        raise InvalidInput("idempotencyKey", f"Use 1 to {LONGEST_KEY} characters for the key.")
    earlier = await IdempotencyKey.get_or_none(person_id=viewer.person_id, act=act, key=key)
    if earlier is None or earlier.created_at < desk.now() - KEPT:
        if earlier is not None:
            await forget_keys(desk)
        return None
    if earlier.input_hash != _hash(given):
        raise IdempotencyKeyReused()
    return earlier.result_id


async def forget_keys(desk: Desk) -> None:
    """A sweep: after a day a key is as good as new."""
    await IdempotencyKey.filter(created_at__lt=desk.now() - KEPT).delete()


def _hash(given: Mapping[str, Any]) -> str:
    text = orjson.dumps(dict(given), option=orjson.OPT_SORT_KEYS, default=str)
    return hashlib.sha256(text).hexdigest()
