"""History: who changed which right, and when. What is noted here is never changed again."""

from tortoise.queryset import QuerySet

from foredesk.database import next_value
from foredesk.desk import Desk
from foredesk.people.models import Organization, PeopleEvent, PeopleEventKind, Person, Team
from foredesk.people.policy import Act, may
from foredesk.people.roles import Role
from foredesk.people.viewer import Viewer


async def note(
    desk: Desk,
    viewer: Viewer,
    kind: PeopleEventKind,
    *,
    person: Person | None = None,
    team: Team | None = None,
    organization: Organization | None = None,
    role: Role | None = None,
    **details: object,
) -> PeopleEvent:
    """Call it in the transaction that made the change, after it: from here on until the commit
    no other right changes, so what must hold for all of them together is checked next.
    """
    organization_id = (
        organization.id if organization else person.organization_id if person else None
    )
    return await PeopleEvent.create(
        number=await next_value("people_event"),
        kind=kind,
        occurred_at=desk.now(),
        role=role,
        details=details,
        actor_id=viewer.person_id,
        person_id=person.id if person else None,
        team_id=team.id if team else None,
        organization_id=organization_id,
    )


def visible_people_events(viewer: Viewer) -> QuerySet[PeopleEvent]:
    """Administrators read all of it, and nobody else any."""
    if may(viewer, Act.SEE_PEOPLE_EVENTS):
        return PeopleEvent.all()
    return PeopleEvent.filter(id__isnull=True)
