"""Enroll: take in organizations, people and teams."""

from collections.abc import Iterable

from tortoise.exceptions import IntegrityError

from foredesk.database import savepoint, transaction
from foredesk.desk import Desk
from foredesk.errors import InvalidInput
from foredesk.people import passwords
from foredesk.people.history import note
from foredesk.people.idempotency import Once
from foredesk.people.lines import (
    email_address,
    key_line,
    locale_tag,
    name_line,
    phone_line,
    zone_name,
)
from foredesk.people.models import (
    Organization,
    PeopleEventKind,
    Person,
    RequestVisibility,
    RoleGrant,
    Team,
    TeamCustomer,
    TeamMember,
)
from foredesk.people.policy import Act, require
from foredesk.people.roles import CUSTOMER_ROLES, Role
from foredesk.people.viewer import Viewer


async def register_organization(
    desk: Desk,
    viewer: Viewer,
    *,
    slug: str,
    name: str,
    locale: str = "en",
    time_zone: str = "UTC",
    request_visibility: RequestVisibility = RequestVisibility.OWN,
    once: Once | None = None,
) -> Organization:
    """Raises InvalidInput when the slug is malformed or taken, or the zone is unknown."""
    require(viewer, Act.MANAGE_PEOPLE)
    slug, name = key_line("slug", slug), name_line("name", name)
    locale, time_zone = locale_tag(locale), zone_name(time_zone)
    async with transaction():
        if await Organization.exists(slug=slug):
            raise InvalidInput("slug", "Another organization has this slug.")
        organization = await Organization.create(
            slug=slug,
            name=name,
            locale=locale,
            time_zone=time_zone,
            request_visibility=request_visibility,
            created_at=desk.now(),
        )
        kind = PeopleEventKind.ORGANIZATION_REGISTERED
        await note(desk, viewer, kind, organization=organization)
        if once is not None:
            await once.remember(organization.id)
    return organization


async def form_team(
    desk: Desk,
    viewer: Viewer,
    *,
    key: str,
    name: str,
    serves: Iterable[Organization],
    is_confidential: bool = False,
    once: Once | None = None,
) -> Team:
    """Raises InvalidInput when the key is malformed or taken.

    What a confidential team has, only its members and the requester see; that can't be changed
    later.
    """
    require(viewer, Act.MANAGE_PEOPLE)
    key, name = key_line("key", key), name_line("name", name)
    async with transaction():
        if await Team.exists(key=key):
            raise InvalidInput("key", "Another team has this key.")
        team = await Team.create(key=key, name=name, is_confidential=is_confidential)
        await note(desk, viewer, PeopleEventKind.TEAM_FORMED, team=team)
        for organization in serves:
            await TeamCustomer.create(team_id=team.id, organization_id=organization.id)
            kind = PeopleEventKind.CUSTOMER_ADDED
            await note(desk, viewer, kind, team=team, organization=organization)
        if once is not None:
            await once.remember(team.id)
    return team


async def enroll_person(
    desk: Desk,
    viewer: Viewer,
    *,
    organization: Organization,
    name: str,
    email: str,
    password: str = "",
    roles: Iterable[Role] = (),
    teams: Iterable[Team] = (),
    phone: str = "",
    locale: str = "",
    time_zone: str = "",
    once: Once | None = None,
) -> Person:
    """Take in a person; without a password they can't sign in by one. Managers take in those who
    ask for help, of the organizations they serve; administrators everybody.

    Raises InvalidInput when the address is malformed or taken, the password is too short, or
    the zone is unknown.
    """
    roles, teams = sorted({*roles, Role.REQUESTER}), list(teams)
    is_customer = not teams and CUSTOMER_ROLES.issuperset(roles)
    require(viewer, Act.MANAGE_REQUESTERS if is_customer else Act.MANAGE_PEOPLE, _Of(organization))
    email, name = email_address(email), name_line("name", name)
    person = Person(
        name=name,
        email=email,
        phone=phone_line(phone),
        locale=locale_tag(locale) if locale else "",
        time_zone=zone_name(time_zone) if time_zone else "",
        password_hash=await passwords.hashed(password) if password else "",
        created_at=desk.now(),
        organization_id=organization.id,
    )
    async with transaction():
        await _store(desk, viewer, person, roles, teams)
        if once is not None:
            await once.remember(person.id)
    return person


async def _store(
    desk: Desk, viewer: Viewer, person: Person, roles: Iterable[Role], teams: Iterable[Team]
) -> None:
    try:
        async with savepoint():
            await person.save(force_create=True)
    except IntegrityError as clash:
        raise InvalidInput("email", "Another person has this e-mail address.") from clash
    await note(desk, viewer, PeopleEventKind.PERSON_ENROLLED, person=person)
    for role in roles:
        await RoleGrant.create(person_id=person.id, role=role)
        if role is not Role.REQUESTER:
            await note(desk, viewer, PeopleEventKind.ROLE_GRANTED, person=person, role=role)
    for team in teams:
        await TeamMember.create(person_id=person.id, team_id=team.id)
        await note(desk, viewer, PeopleEventKind.MEMBER_ADDED, person=person, team=team)


class _Of:
    def __init__(self, organization: Organization) -> None:
        self.organization_id = organization.id
