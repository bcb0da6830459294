"""Enroll: take in organizations, people and teams."""

import re
from collections.abc import Iterable
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from tortoise.exceptions import IntegrityError

from foredesk.database import transaction
from foredesk.desk import Desk
from foredesk.errors import InvalidInput
from foredesk.people import passwords
from foredesk.people.models import (
    Organization,
    Person,
    RequestVisibility,
    RoleGrant,
    Team,
    TeamCustomer,
    TeamMember,
)
from foredesk.people.policy import Act, require
from foredesk.people.roles import Role
from foredesk.people.viewer import Viewer

_PART = r"[^@\s,;<>\"\x00-\x1f]+"
_EMAIL = re.compile(rf"{_PART}@{_PART}\.{_PART}")
"""An address that a mail can be sent to, and only one."""

_KEY = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")


async def register_organization(
    desk: Desk,
    viewer: Viewer,
    *,
    slug: str,
    name: str,
    locale: str = "en",
    time_zone: str = "UTC",
    request_visibility: RequestVisibility = RequestVisibility.OWN,
) -> Organization:
    """Raises InvalidInput when the slug is malformed or taken, or the zone is unknown."""
    require(viewer, Act.MANAGE_PEOPLE)
    slug, name = _key("slug", slug), _line("name", name)
    _checked_zone(time_zone)
    async with transaction():
        if await Organization.exists(slug=slug):
            raise InvalidInput("slug", "Another organization has this slug.")
        return await Organization.create(
            slug=slug,
            name=name,
            locale=locale,
            time_zone=time_zone,
            request_visibility=request_visibility,
            created_at=desk.now(),
        )


async def form_team(
    desk: Desk, viewer: Viewer, *, key: str, name: str, serves: Iterable[Organization]
) -> Team:
    """Raises InvalidInput when the key is malformed or taken."""
    require(viewer, Act.MANAGE_PEOPLE)
    key, name = _key("key", key), _line("name", name)
    async with transaction():
        if await Team.exists(key=key):
            raise InvalidInput("key", "Another team has this key.")
        team = await Team.create(key=key, name=name)
        for organization in serves:
            await TeamCustomer.create(team_id=team.id, organization_id=organization.id)
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
) -> Person:
    """Take in a person; without a password they can't sign in.

    Raises InvalidInput when the address is malformed or taken, the password is too short, or
    the zone is unknown.
    """
    require(viewer, Act.MANAGE_PEOPLE, _Of(organization))
    email, name = _email(email), _line("name", name)
    if time_zone:
        _checked_zone(time_zone)
    password_hash = await passwords.hashed(password) if password else ""
    try:
        async with transaction():
            person = await Person.create(
                name=name,
                email=email,
                phone=phone.strip()[:40],
                locale=locale,
                time_zone=time_zone,
                password_hash=password_hash,
                created_at=desk.now(),
                organization_id=organization.id,
            )
            for role in sorted({*roles, Role.REQUESTER}):
                await RoleGrant.create(person_id=person.id, role=role)
            for team in teams:
                await TeamMember.create(person_id=person.id, team_id=team.id)
    except IntegrityError as clash:
        raise InvalidInput("email", "Another person has this e-mail address.") from clash
    return person


class _Of:
    def __init__(self, organization: Organization) -> None:
        self.organization_id = organization.id


def _email(email: str) -> str:
    email = email.strip().lower()
    if len(email) > 254 or not _EMAIL.fullmatch(email):
        raise InvalidInput("email", "Write an e-mail address such as ada@example.org.")
    return email


def _line(field: str, text: str) -> str:
    text = " ".join(text.split())
    if not 0 < len(text) <= 120 or "\x00" in text:
        raise InvalidInput(field, "Use 1 to 120 characters.")
    return text


def _key(field: str, text: str) -> str:
    if len(text) > 64 or not _KEY.fullmatch(text):
        raise InvalidInput(field, "Use lower-case letters, digits and single hyphens.")
    return text


def _checked_zone(time_zone: str) -> None:
    try:
        ZoneInfo(time_zone)
    except (ZoneInfoNotFoundError, ValueError) as unknown:
        raise InvalidInput("timeZone", "Name a zone such as Europe/Berlin.") from unknown
