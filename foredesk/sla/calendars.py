"""Define calendars. What was in force stays: a revision is a new, dated version."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import datetime
from uuid import UUID

from foredesk.database import transaction
from foredesk.desk import Desk
from foredesk.errors import InvalidInput, NotFound, StaleVersion
from foredesk.people.idempotency import Once
from foredesk.people.policy import Act, require
from foredesk.people.viewer import Viewer
from foredesk.sla.agreed import agreements_changed
from foredesk.sla.dated import cleaned_name, require_for, start_of
from foredesk.sla.holidays import HolidaySource
from foredesk.sla.hours import Written
from foredesk.sla.models import AgreementVersion, Calendar, CalendarVersion
from foredesk.sla.written import WrittenHours

Change = Callable[[WrittenHours], WrittenHours]


async def define_calendar(
    desk: Desk,
    viewer: Viewer,
    *,
    name: str,
    time_zone: str,
    weekly: Written,
    exceptions: Written | None = None,
    names: Mapping[str, str] | None = None,
    holidays: HolidaySource | None = None,
    once: Once | None = None,
) -> Calendar:
    """Name the hours in which somebody works: `weekly={"monday": ["09:00-17:30"], …}`.

    `exceptions` replace the hours of single dates; an empty list is a holiday. Raises InvalidInput.
    """
    require(viewer, Act.MANAGE_AGREEMENTS)
    written = WrittenHours(time_zone, weekly, exceptions or {}, names or {}, holidays)
    written.read()
    name = cleaned_name(name)
    async with transaction():
        if await Calendar.exists(name=name):
            raise InvalidInput("name", "There is a calendar of this name. Choose another.")
        calendar = await Calendar.create(name=name, created_at=desk.now())
        await _add_version(calendar.id, desk.now(), written)
        if once is not None:
            await once.remember(calendar.id)
    return calendar


async def revise_calendar(
    desk: Desk,
    viewer: Viewer,
    *,
    calendar_id: UUID,
    time_zone: str | None = None,
    weekly: Written | None = None,
    exceptions: Written | None = None,
    names: Mapping[str, str] | None = None,
    valid_from: datetime | None = None,
    expected_version: int | None = None,
    once: Once | None = None,
) -> CalendarVersion:
    """Change the hours from now or a later time on; open clocks are moved, past time stays counted.

    What is None stays as it is. Raises InvalidInput or NotFound, StaleVersion, and NotPermitted
    unless the viewer may change every agreement that runs by these hours.
    """

    def change(written: WrittenHours) -> WrittenHours:
        dates = written.exceptions if exceptions is None else exceptions
        said = written.names if names is None else names
        kept = {day: name for day, name in said.items() if day in dates or names is not None}
        return replace(
            written,
            time_zone=time_zone or written.time_zone,
            weekly=written.weekly if weekly is None else weekly,
            exceptions=dates,
            names=kept,
        )

    return await revise_hours(
        desk,
        viewer,
        calendar_id=calendar_id,
        change=change,
        valid_from=valid_from,
        expected_version=expected_version,
        once=once,
    )


async def revise_hours(
    desk: Desk,
    viewer: Viewer,
    *,
    calendar_id: UUID,
    change: Change,
    valid_from: datetime | None = None,
    expected_version: int | None = None,
    once: Once | None = None,
) -> CalendarVersion:
    """A new version, made of the newest by `change`; see `revise_calendar`."""
    require(viewer, Act.MANAGE_AGREEMENTS)
    async with transaction():
        if await Calendar.filter(id=calendar_id).select_for_update().first() is None:
            raise NotFound("calendarId")
        for organization_id in await _bound_by(calendar_id):
            require_for(viewer, organization_id)
        newest = await newest_version(calendar_id)
        count = await CalendarVersion.filter(calendar_id=calendar_id).count()
        if expected_version not in (None, count):
            raise StaleVersion(count)
        written = change(WrittenHours.of(newest))
        written.read()
        start = start_of(desk, valid_from, newest.valid_from)
        version = await _add_version(calendar_id, start, written)
        await desk.jobs.enqueue("reproject_clocks", {"calendar_id": str(calendar_id)})
        if once is not None:
            await once.remember(calendar_id)
    return version


async def newest_version(calendar_id: UUID) -> CalendarVersion:
    """The version that begins last, which may not have begun yet. Raises NotFound."""
    newest = await CalendarVersion.filter(calendar_id=calendar_id).order_by("-valid_from").first()
    if newest is None:
        raise NotFound("calendarId")
    return newest


async def _bound_by(calendar_id: UUID) -> set[UUID | None]:
    """The organizations with an agreement by this calendar; None for an agreement with all."""
    versions = AgreementVersion.filter(calendar_id=calendar_id)
    ids = await versions.values_list("agreement__organization_id", flat=True)
    return {UUID(str(id)) if id else None for id in ids}


async def _add_version(
    calendar_id: UUID, start: datetime, written: WrittenHours
) -> CalendarVersion:
    await agreements_changed()
    return await CalendarVersion.create(
        calendar_id=calendar_id, valid_from=start, **written.columns()
    )
