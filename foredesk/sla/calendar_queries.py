"""Which calendars a viewer may see, with their versions."""

from collections.abc import Mapping, Sequence
from uuid import UUID

from tortoise.expressions import Q, Subquery
from tortoise.queryset import QuerySet

from foredesk.errors import NotFound
from foredesk.people.policy import Act, may
from foredesk.people.roles import Scope
from foredesk.people.viewer import Viewer
from foredesk.sla.models import AgreementVersion, Calendar, CalendarVersion
from foredesk.sla.queries import visible_to


def visible_calendars(viewer: Viewer) -> QuerySet[Calendar]:
    """Those of agreements that the viewer may see; managers also see those of none yet."""
    if viewer.is_anonymous or not viewer.reads(Scope.TICKETS, Scope.ADMINISTRATION):
        return Calendar.filter(id__isnull=True)
    if viewer.is_administrator:
        return Calendar.all()
    agreements = Subquery(visible_to(viewer).values("id"))
    of_theirs = AgreementVersion.filter(agreement_id__in=agreements).values("calendar_id")
    condition = Q(id__in=Subquery(of_theirs))
    if may(viewer, Act.MANAGE_AGREEMENTS):
        condition |= ~Q(id__in=Subquery(AgreementVersion.all().values("calendar_id")))
    return Calendar.filter(condition)


async def one_calendar(viewer: Viewer, calendar_id: UUID) -> Calendar:
    """Raises NotFound."""
    calendar = await visible_calendars(viewer).get_or_none(id=calendar_id)
    if calendar is None:
        raise NotFound("calendarId")
    return calendar


async def versions_of(
    calendar_ids: Sequence[UUID],
) -> Mapping[UUID, Sequence[CalendarVersion]]:
    """By calendar, the newest first. Ask only for calendars the viewer may see."""
    found: dict[UUID, list[CalendarVersion]] = {id: [] for id in calendar_ids}
    for version in await CalendarVersion.filter(calendar_id__in=list(found)).order_by(
        "-valid_from"
    ):
        found[version.calendar_id].append(version)
    return found
