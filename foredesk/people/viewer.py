"""Viewer: the person who asks, with everything the policy needs to decide, read once."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any
from uuid import UUID

from foredesk.people.models import (
    Organization,
    Person,
    RequestVisibility,
    RoleGrant,
    TeamCustomer,
    TeamMember,
)
from foredesk.people.roles import AGENT_ROLES, ALL_SCOPES, MANAGER_ROLES, Role, Scope
from foredesk.people.standing_in import StandingIn, standing_in
from foredesk.ports import Reader

ARTICLES = (Scope.KNOWLEDGE, Scope.TICKETS)
"""Scopes that open more than the public articles: who works on a request looks for answers."""


@dataclass(frozen=True, slots=True)
class Viewer:
    """Who asks.

    `serves` are the organizations whose requests they handle through their open teams and those
    of the people they stand in for. A confidential team opens its own queue to its own members,
    and the people of the organizations it serves (`confidential_for`): nothing else, to nobody
    else. `valid_until` is when somebody's absence begins or ends next: read them anew then.
    """

    person_id: UUID | None
    organization_id: UUID | None
    roles: frozenset[Role] = frozenset()
    serves: frozenset[UUID] = frozenset()
    team_ids: frozenset[UUID] = frozenset()
    scopes: frozenset[Scope] = ALL_SCOPES
    locale: str = "en"
    time_zone: str = "UTC"
    name: str = ""
    sees_whole_organization: bool = False
    is_system: bool = False
    confidential_team_ids: frozenset[UUID] = frozenset()
    confidential_for: frozenset[UUID] = frozenset()
    stands_in_for: frozenset[UUID] = frozenset()
    valid_until: datetime | None = None

    @property
    def is_anonymous(self) -> bool:
        return self.person_id is None and not self.is_system

    @property
    def is_agent(self) -> bool:
        return self.is_system or bool(self.roles & AGENT_ROLES)

    @property
    def is_manager(self) -> bool:
        return self.is_system or bool(self.roles & MANAGER_ROLES)

    @property
    def is_administrator(self) -> bool:
        return self.is_system or Role.ADMINISTRATOR in self.roles

    def reads(self, *areas: Scope) -> bool:
        """Whether the credential opens one of these areas to read at all: `READ` opens every one,
        and who may work in an area may read it."""
        return self.is_system or not self.scopes.isdisjoint({Scope.READ, *areas})

    @property
    def reader(self) -> Reader:
        """What the knowledge index has to know of them."""
        if not self.reads(*ARTICLES):
            return Reader()
        own = {self.organization_id} if self.organization_id else set()
        return Reader(frozenset(own | self.serves), self.is_agent, self.team_ids)

    def with_scopes(self, scopes: frozenset[Scope]) -> "Viewer":
        return replace(self, scopes=scopes)


ANONYMOUS = Viewer(person_id=None, organization_id=None)
SYSTEM = Viewer(person_id=None, organization_id=None, is_system=True, name="Foredesk")


async def viewer_of(person: Person, at: datetime | None = None) -> Viewer:
    """`at` is when they ask: whom they stand in for depends on it. Without it they stand in for
    nobody.
    """
    return (await viewers_of([person], at))[person.id]


NEEDED = ("id", "organization_id", "name", "locale", "time_zone")
"""What has to be read of a person to know them as a viewer."""


async def viewers_of(people: Sequence[Person], at: datetime | None = None) -> Mapping[UUID, Viewer]:
    """Many at once: whoever watches is asked for anew with every event."""
    ids = {person.id for person in people}
    standing = await standing_in(at)
    wanted = list(ids | {absent for id in ids for absent in standing.absent_for(id)})
    grants = await RoleGrant.filter(person_id__in=wanted).values_list("person_id", "role")
    members = await TeamMember.filter(person_id__in=wanted).values_list(
        "person_id", "team_id", "team__is_confidential"
    )
    team_ids = list({team_id for _, team_id, _ in members})
    customers = (
        await TeamCustomer.filter(team_id__in=team_ids).values_list("team_id", "organization_id")
        if team_ids
        else []
    )
    organization_ids = list({person.organization_id for person in people})
    organizations = {row.id: row for row in await Organization.filter(id__in=organization_ids)}
    rights = _Rights(
        _by_first((person_id, Role(role)) for person_id, role in grants),
        _by_first((person_id, team_id) for person_id, team_id, hidden in members if not hidden),
        _by_first((person_id, team_id) for person_id, team_id, hidden in members if hidden),
        _by_first(customers),
    )
    return {
        person.id: _viewer(person, organizations[person.organization_id], rights, standing)
        for person in people
    }


@dataclass(frozen=True, slots=True)
class _Rights:
    """Roles and teams by person, organizations by team."""

    roles: Mapping[UUID, list[Role]]
    open_teams: Mapping[UUID, list[UUID]]
    confidential_teams: Mapping[UUID, list[UUID]]
    customers: Mapping[UUID, list[UUID]]

    def is_agent(self, person_id: UUID) -> bool:
        return not AGENT_ROLES.isdisjoint(self.roles[person_id])

    def served_by(self, team_ids: Iterable[UUID]) -> frozenset[UUID]:
        return frozenset(id for team_id in team_ids for id in self.customers[team_id])


def _viewer(
    person: Person, organization: Organization, rights: _Rights, standing: StandingIn
) -> Viewer:
    roles = frozenset(rights.roles[person.id]) | {Role.REQUESTER}
    is_agent = rights.is_agent(person.id)
    absent = {id for id in standing.absent_for(person.id) if is_agent and rights.is_agent(id)}
    open_teams = {team for id in {person.id} | absent for team in rights.open_teams[id]}
    hidden_teams = frozenset(rights.confidential_teams[person.id])
    return Viewer(
        person_id=person.id,
        organization_id=person.organization_id,
        roles=roles,
        serves=rights.served_by(open_teams) if is_agent else frozenset(),
        team_ids=hidden_teams | open_teams,
        locale=person.locale or organization.locale,
        time_zone=person.time_zone or organization.time_zone,
        name=person.name,
        sees_whole_organization=_sees_whole(organization, roles),
        confidential_team_ids=hidden_teams if is_agent else frozenset(),
        confidential_for=rights.served_by(hidden_teams) if is_agent else frozenset(),
        stands_in_for=frozenset(absent),
        valid_until=standing.until if is_agent else None,
    )


def _sees_whole(organization: Organization, roles: frozenset[Role]) -> bool:
    match organization.request_visibility:
        case RequestVisibility.ORGANIZATION:
            return True
        case RequestVisibility.BY_ROLE:
            return Role.ORGANIZATION_COORDINATOR in roles
    return False


def _by_first(pairs: Iterable[Any]) -> Mapping[Any, list[Any]]:
    found: defaultdict[Any, list[Any]] = defaultdict(list)
    for first, second in pairs:
        found[first].append(second)
    return found
