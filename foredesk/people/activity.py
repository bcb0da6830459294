"""Activity: who has left us, and who is back."""

from uuid import UUID

from foredesk.database import transaction
from foredesk.desk import Desk
from foredesk.errors import NotPermitted
from foredesk.people.grants import keep_an_administrator
from foredesk.people.history import note
from foredesk.people.idempotency import Once
from foredesk.people.leaving import leave_to_the_team
from foredesk.people.models import ApiToken, PeopleEventKind, Person, Session
from foredesk.people.profile import one_person, require_manager
from foredesk.people.versions import changed
from foredesk.people.viewer import Viewer


async def deactivate_person(
    desk: Desk,
    viewer: Viewer,
    *,
    person_id: UUID,
    expected_version: int | None = None,
    once: Once | None = None,
) -> Person:
    """They sign in no more, their sessions and tokens end for good, and what they had goes back to
    their teams. What they asked for and said stays. A second time changes nothing.

    Raises NotFound, NotPermitted for oneself, InvalidInput for the last administrator, and
    StaleVersion.
    """
    async with transaction():
        person = await one_person(viewer, person_id)
        await require_manager(viewer, person)
        if person.id == viewer.person_id:
            raise NotPermitted("Nobody deactivates themselves. Ask another administrator.")
        if await changed(person, {"is_active": False}, expected_version):
            await _shut_out(desk, viewer, person)
            await note(desk, viewer, PeopleEventKind.PERSON_DEACTIVATED, person=person)
            await keep_an_administrator("personId")
            await leave_to_the_team(desk, person)
        if once is not None:
            await once.remember(person.id)
    return person


async def reactivate_person(
    desk: Desk,
    viewer: Viewer,
    *,
    person_id: UUID,
    expected_version: int | None = None,
    once: Once | None = None,
) -> Person:
    """With the roles and teams they had, but without sessions and tokens.

    Raises NotFound, NotPermitted and StaleVersion.
    """
    async with transaction():
        person = await one_person(viewer, person_id)
        await require_manager(viewer, person)
        if await changed(person, {"is_active": True}, expected_version):
            await note(desk, viewer, PeopleEventKind.PERSON_REACTIVATED, person=person)
        if once is not None:
            await once.remember(person.id)
    return person


async def _shut_out(desk: Desk, viewer: Viewer, person: Person) -> None:
    now = desk.now()
    await Session.filter(person_id=person.id, revoked_at=None).update(revoked_at=now)
    await ApiToken.filter(person_id=person.id, revoked_at=None).update(
        revoked_at=now, revoked_by_id=viewer.person_id
    )
