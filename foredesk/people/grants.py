"""Grants: roles given and taken away. Nobody raises themselves, and an administrator remains."""

from uuid import UUID

from foredesk.database import transaction
from foredesk.desk import Desk
from foredesk.errors import InvalidInput, NotPermitted
from foredesk.people.history import note
from foredesk.people.idempotency import Once
from foredesk.people.leaving import leave_to_the_team
from foredesk.people.models import PeopleEventKind, Person, PersonKind, RoleGrant
from foredesk.people.policy import Act, require
from foredesk.people.profile import one_person
from foredesk.people.queries import roles_of
from foredesk.people.roles import AGENT_ROLES, CUSTOMER_ROLES, Role
from foredesk.people.viewer import Viewer


async def grant_role(
    desk: Desk, viewer: Viewer, *, person_id: UUID, role: Role, once: Once | None = None
) -> Person:
    """Granting it again changes nothing.

    Raises NotFound, and NotPermitted for oneself and for what is not the viewer's to give.
    """
    async with transaction():
        person = await one_person(viewer, person_id)
        _require(viewer, person, role)
        if person.id == viewer.person_id:
            raise NotPermitted("Nobody grants themselves a role. Ask another administrator.")
        _, is_new = await RoleGrant.get_or_create(person_id=person.id, role=role)
        if is_new:
            await note(desk, viewer, PeopleEventKind.ROLE_GRANTED, person=person, role=role)
        if once is not None:
            await once.remember(person.id)
    return person


async def revoke_role(
    desk: Desk, viewer: Viewer, *, person_id: UUID, role: Role, once: Once | None = None
) -> Person:
    """Who is no agent any more leaves what they had to their teams. Revoking it again changes
    nothing.

    Raises NotFound, NotPermitted, and InvalidInput for the last administrator, and for the role
    that everybody has.
    """
    async with transaction():
        person = await one_person(viewer, person_id)
        _require(viewer, person, role)
        if role is Role.REQUESTER:
            raise InvalidInput("role", "Everybody may ask for help. Deactivate the person instead.")
        if await RoleGrant.filter(person_id=person.id, role=role.value).delete():
            await note(desk, viewer, PeopleEventKind.ROLE_REVOKED, person=person, role=role)
            await keep_an_administrator("role")
            if AGENT_ROLES.isdisjoint((await roles_of([person.id]))[person.id]):
                await leave_to_the_team(desk, person)
        if once is not None:
            await once.remember(person.id)
    return person


async def keep_an_administrator(field: str) -> None:
    """A human being: programs sign in nowhere, and their tokens end. Call it after the change was
    noted, in its transaction. Raises InvalidInput.
    """
    administrators = RoleGrant.filter(
        role=Role.ADMINISTRATOR.value, person__is_active=True, person__kind=PersonKind.PERSON
    )
    if not await administrators.exists():
        raise InvalidInput(field, "This is the last administrator. Make another one first.")


def _require(viewer: Viewer, person: Person, role: Role) -> None:
    """Managers give the roles of customers, where they serve; administrators all."""
    require(viewer, Act.MANAGE_REQUESTERS if role in CUSTOMER_ROLES else Act.MANAGE_PEOPLE, person)
