"""Viewer: the person who asks, with everything the policy needs to decide, read once."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
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
from foredesk.ports import Reader


@dataclass(frozen=True, slots=True)
class Viewer:
    """Who asks. `serves` are the organizations whose requests they handle through their teams."""

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

    @property
    def reader(self) -> Reader:
        """What the knowledge index has to know of them."""
        own = {self.organization_id} if self.organization_id else set()
        return Reader(frozenset(own | self.serves), self.is_agent)

    def with_scopes(self, scopes: frozenset[Scope]) -> "Viewer":
        return replace(self, scopes=scopes)


ANONYMOUS = Viewer(person_id=None, organization_id=None)
SYSTEM = Viewer(person_id=None, organization_id=None, is_system=True, name="Foredesk")


async def viewer_of(person: Person) -> Viewer:
    return (await viewers_of([person]))[person.id]


async def viewers_of(people: Sequence[Person]) -> Mapping[UUID, Viewer]:
    """Many at once: whoever watches is asked for anew with every event."""
    ids = list({person.id for person in people})
    grants = await RoleGrant.filter(person_id__in=ids).values_list("person_id", "role")
    members = await TeamMember.filter(person_id__in=ids).values_list("person_id", "team_id")
    team_ids = list({team_id for _, team_id in members})
    customers = (
        await TeamCustomer.filter(team_id__in=team_ids).values_list("team_id", "organization_id")
        if team_ids
        else []
    )
    organization_ids = list({person.organization_id for person in people})
    organizations = {row.id: row for row in await Organization.filter(id__in=organization_ids)}
    served, roles, teams = _by_first(customers), _by_first(grants), _by_first(members)
    return {
        person.id: _viewer(
            person,
            organizations[person.organization_id],
            frozenset(Role(role) for role in roles[person.id]),
            frozenset(teams[person.id]),
            served,
        )
        for person in people
    }


def _viewer(
    person: Person,
    organization: Organization,
    granted: frozenset[Role],
    team_ids: frozenset[UUID],
    served: Mapping[UUID, list[UUID]],
) -> Viewer:
    roles = granted | {Role.REQUESTER}
    theirs = [id for team_id in team_ids for id in served[team_id]] if roles & AGENT_ROLES else []
    return Viewer(
        person_id=person.id,
        organization_id=person.organization_id,
        roles=roles,
        serves=frozenset(theirs),
        team_ids=team_ids,
        locale=person.locale or organization.locale,
        time_zone=person.time_zone or organization.time_zone,
        name=person.name,
        sees_whole_organization=organization.request_visibility is RequestVisibility.ORGANIZATION,
    )


def _by_first(pairs: Iterable[Any]) -> Mapping[Any, list[Any]]:
    found: defaultdict[Any, list[Any]] = defaultdict(list)
    for first, second in pairs:
        found[first].append(second)
    return found
