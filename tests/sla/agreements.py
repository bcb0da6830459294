"""Agreements for tests, made by the use cases."""

from datetime import timedelta
from itertools import count

from foredesk.desk import Desk
from foredesk.people.models import Organization
from foredesk.people.viewer import SYSTEM
from foredesk.sla.calendars import define_calendar
from foredesk.sla.define import Promised, define_agreement
from foredesk.sla.definitions import RESOLUTION, RESPONSE
from foredesk.sla.models import Agreement
from foredesk.sla.priority import Priority

OFFICE = {day: ["09:00-17:00"] for day in ("monday", "tuesday", "wednesday", "thursday", "friday")}
PROMISES = tuple(
    Promised(clock, priority, timedelta(hours=hours), timedelta(hours=2 * hours))
    for clock, least in ((RESPONSE, 1), (RESOLUTION, 4))
    for priority, hours in zip(Priority, (least, 2 * least, 4 * least, 8 * least), strict=True)
)
"""In office hours: response after 1, 2, 4, 8 hours by priority, resolution after 4, 8, 16, 32."""

_numbers = count(1)


async def make_agreement(
    desk: Desk, *, organization: Organization | None = None, name: str = "Standard"
) -> Agreement:
    """Every priority, in the office hours of the organization's zone; for all without one."""
    calendar = await define_calendar(
        desk,
        SYSTEM,
        name=f"Office {next(_numbers)}",
        time_zone=organization.time_zone if organization else "UTC",
        weekly=OFFICE,
    )
    return await define_agreement(
        desk,
        SYSTEM,
        name=name,
        calendar_id=calendar.id,
        promises=PROMISES,
        organization_id=organization.id if organization else None,
    )
