"""Viewer: the person who asks, with everything the policy needs to decide, read once."""

from dataclasses import dataclass, replace
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
    organization = await Organization.get(id=person.organization_id)
    granted = frozenset([grant.role for grant in await RoleGrant.filter(person_id=person.id)])
    teams = frozenset([member.team_id for member in await TeamMember.filter(person_id=person.id)])
    served = await TeamCustomer.filter(team_id__in=list(teams)) if teams else []
    roles = granted | {Role.REQUESTER}
    return Viewer(
        person_id=person.id,
        organization_id=person.organization_id,
        roles=roles,
        serves=frozenset(row.organization_id for row in served if roles & AGENT_ROLES),
        team_ids=teams,
        locale=person.locale or organization.locale,
        time_zone=person.time_zone or organization.time_zone,
        name=person.name,
        sees_whole_organization=organization.request_visibility is RequestVisibility.ORGANIZATION,
    )
