"""Exceptions: single dates of a calendar that differ from its week, added, changed, taken back."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date, datetime
from uuid import UUID

from foredesk.desk import Desk
from foredesk.people.idempotency import Once
from foredesk.people.viewer import Viewer
from foredesk.sla.calendars import revise_hours
from foredesk.sla.hours import Written
from foredesk.sla.models import CalendarVersion
from foredesk.sla.written import WrittenHours


async def change_exceptions(
    desk: Desk,
    viewer: Viewer,
    *,
    calendar_id: UUID,
    exceptions: Mapping[date, Sequence[str]],
    names: Mapping[date, str] | None = None,
    usual: Sequence[date] = (),
    time_zone: str | None = None,
    weekly: Written | None = None,
    valid_from: datetime | None = None,
    expected_version: int | None = None,
    once: Once | None = None,
) -> CalendarVersion:
    """Give dates other hours, and those of `usual` the hours of their weekday again; the week and
    the zone change in the same version if they are given.

    Raises InvalidInput, NotFound, StaleVersion and NotPermitted.
    """
    gone = {day.isoformat() for day in usual}
    added = {day.isoformat(): list(spans) for day, spans in exceptions.items()}
    called = {day.isoformat(): " ".join(name.split()) for day, name in (names or {}).items()}

    def change(written: WrittenHours) -> WrittenHours:
        kept = {day: spans for day, spans in written.exceptions.items() if day not in gone}
        still = {
            day: name
            for day, name in written.names.items()
            if day in kept and (day not in added or day in called)
        }
        return replace(
            written,
            time_zone=time_zone or written.time_zone,
            weekly=written.weekly if weekly is None else weekly,
            exceptions={**kept, **added},
            names={**still, **{day: name for day, name in called.items() if name}},
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
