"""Service accounts: programs with roles and teams of their own, and tokens, not a password."""

from collections.abc import Iterable, Sequence
from uuid import UUID

from tortoise.expressions import Q
from tortoise.queryset import QuerySet

from foredesk.database import transaction
from foredesk.desk import Desk
from foredesk.errors import InvalidInput, NotFound
from foredesk.identity import new_id
from foredesk.people.history import note
from foredesk.people.idempotency import Once, only_once
from foredesk.people.models import (
    ApiToken,
    Organization,
    PeopleEventKind,
    Person,
    PersonKind,
    RoleGrant,
    Team,
    TeamMember,
)
from foredesk.people.policy import Act, may, require
from foredesk.people.roles import Role
from foredesk.people.teams import require_confidence
from foredesk.people.viewer import Viewer


def visible_service_accounts(viewer: Viewer) -> QuerySet[Person]:
    """Administrators see all of them, and nobody else any."""
    if may(viewer, Act.MANAGE_PEOPLE):
        return Person.filter(kind=PersonKind.SERVICE)
    return Person.filter(Q(id__isnull=True))


async def create_service_account(
    desk: Desk,
    viewer: Viewer,
    *,
    organization_id: UUID,
    name: str,
    roles: Iterable[Role] = (),
    team_ids: Sequence[UUID] = (),
    once: Once | None = None,
) -> Person:
    """Raises NotPermitted, InvalidInput, NotFound and IdempotencyKeyReused."""
    require(viewer, Act.MANAGE_PEOPLE)
    name, roles = _name(name), sorted({*roles, Role.REQUESTER})

    async def create() -> Person:
        async with transaction():
            account = await _created(desk, organization_id, name)
            await note(desk, viewer, PeopleEventKind.PERSON_ENROLLED, person=account, name=name)
            await _grant(desk, viewer, account, roles)
            await require_confidence(viewer, team_ids)
            await _join(desk, viewer, account, team_ids)
            if once is not None:
                await once.remember(account.id)
        return account

    return await create() if once is None else await only_once(once, create, _existing)


async def deactivate_service_account(desk: Desk, viewer: Viewer, *, account_id: UUID) -> Person:
    """End it and all its tokens for good. A second time changes nothing."""
    require(viewer, Act.MANAGE_PEOPLE)
    async with transaction():
        account = await visible_service_accounts(viewer).filter(id=account_id).first()
        if account is None:
            raise NotFound("serviceAccountId")
        if account.is_active:
            account.is_active = False
            await account.save(update_fields=["is_active"])
            await ApiToken.filter(person_id=account.id, revoked_at=None).update(
                revoked_at=desk.now(), revoked_by_id=viewer.person_id
            )
            await note(desk, viewer, PeopleEventKind.PERSON_DEACTIVATED, person=account)
    return account


async def _existing(account_id: UUID) -> Person:
    return await Person.get(id=account_id)


async def _created(desk: Desk, organization_id: UUID, name: str) -> Person:
    if not await Organization.exists(id=organization_id):
        raise NotFound("organizationId")
    id = new_id()
    return await Person.create(
        id=id,
        name=name,
        email=f"{id.hex}@service.invalid",
        kind=PersonKind.SERVICE,
        created_at=desk.now(),
        organization_id=organization_id,
    )


async def _grant(desk: Desk, viewer: Viewer, account: Person, roles: Iterable[Role]) -> None:
    """What everybody may do is not worth a word, as for people."""
    for role in roles:
        await RoleGrant.create(person_id=account.id, role=role)
        if role is not Role.REQUESTER:
            await note(desk, viewer, PeopleEventKind.ROLE_GRANTED, person=account, role=role)


async def _join(desk: Desk, viewer: Viewer, account: Person, team_ids: Sequence[UUID]) -> None:
    teams = {team.id: team for team in await Team.filter(id__in=list(team_ids))}
    if set(team_ids) - set(teams):
        raise NotFound("teamIds")
    for team_id in dict.fromkeys(team_ids):
        await TeamMember.create(person_id=account.id, team_id=team_id)
        team = teams[team_id]
        await note(desk, viewer, PeopleEventKind.MEMBER_ADDED, person=account, team=team)


def _name(name: str) -> str:
    name = " ".join(name.split())
    if not 0 < len(name) <= 120 or "\x00" in name:
        raise InvalidInput("name", "Use 1 to 120 characters.")
    return name
