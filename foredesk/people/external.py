"""External: whose account at an identity provider it is, and whether they are let in.

A person is who the issuer and its subject say; an e-mail address by itself makes nobody anyone.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import structlog
from tortoise.exceptions import IntegrityError

from foredesk.database import savepoint, transaction
from foredesk.desk import Desk
from foredesk.errors import DeskError, InvalidInput
from foredesk.people.enroll import enroll_person
from foredesk.people.grants import keep_an_administrator
from foredesk.people.history import note
from foredesk.people.leaving import leave_to_the_team
from foredesk.people.models import (
    ExternalIdentity,
    Organization,
    PeopleEventKind,
    Person,
    PersonKind,
    RoleGrant,
)
from foredesk.people.roles import AGENT_ROLES, Role
from foredesk.people.viewer import SYSTEM
from foredesk.providers import Provider

LONGEST_SUBJECT = 255
_LOCALE = re.compile(r"[A-Za-z]{2,3}(-[A-Za-z0-9]{1,8})*")
log = structlog.get_logger("foredesk.people")


class NotAdmitted(DeskError):
    """The provider vouches for this account, but the desk does not let it in; the log says why."""

    code = "NOT_ADMITTED"

    def __init__(self) -> None:
        super().__init__("We do not know this account. Ask the help desk to let you in.")


@dataclass(frozen=True, slots=True)
class Account:
    """What verified claims say of one account."""

    subject: str
    email: str
    may_link: bool
    name: str
    locale: str
    groups: frozenset[str]


async def person_behind(
    desk: Desk, provider: Provider, claims: Mapping[str, Any], *, takes_roles: bool = True
) -> Person:
    """The person of an account whose claims are verified; newcomers are taken in if they may be.

    `takes_roles`: the roles that the provider decides on become those that the claims say.
    Raises NotAdmitted.
    """
    account = _account(provider, claims)
    person = await _known(desk, provider, account)
    if person is None:
        try:
            return await _newcomer(desk, provider, account, takes_roles=takes_roles)
        except (IntegrityError, NotAdmitted):
            person = await _known(desk, provider, account)  # another click may have been faster
            if person is None:
                raise
    if not person.is_active or person.kind is not PersonKind.PERSON:
        raise _refused(provider, "deactivated")
    if takes_roles:
        await _take_roles(desk, provider, account, person)
    return person


async def _known(desk: Desk, provider: Provider, account: Account) -> Person | None:
    identity = await ExternalIdentity.get_or_none(
        issuer=provider.issuer, subject=account.subject
    ).select_related("person")
    return identity.person if identity else None


async def _newcomer(
    desk: Desk, provider: Provider, account: Account, *, takes_roles: bool
) -> Person:
    if not account.email:
        raise _refused(provider, "no verified e-mail address")
    organization = await _organization(provider, account)
    found = await Person.get_or_none(email=account.email)
    if found is not None:
        _check_link(provider, account, found, organization)
    elif organization is None:
        raise _refused(provider, "no organization takes newcomers in")
    async with transaction():
        if found is None:
            assert organization is not None
            found = await _enrolled(desk, provider, account, organization)
        await ExternalIdentity.create(
            issuer=provider.issuer,
            subject=account.subject,
            created_at=desk.now(),
            used_at=desk.now(),
            person_id=found.id,
        )
        await note(
            desk, SYSTEM, PeopleEventKind.IDENTITY_LINKED, person=found, provider=provider.key
        )
        if takes_roles:
            await _take_roles(desk, provider, account, found)
    return found


async def _organization(provider: Provider, account: Account) -> Organization | None:
    """Where the provider's people belong. None if it says nothing of that."""
    slug = provider.organization
    if provider.email_domains:
        if not provider.has_domain_of(account.email):
            raise _refused(provider, "the domain of the address is not on the list")
        slug = provider.domains[account.email.rpartition("@")[2].strip()]
    if not slug:
        return None
    organization = await Organization.get_or_none(slug=slug)
    if organization is None:
        raise _refused(provider, f"there is no organization {slug!r}")
    return organization


def _check_link(
    provider: Provider, account: Account, found: Person, organization: Organization | None
) -> None:
    """Raises NotAdmitted unless the provider may say who this person is."""
    if not provider.link_by_email:
        raise _refused(provider, "somebody has the address, and link_by_email is off")
    if not account.may_link:
        raise _refused(provider, "somebody has the address, and it is not written in ASCII")
    if not found.is_active or found.kind is not PersonKind.PERSON:
        raise _refused(provider, "deactivated")
    if organization is not None and found.organization_id != organization.id:
        raise _refused(provider, "the person of this address is in another organization")


async def _enrolled(
    desk: Desk, provider: Provider, account: Account, organization: Organization
) -> Person:
    try:
        return await enroll_person(
            desk,
            SYSTEM,
            organization=organization,
            name=account.name,
            email=account.email,
            locale=account.locale,
        )
    except InvalidInput as problem:
        raise _refused(provider, f"{problem.field}: {problem.message}") from problem


async def _take_roles(desk: Desk, provider: Provider, account: Account, person: Person) -> None:
    if not provider.roles_claim:
        return
    decided = {Role(role) for role in provider.roles.values()}
    given = {Role(role) for group, role in provider.roles.items() if group in account.groups}
    if await _held(person) & decided == given:
        return
    async with transaction():
        for role in sorted(given):
            _, is_new = await RoleGrant.get_or_create(person_id=person.id, role=role)
            if is_new:
                await note(desk, SYSTEM, PeopleEventKind.ROLE_GRANTED, person=person, role=role)
        lost = await _held(person) & decided - given
        for role in sorted(lost):
            await _lose(desk, provider, person, role)
        if lost & AGENT_ROLES and AGENT_ROLES.isdisjoint(await _held(person)):
            await leave_to_the_team(desk, person)


async def _held(person: Person) -> set[Role]:
    return {Role(grant.role) for grant in await RoleGrant.filter(person_id=person.id)}


async def _lose(desk: Desk, provider: Provider, person: Person, role: Role) -> None:
    """The last administrator stays one, whatever the provider says: somebody has to be it."""
    try:
        async with savepoint():
            await RoleGrant.filter(person_id=person.id, role=role).delete()
            await note(desk, SYSTEM, PeopleEventKind.ROLE_REVOKED, person=person, role=role)
            if role is Role.ADMINISTRATOR:
                await keep_an_administrator("role")
    except InvalidInput as refused:
        log.warning("role_kept", provider=provider.key, role=role.value, why=refused.message)


def _account(provider: Provider, claims: Mapping[str, Any]) -> Account:
    """Raises NotAdmitted for a subject that is none."""
    subject = claims.get("sub")
    if not isinstance(subject, str) or not 0 < len(subject) <= LONGEST_SUBJECT or "\0" in subject:
        raise _refused(provider, "no subject")
    given = _text(claims.get("email")) if _is_verified(provider, claims) else ""
    email = given.lower()
    names = [claims.get(name) for name in ("name", "preferred_username")] + [
        email.partition("@")[0]
    ]
    locale = _text(claims.get("locale"))
    return Account(
        subject=subject,
        email=email,
        may_link=given.isascii(),  # in lower case, others become letters of ASCII: the Kelvin sign
        name=next(filter(None, map(_text, names)), "")[:120],
        locale=locale if _LOCALE.fullmatch(locale) and len(locale) <= 16 else "",
        groups=frozenset(_groups(claims, provider.roles_claim)),
    )


def _is_verified(provider: Provider, claims: Mapping[str, Any]) -> bool:
    """Some providers write the truth as a text or a number."""
    return str(claims.get(provider.verified_claim)).lower() in ("true", "1")


def _groups(claims: Mapping[str, Any], path: str) -> Sequence[str]:
    """A claim of that very name, or else one inside others: `realm_access.roles`."""
    found: Any = claims.get(path)
    if found is None:
        found = claims
        for part in path.split("."):
            found = found.get(part) if isinstance(found, Mapping) else None
    if isinstance(found, str):
        return [found]
    return [str(group) for group in found] if isinstance(found, list) else []


def _text(value: Any) -> str:
    text = " ".join(value.split()) if isinstance(value, str) else ""
    return text if text.isprintable() else ""


def _refused(provider: Provider, why: str) -> NotAdmitted:
    log.warning("not_admitted", provider=provider.key, why=why)
    return NotAdmitted()
