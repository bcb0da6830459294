"""Terms: agreement versions and calendars read from the database, ready for the clock."""

from collections.abc import Iterable, Mapping
from uuid import UUID

from foredesk.sla.calendar import BusinessTime, instant
from foredesk.sla.clock import Goal, Terms
from foredesk.sla.hours import read_hours
from foredesk.sla.models import AgreementVersion, CalendarVersion, ClockName
from foredesk.sla.priority import Priority


async def terms_of(version_ids: Iterable[UUID]) -> Mapping[UUID, Terms]:
    """An unknown id is left out."""
    versions = await AgreementVersion.filter(id__in=list(set(version_ids))).prefetch_related(
        "targets"
    )
    times = await business_times(version.calendar_id for version in versions)
    return {version.id: Terms(times[version.calendar_id], _goals(version)) for version in versions}


async def business_times(calendar_ids: Iterable[UUID]) -> Mapping[UUID, BusinessTime]:
    rows = await CalendarVersion.filter(calendar_id__in=list(set(calendar_ids))).order_by(
        "valid_from"
    )
    grouped: dict[UUID, list[CalendarVersion]] = {}
    for row in rows:
        grouped.setdefault(row.calendar_id, []).append(row)
    return {calendar_id: business_time(found) for calendar_id, found in grouped.items()}


def business_time(versions: Iterable[CalendarVersion]) -> BusinessTime:
    """Versions in the order of `valid_from`; their hours are parsed once per process."""
    return BusinessTime(
        tuple(
            (instant(row.valid_from), read_hours(row.time_zone, row.weekly, row.exceptions))
            for row in versions
        )
    )


def _goals(version: AgreementVersion) -> Mapping[tuple[ClockName, Priority], Goal]:
    return {
        (ClockName(target.clock), Priority(target.priority)): Goal(
            target.target_seconds, target.minimum_seconds
        )
        for target in version.targets
    }
