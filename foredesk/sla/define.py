"""Define calendars and agreements. What was in force stays: a revision is a new, dated version."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from foredesk.database import transaction
from foredesk.desk import Desk
from foredesk.errors import InvalidInput, NotFound, NotPermitted
from foredesk.people.policy import Act, require
from foredesk.people.viewer import Viewer
from foredesk.sla.agreed import agreements_changed
from foredesk.sla.calendar import NoWorkingTime
from foredesk.sla.hours import Written, read_hours
from foredesk.sla.models import (
    Agreement,
    AgreementTarget,
    AgreementVersion,
    Calendar,
    CalendarVersion,
    ClockName,
)
from foredesk.sla.priority import Priority
from foredesk.sla.terms import business_times

NAME_LIMIT = 120
SHORTEST = timedelta(minutes=1)


@dataclass(frozen=True, slots=True)
class Promised:
    """For one clock and priority, in working time: what we aim at, and what may be counted on."""

    clock: ClockName
    priority: Priority
    target: timedelta
    minimum: timedelta


async def define_calendar(
    desk: Desk,
    viewer: Viewer,
    *,
    name: str,
    time_zone: str,
    weekly: Written,
    exceptions: Written | None = None,
) -> Calendar:
    """Name the hours in which somebody works: `weekly={"monday": ["09:00-17:30"], …}`.

    `exceptions` replace the hours of single dates; an empty list is a holiday. Raises InvalidInput.
    """
    require(viewer, Act.MANAGE_AGREEMENTS)
    read_hours(time_zone, weekly, exceptions or {})
    name = _cleaned(name)
    if await Calendar.exists(name=name):
        raise InvalidInput("name", "There is a calendar of this name. Choose another.")
    async with transaction():
        calendar = await Calendar.create(name=name, created_at=desk.now())
        await _add_hours(calendar.id, desk.now(), time_zone, weekly, exceptions or {})
    return calendar


async def revise_calendar(
    desk: Desk,
    viewer: Viewer,
    *,
    calendar_id: UUID,
    time_zone: str,
    weekly: Written,
    exceptions: Written | None = None,
    valid_from: datetime | None = None,
) -> CalendarVersion:
    """Change the hours from now or a later time on; open clocks are moved, past time stays counted.

    Raises InvalidInput or NotFound, and NotPermitted unless the viewer may change every agreement
    that runs by these hours.
    """
    require(viewer, Act.MANAGE_AGREEMENTS)
    read_hours(time_zone, weekly, exceptions or {})
    newest = await CalendarVersion.filter(calendar_id=calendar_id).order_by("-valid_from").first()
    if newest is None:
        raise NotFound("calendarId")
    for organization_id in await _bound_by(calendar_id):
        _require_for(viewer, organization_id)
    start = _start(desk, valid_from, newest.valid_from)
    async with transaction():
        version = await _add_hours(calendar_id, start, time_zone, weekly, exceptions or {})
        await desk.jobs.enqueue("reproject_clocks", {"calendar_id": str(calendar_id)})
    return version


async def define_agreement(
    desk: Desk,
    viewer: Viewer,
    *,
    name: str,
    calendar_id: UUID,
    promises: Sequence[Promised],
    organization_id: UUID | None = None,
    service_id: UUID | None = None,
    kind: str | None = None,
    valid_from: datetime | None = None,
) -> Agreement:
    """Promise an organization something; without one, everybody, which is for administrators.

    Raises InvalidInput or NotFound.
    """
    _require_for(viewer, organization_id)
    start = valid_from or desk.now()
    await _check(calendar_id, promises, start)
    async with transaction():
        agreement = await Agreement.create(
            name=_cleaned(name),
            kind=kind,
            organization_id=organization_id,
            service_id=service_id,
            created_at=desk.now(),
        )
        await _add_terms(agreement.id, 1, calendar_id, start, promises)
    return agreement


async def revise_agreement(
    desk: Desk,
    viewer: Viewer,
    *,
    agreement_id: UUID,
    calendar_id: UUID,
    promises: Sequence[Promised],
    valid_from: datetime | None = None,
) -> AgreementVersion:
    """Change the terms for requests that are made from now or a later time on.

    Raises InvalidInput or NotFound.
    """
    agreement = await Agreement.get_or_none(id=agreement_id)
    if agreement is None:
        raise NotFound("agreementId")
    _require_for(viewer, agreement.organization_id)
    newest = await AgreementVersion.filter(agreement_id=agreement_id).order_by("-number").first()
    start = _start(desk, valid_from, newest.valid_from if newest else desk.now())
    await _check(calendar_id, promises, start)
    async with transaction():
        number = newest.number + 1 if newest else 1
        return await _add_terms(agreement_id, number, calendar_id, start, promises)


@dataclass(slots=True)
class _Promise:
    """What the policy wants to know: to whom."""

    organization_id: UUID


async def _bound_by(calendar_id: UUID) -> set[UUID | None]:
    """The organizations with an agreement by this calendar; None for an agreement with all."""
    versions = AgreementVersion.filter(calendar_id=calendar_id)
    ids = await versions.values_list("agreement__organization_id", flat=True)
    return {UUID(str(id)) if id else None for id in ids}


def _require_for(viewer: Viewer, organization_id: UUID | None) -> None:
    if organization_id is not None:
        require(viewer, Act.MANAGE_AGREEMENTS, _Promise(organization_id))
    elif not viewer.is_administrator:
        raise NotPermitted("Only administrators may promise something to everybody.")


def _cleaned(name: str) -> str:
    name = " ".join(name.split())
    if not 0 < len(name) <= NAME_LIMIT or not name.isprintable():
        raise InvalidInput("name", f"Give it a name of at most {NAME_LIMIT} characters.")
    return name


def _start(desk: Desk, valid_from: datetime | None, newest: datetime) -> datetime:
    start = valid_from or desk.now()
    if start < desk.now() or start <= newest:
        raise InvalidInput("validFrom", "Begin now or later, and after the newest version.")
    return start


async def _check(calendar_id: UUID, promises: Sequence[Promised], start: datetime) -> None:
    if not promises:
        raise InvalidInput("promises", "Promise at least one thing.")
    if len({(one.clock, one.priority) for one in promises}) < len(promises):
        raise InvalidInput("promises", "Give each clock and priority once.")
    for one in promises:
        if not SHORTEST <= one.target <= one.minimum:
            raise InvalidInput(
                "promises", "A target is at least a minute, and its minimum no shorter than it."
            )
    business = (await business_times([calendar_id])).get(calendar_id)
    if business is None:
        raise NotFound("calendarId")
    try:
        business.add(start, max(_seconds(one.minimum) for one in promises))
    except NoWorkingTime:
        raise InvalidInput(
            "promises", "The calendar is not open long enough in ten years for this."
        ) from None


async def _add_hours(
    calendar_id: UUID, start: datetime, time_zone: str, weekly: Written, exceptions: Written
) -> CalendarVersion:
    await agreements_changed()
    return await CalendarVersion.create(
        calendar_id=calendar_id,
        valid_from=start,
        time_zone=time_zone,
        weekly={day: list(spans) for day, spans in weekly.items()},
        exceptions={day: list(spans) for day, spans in exceptions.items()},
    )


async def _add_terms(
    agreement_id: UUID,
    number: int,
    calendar_id: UUID,
    start: datetime,
    promises: Sequence[Promised],
) -> AgreementVersion:
    await agreements_changed()
    version = await AgreementVersion.create(
        agreement_id=agreement_id, number=number, calendar_id=calendar_id, valid_from=start
    )
    for one in promises:
        await AgreementTarget.create(
            version_id=version.id,
            clock=one.clock,
            priority=one.priority,
            target_seconds=_seconds(one.target),
            minimum_seconds=_seconds(one.minimum),
        )
    return version


def _seconds(time: timedelta) -> int:
    return int(time.total_seconds())
