"""Terms: agreement versions and calendars, ready for the clock."""

from collections.abc import Iterable, Mapping
from uuid import UUID

from foredesk.sla.agreed import agreed
from foredesk.sla.calendar import BusinessTime
from foredesk.sla.clock import Terms


async def terms_of(version_ids: Iterable[UUID]) -> Mapping[UUID, Terms]:
    """An unknown id is left out."""
    ids = set(version_ids)
    return await (await agreed()).terms(ids) if ids else {}


async def business_times(calendar_ids: Iterable[UUID]) -> Mapping[UUID, BusinessTime]:
    """An unknown id is left out."""
    return await (await agreed()).times(calendar_ids)
