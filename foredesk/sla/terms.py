"""Terms: agreement versions and calendars, ready for the clock."""

from collections.abc import Iterable, Mapping, Sequence
from uuid import UUID

from foredesk.sla.agreed import agreed
from foredesk.sla.calendar import BusinessTime
from foredesk.sla.facts import ClockEvent
from foredesk.sla.rulebook import Rulebook, Terms


async def terms_of(version_ids: Iterable[UUID]) -> Mapping[UUID, Terms]:
    """An unknown id is left out."""
    ids = set(version_ids)
    return await (await agreed()).terms(ids) if ids else {}


async def rulebook_for(histories: Iterable[Sequence[ClockEvent]]) -> Rulebook:
    """What the clocks of many tickets depend on, read once for all of them."""
    return await (await agreed()).rulebook([event for events in histories for event in events])


async def business_times(calendar_ids: Iterable[UUID]) -> Mapping[UUID, BusinessTime]:
    """An unknown id is left out."""
    return await (await agreed()).times(calendar_ids)
