"""Profile: what is said of a person, where they belong, and whether they are with us."""

from uuid import UUID

from tortoise.exceptions import IntegrityError

from foredesk.database import savepoint, transaction
from foredesk.desk import Desk
from foredesk.errors import InvalidInput, NotFound, NotPermitted
from foredesk.people.history import note
from foredesk.people.idempotency import Once
from foredesk.people.lines import email_address, locale_tag, name_line, phone_line, zone_name
from foredesk.people.models import PeopleEventKind, Person, PersonKind, RoleGrant
from foredesk.people.organizations import one_organization
from foredesk.people.policy import Act, may, require
from foredesk.people.queries import roles_of, visible_people
from foredesk.people.roles import AGENT_ROLES, Role, Scope
from foredesk.people.versions import changed
from foredesk.people.viewer import Viewer


async def change_person(
    desk: Desk,
    viewer: Viewer,
    *,
    person_id: UUID,
    name: str | None = None,
    email: str | None = None,
    phone: str | None = None,
    locale: str | None = None,
    time_zone: str | None = None,
    expected_version: int | None = None,
    once: Once | None = None,
) -> Person:
    """None keeps what is there; no language and no zone are the organization's.

    People change what is said of them, but not the address they sign in with, and by a token only
    with the scope `administration`; managers change those who ask for help where they serve,
    administrators everybody.

    Raises NotFound, NotPermitted, InvalidInput and StaleVersion.
    """
    wanted = {
        "name": None if name is None else name_line("name", name),
        "email": None if email is None else email_address(email),
        "phone": None if phone is None else phone_line(phone),
        "locale": locale_tag(locale) if locale else locale,
        "time_zone": zone_name(time_zone) if time_zone else time_zone,
    }
    async with transaction():
        person = await one_person(viewer, person_id)
        if person.id != viewer.person_id or wanted["email"] not in (None, person.email):
            await require_manager(viewer, person)
        elif Scope.ADMINISTRATION not in viewer.scopes:
            raise NotPermitted()
        try:
            async with savepoint():
                changes = await changed(person, wanted, expected_version)
        except IntegrityError as clash:
            raise InvalidInput("email", "Another person has this e-mail address.") from clash
        if changes:
            kind = PeopleEventKind.PERSON_CHANGED
            await note(desk, viewer, kind, person=person, changes=changes)
        if once is not None:
            await once.remember(person.id)
    return person


async def move_person(
    desk: Desk,
    viewer: Viewer,
    *,
    person_id: UUID,
    organization_id: UUID,
    expected_version: int | None = None,
    once: Once | None = None,
) -> Person:
    """To another organization. What they asked for stays with the old one, and theirs to see; what
    the old one's people asked for they see no more, nor coordinate it.

    Raises NotFound, NotPermitted and StaleVersion.
    """
    async with transaction():
        person = await one_person(viewer, person_id)
        require(viewer, Act.MANAGE_PEOPLE)
        organization = await one_organization(viewer, organization_id)
        moved = {"organization_id": organization.id}
        if await changed(person, moved, expected_version):
            await note(
                desk, viewer, PeopleEventKind.PERSON_MOVED, person=person, organization=organization
            )
            await _coordinate_no_more(desk, viewer, person)
        if once is not None:
            await once.remember(person.id)
    return person


async def one_person(viewer: Viewer, person_id: UUID, field: str = "personId") -> Person:
    """Locked for the caller's transaction. Raises NotFound."""
    person = await visible_people(viewer).filter(id=person_id).select_for_update().first()
    if person is None:
        raise NotFound(field)
    return person


async def require_manager(viewer: Viewer, person: Person) -> None:
    """Administrators manage everybody, managers those who ask for help where they serve.

    Raises NotPermitted.
    """
    if may(viewer, Act.MANAGE_PEOPLE):
        return
    require(viewer, Act.MANAGE_REQUESTERS, person)
    is_agent = not AGENT_ROLES.isdisjoint((await roles_of([person.id]))[person.id])
    if is_agent or person.kind is PersonKind.SERVICE:
        raise NotPermitted()


async def _coordinate_no_more(desk: Desk, viewer: Viewer, person: Person) -> None:
    role = Role.ORGANIZATION_COORDINATOR
    if await RoleGrant.filter(person_id=person.id, role=role.value).delete():
        await note(desk, viewer, PeopleEventKind.ROLE_REVOKED, person=person, role=role)
