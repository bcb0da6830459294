"""Idempotency: an act repeated with the same key within a day is done once."""

import hashlib
from collections.abc import Mapping
from datetime import timedelta
from typing import Any
from uuid import UUID

import orjson

from foredesk.desk import Desk
from foredesk.errors import IdempotencyKeyReused, InvalidInput
from foredesk.people.models import IdempotencyKey
from foredesk.people.viewer import Viewer

KEPT = timedelta(hours=24)
LONGEST_KEY = 128


async def earlier_result(
    desk: Desk, viewer: Viewer, *, act: str, key: str, given: Mapping[str, Any]
) -> UUID | None:
    """The id of what the first attempt made, or None when this is the first.

    Raises IdempotencyKeyReused when the key came with another input.
    """
    if not 0 < len(key) <= LONGEST_KEY or "\x00" in key:
        raise InvalidInput("idempotencyKey", f"Use 1 to {LONGEST_KEY} characters for the key.")
    await IdempotencyKey.filter(created_at__lt=desk.now() - KEPT).delete()
    earlier = await IdempotencyKey.get_or_none(person_id=viewer.person_id, act=act, key=key)
    if earlier is None:
        return None
    if earlier.input_hash != _hash(given):
        raise IdempotencyKeyReused()
    return earlier.result_id


async def remember_result(
    desk: Desk, viewer: Viewer, *, act: str, key: str, given: Mapping[str, Any], result_id: UUID
) -> None:
    """Call it in the transaction that made the result.

    Of two attempts at once one gets an IntegrityError here and is rolled back whole.
    """
    await IdempotencyKey.create(
        person_id=viewer.person_id,
        act=act,
        key=key,
        input_hash=_hash(given),
        result_id=result_id,
        created_at=desk.now(),
    )


def _hash(given: Mapping[str, Any]) -> str:
    text = orjson.dumps(dict(given), option=orjson.OPT_SORT_KEYS, default=str)
    return hashlib.sha256(text).hexdigest()
