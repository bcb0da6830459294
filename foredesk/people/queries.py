"""What a viewer may read of people, organizations and teams."""

from collections.abc import Mapping, Sequence
from typing import Any
from uuid import UUID

from tortoise.expressions import Q, Subquery
from tortoise.queryset import QuerySet

from foredesk.people.models import Organization, Person, RoleGrant, Team, TeamCustomer, TeamMember
from foredesk.people.roles import AGENT_ROLES, Role, Scope
from foredesk.people.viewer import Viewer


def visible_organizations(viewer: Viewer) -> QuerySet[Organization]:
    """One's own and those one serves; administrators see all."""
    if not reads_people(viewer):
        return Organization.filter(id=viewer.organization_id)
    if viewer.is_administrator:
        return Organization.all()
    return Organization.filter(id__in=list(_organization_ids(viewer)))


def visible_people(viewer: Viewer) -> QuerySet[Person]:
    """Requesters see themselves and those who serve them; agents the people they serve."""
    if not reads_people(viewer):
        return Person.filter(id=viewer.person_id)
    if viewer.is_administrator:
        return Person.all()
    if viewer.person_id is None:
        return Person.filter(id__isnull=True)
    seen = Q(id=viewer.person_id)
    if viewer.is_agent:
        seen |= Q(organization_id__in=list(_organization_ids(viewer)))
        seen |= Q(id__in=_members_of(team_id__in=list(viewer.team_ids)))
    elif viewer.sees_whole_organization:
        seen |= Q(organization_id=viewer.organization_id)
    return Person.filter(seen | Q(id__in=_serving(viewer)))


def visible_teams(viewer: Viewer) -> QuerySet[Team]:
    """The teams that serve one's organization, and one's own."""
    if not reads_people(viewer):
        return Team.filter(id__in=list(viewer.team_ids))
    if viewer.is_administrator:
        return Team.all()
    if viewer.person_id is None:
        return Team.filter(id__isnull=True)
    ours = TeamCustomer.filter(organization_id__in=list(_organization_ids(viewer)))
    return Team.filter(Q(id__in=list(viewer.team_ids)) | Q(id__in=Subquery(ours.values("team_id"))))


def reads_people(viewer: Viewer) -> bool:
    """A token for something else reads only whom it speaks for."""
    return viewer.reads(Scope.TICKETS, Scope.ADMINISTRATION)


def has_role(role: Role) -> Q:
    """People who hold it."""
    return Q(id__in=Subquery(RoleGrant.filter(role=role.value).values("person_id")))


def is_agent() -> Q:
    """People with any role beyond a customer's."""
    roles = [role.value for role in AGENT_ROLES]
    return Q(id__in=Subquery(RoleGrant.filter(role__in=roles).values("person_id")))


def in_teams(team_ids: Sequence[UUID]) -> Q:
    """People who are in any of the teams."""
    return Q(id__in=_members_of(team_id__in=list(team_ids)))


def in_visible_teams(viewer: Viewer, team_ids: Sequence[UUID]) -> Q:
    """People who are in any of the teams that the viewer may see; the others match nobody."""
    rows = visible_teams(viewer).filter(id__in=list(team_ids))
    return Q(id__in=_members_of(team_id__in=Subquery(rows.values("id"))))


def of_visible_organizations(viewer: Viewer, organization_ids: Sequence[UUID]) -> Q:
    """What belongs to any of the organizations that the viewer may see."""
    rows = visible_organizations(viewer).filter(id__in=list(organization_ids))
    return Q(organization_id__in=Subquery(rows.values("id")))


def serving(viewer: Viewer, organization_ids: Sequence[UUID]) -> Q:
    """Teams that serve any of the organizations that the viewer may see."""
    rows = TeamCustomer.filter(of_visible_organizations(viewer, organization_ids))
    return Q(id__in=Subquery(rows.values("team_id")))


async def roles_of(person_ids: Sequence[UUID]) -> Mapping[UUID, list[Role]]:
    """By person; ask only for those the viewer may see."""
    found: dict[UUID, list[Role]] = {person_id: [] for person_id in person_ids}
    for grant in await RoleGrant.filter(person_id__in=list(person_ids)).order_by("role"):
        found[grant.person_id].append(grant.role)
    return found


async def teams_of(viewer: Viewer, person_ids: Sequence[UUID]) -> Mapping[UUID, list[Team]]:
    """By person, by name, those the viewer may see."""
    rows = await TeamMember.filter(
        person_id__in=list(person_ids), team_id__in=Subquery(visible_teams(viewer).values("id"))
    ).prefetch_related("team")
    return _grouped(person_ids, [(row.person_id, row.team) for row in rows])


async def members_of(viewer: Viewer, team_ids: Sequence[UUID]) -> Mapping[UUID, list[Person]]:
    """By team, by name, those the viewer may see."""
    rows = await TeamMember.filter(
        team_id__in=list(team_ids), person_id__in=Subquery(visible_people(viewer).values("id"))
    ).prefetch_related("person")
    return _grouped(team_ids, [(row.team_id, row.person) for row in rows])


async def customers_of(
    viewer: Viewer, team_ids: Sequence[UUID]
) -> Mapping[UUID, list[Organization]]:
    """By team, by name, those the viewer may see."""
    visible = visible_organizations(viewer).values("id")
    rows = await TeamCustomer.filter(
        team_id__in=list(team_ids), organization_id__in=Subquery(visible)
    ).prefetch_related("organization")
    return _grouped(team_ids, [(row.team_id, row.organization) for row in rows])


def _grouped(keys: Sequence[UUID], pairs: Sequence[tuple[UUID, Any]]) -> dict[UUID, list[Any]]:
    found: dict[UUID, list[Any]] = {key: [] for key in keys}
    for key, row in sorted(pairs, key=lambda pair: (pair[1].name, pair[1].id)):
        found[key].append(row)
    return found


def _members_of(**teams: object) -> Subquery:
    return Subquery(TeamMember.filter(**teams).values("person_id"))


def _serving(viewer: Viewer) -> Subquery:
    """The members of the teams that serve the viewer's own organization."""
    return _members_of(team__customers__organization_id=viewer.organization_id)


def _organization_ids(viewer: Viewer) -> frozenset[object]:
    own = {viewer.organization_id} if viewer.organization_id else set()
    return frozenset(own | viewer.serves | viewer.confidential_for)
