"""Access log: who changed what about who gets in, kept in the history of rights."""

from foredesk.database import next_value
from foredesk.desk import Desk
from foredesk.people.models import PeopleEvent, PeopleEventKind, Person
from foredesk.people.viewer import Viewer


async def note(
    desk: Desk, viewer: Viewer, kind: PeopleEventKind, person: Person, **details: object
) -> None:
    """Call it in the transaction that changed it. Details hold no secret and no address."""
    await PeopleEvent.create(
        number=await next_value("people_event"),
        kind=kind,
        occurred_at=desk.now(),
        details=details,
        actor_id=viewer.person_id,
        person_id=person.id,
        organization_id=person.organization_id,
    )
