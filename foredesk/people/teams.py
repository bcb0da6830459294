"""Teams: who is in them, and which organizations they serve."""

from collections.abc import Iterable
from uuid import UUID

from foredesk.database import transaction
from foredesk.desk import Desk
from foredesk.errors import InvalidInput, NotFound, NotPermitted
from foredesk.people.history import note
from foredesk.people.idempotency import Once
from foredesk.people.leaving import leave_to_the_team
from foredesk.people.lines import name_line
from foredesk.people.models import (
    PeopleEventKind,
    Person,
    PersonKind,
    Team,
    TeamCustomer,
    TeamMember,
)
from foredesk.people.organizations import one_organization
from foredesk.people.policy import Act, may
from foredesk.people.queries import roles_of, visible_people, visible_teams
from foredesk.people.roles import AGENT_ROLES
from foredesk.people.versions import changed
from foredesk.people.viewer import Viewer


async def rename_team(
    desk: Desk,
    viewer: Viewer,
    *,
    team_id: UUID,
    name: str,
    expected_version: int | None = None,
    once: Once | None = None,
) -> Team:
    """Raises NotFound, NotPermitted, InvalidInput and StaleVersion."""
    name = name_line("name", name)
    async with transaction():
        team = await _managed(viewer, team_id)
        changes = await changed(team, {"name": name}, expected_version)
        if changes:
            await note(desk, viewer, PeopleEventKind.TEAM_RENAMED, team=team, changes=changes)
        await _remember(once, team)
    return team


async def add_team_member(
    desk: Desk, viewer: Viewer, *, team_id: UUID, person_id: UUID, once: Once | None = None
) -> Team:
    """Only agents work in teams, and nobody lets themselves into a confidential one. Adding a
    member again changes nothing.

    Raises NotFound, NotPermitted and InvalidInput.
    """
    async with transaction():
        team = await _managed(viewer, team_id)
        person = await _person(viewer, person_id)
        if team.is_confidential and person.id == viewer.person_id:
            raise NotPermitted("Nobody lets themselves into a confidential team. Ask another.")
        if person.kind is PersonKind.SERVICE:
            await require_confidence(viewer, [team.id])
        if not person.is_active or AGENT_ROLES.isdisjoint((await roles_of([person.id]))[person.id]):
            raise InvalidInput("personId", "Only active agents work in teams. Grant a role first.")
        _, is_new = await TeamMember.get_or_create(team_id=team.id, person_id=person.id)
        if is_new:
            await note(desk, viewer, PeopleEventKind.MEMBER_ADDED, team=team, person=person)
        await _remember(once, team)
    return team


async def remove_team_member(
    desk: Desk, viewer: Viewer, *, team_id: UUID, person_id: UUID, once: Once | None = None
) -> Team:
    """What they had of the team goes back to it. Removing them again changes nothing.

    Raises NotFound and NotPermitted.
    """
    async with transaction():
        team = await _managed(viewer, team_id)
        person = await _person(viewer, person_id)
        if await TeamMember.filter(team_id=team.id, person_id=person.id).delete():
            await note(desk, viewer, PeopleEventKind.MEMBER_REMOVED, team=team, person=person)
            await leave_to_the_team(desk, person)
        await _remember(once, team)
    return team


async def add_team_customer(
    desk: Desk, viewer: Viewer, *, team_id: UUID, organization_id: UUID, once: Once | None = None
) -> Team:
    """The team serves the organization from now on. Raises NotFound and NotPermitted."""
    async with transaction():
        team = await _managed(viewer, team_id, Act.MANAGE_PEOPLE)
        organization = await one_organization(viewer, organization_id)
        _, is_new = await TeamCustomer.get_or_create(
            team_id=team.id, organization_id=organization.id
        )
        if is_new:
            kind = PeopleEventKind.CUSTOMER_ADDED
            await note(desk, viewer, kind, team=team, organization=organization)
        await _remember(once, team)
    return team


async def remove_team_customer(
    desk: Desk, viewer: Viewer, *, team_id: UUID, organization_id: UUID, once: Once | None = None
) -> Team:
    """Its members see the organization's requests no more, unless by another team; requests that
    the team has stay with it until they are given to another. Raises NotFound and NotPermitted.
    """
    async with transaction():
        team = await _managed(viewer, team_id, Act.MANAGE_PEOPLE)
        organization = await one_organization(viewer, organization_id)
        served = TeamCustomer.filter(team_id=team.id, organization_id=organization.id)
        if await served.delete():
            kind = PeopleEventKind.CUSTOMER_REMOVED
            await note(desk, viewer, kind, team=team, organization=organization)
        await _remember(once, team)
    return team


async def require_confidence(viewer: Viewer, team_ids: Iterable[UUID]) -> None:
    """Only members of a confidential team let a program into it, or make tokens for one: who has
    a program's token reads what it reads. Raises NotPermitted.
    """
    if viewer.is_system:
        return
    others = set(team_ids) - viewer.confidential_team_ids
    if await Team.filter(id__in=list(others), is_confidential=True).exists():
        raise NotPermitted("Only members let programs into a confidential team. Ask one of them.")


def manages_team(viewer: Viewer, team: Team, act: Act = Act.MANAGE_TEAM) -> bool:
    """Managers their own teams, administrators every team."""
    return may(viewer, act) and (viewer.is_administrator or team.id in viewer.team_ids)


async def _managed(viewer: Viewer, team_id: UUID, act: Act = Act.MANAGE_TEAM) -> Team:
    team = await visible_teams(viewer).filter(id=team_id).select_for_update().first()
    if team is None:
        raise NotFound("teamId")
    if not manages_team(viewer, team, act):
        raise NotPermitted()
    return team


async def _person(viewer: Viewer, person_id: UUID) -> Person:
    person = await visible_people(viewer).get_or_none(id=person_id)
    if person is None:
        raise NotFound("personId")
    return person


async def _remember(once: Once | None, team: Team) -> None:
    if once is not None:
        await once.remember(team.id)
