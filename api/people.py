"""People: who asks, who helps, their organizations and teams."""

from datetime import datetime

import strawberry

from api.context import Info
from api.fields import column, computed, relation
from api.node import Node
from foredesk.people import models
from foredesk.people.absence import lasts, visible_absences
from foredesk.people.queries import visible_organizations, visible_people, visible_teams
from foredesk.people.roles import Role


@strawberry.type(description="Company whose people ask for help, or the one that gives it.")
class Organization(Node, visible=visible_organizations):
    row: strawberry.Private[models.Organization]
    name: str = column(description="Name of the organization")
    slug: str = column(description="Short name of the organization in addresses")
    locale: str = column(description="Language of the organization, such as en or de")
    time_zone: str = column(description="Time zone of the organization, such as Europe/Berlin")
    request_visibility: models.RequestVisibility = column(
        description="Whose requests the people of the organization see"
    )
    version: int = column(description="Version of the organization for expectedVersion")


@strawberry.type(description="People who handle requests together.")
class Team(Node, visible=visible_teams):
    row: strawberry.Private[models.Team]
    name: str = column(description="Name of the team")
    key: str = column(description="Short name of the team")
    is_confidential: bool = column(
        description="Indicates that only its members and the requester see what it has"
    )
    version: int = column(description="Version of the team for expectedVersion")

    @computed(
        description="Members that the viewer may see, by name, the first 100; people with a "
        "filter by team has all",
        needs=("id",),
        at_most=100,
    )
    async def members(self, info: Info) -> list["Person"]:
        rows = await info.context.loaders.members.load(self.row.id)
        return [Person.of(row) for row in rows[:100]]

    @computed(
        description="Organizations that it serves and the viewer may see, by name, the first 100",
        needs=("id",),
        at_most=100,
    )
    async def organizations(self, info: Info) -> list[Organization]:
        rows = await info.context.loaders.customers.load(self.row.id)
        return [Organization.of(row) for row in rows[:100]]


@strawberry.type(description="Someone who asks for help or gives it.")
class Person(Node, visible=visible_people):
    row: strawberry.Private[models.Person]
    name: str = column(description="Name of the person")
    organization: Organization | None = relation(
        "organization_id",
        description="Organization of the person; null if the viewer may not see it",
    )

    @computed(
        description="E-mail address of the person; null unless it is the viewer's own "
        "or the viewer is an agent, and for a service account",
        needs=("id", "email", "kind"),
    )
    def email(self, info: Info) -> str | None:
        has_one = self.row.kind == models.PersonKind.PERSON
        return self.row.email if has_one and self._is_open_to(info) else None

    @computed(
        description="Indicates that this is a service account: a program, not a human being",
        needs=("kind",),
    )
    def is_service_account(self) -> bool:
        return bool(self.row.kind == models.PersonKind.SERVICE)

    @computed(
        description="Telephone number of the person; null if unknown, or unless it is the "
        "viewer's own or the viewer is an agent",
        needs=("id", "phone"),
    )
    def phone(self, info: Info) -> str | None:
        return self.row.phone or None if self._is_open_to(info) else None

    @computed(
        description="Language of the person, such as en or de; null for the organization's, or "
        "unless it is the viewer or the viewer is an agent",
        needs=("id", "locale"),
    )
    def locale(self, info: Info) -> str | None:
        return self.row.locale or None if self._is_open_to(info) else None

    @computed(
        description="Time zone of the person, such as Europe/Berlin; null for the organization's, "
        "or unless it is the viewer or the viewer is an agent",
        needs=("id", "time_zone"),
    )
    def time_zone(self, info: Info) -> str | None:
        return self.row.time_zone or None if self._is_open_to(info) else None

    is_active: bool = column(description="Indicates that the person may sign in")
    version: int = column(description="Version of the person for expectedVersion")

    @computed(
        description="Roles of the person; null unless it is the viewer or the viewer is an agent",
        needs=("id",),
        at_most=20,
    )
    async def roles(self, info: Info) -> list[Role] | None:
        if not self._is_open_to(info):
            return None
        return await info.context.loaders.roles.load(self.row.id)

    @computed(
        description="Teams of the person that the viewer may see, by name, the first 100",
        needs=("id",),
        at_most=100,
    )
    async def teams(self, info: Info) -> list[Team]:
        rows = await info.context.loaders.teams_of.load(self.row.id)
        return [Team.of(row) for row in rows[:100]]

    @computed(
        description="Absence of the person that lasts now; null for none, or unless it is the "
        "viewer or the viewer is an agent",
        needs=("id",),
    )
    async def absence(self, info: Info) -> "Absence | None":
        rows = await info.context.loaders.absences.load(self.row.id)
        now = info.context.desk.now()
        return next((Absence.of(row) for row in rows if lasts(row, now)), None)

    @computed(
        description="Absences of the person that last now or are to come, soonest first, the "
        "first 20; empty unless it is the viewer or the viewer is an agent",
        needs=("id",),
        at_most=20,
    )
    async def absences(self, info: Info) -> list["Absence"]:
        rows = await info.context.loaders.absences.load(self.row.id)
        return [Absence.of(row) for row in rows[:20]]

    def _is_open_to(self, info: Info) -> bool:
        viewer = info.context.viewer
        return viewer.is_agent or viewer.person_id == self.row.id


@strawberry.type(description="Time that a person is away. It ends by itself.")
class Absence(Node, visible=visible_absences):
    row: strawberry.Private[models.Absence]
    starts_at: datetime = column(description="Timestamp of its start, included")
    ends_at: datetime = column(description="Timestamp of its end, excluded")
    canceled_at: datetime | None = column(
        description="Timestamp of when it was canceled or ended early; null if it was not"
    )
    note: str = column(description="Note for agents; may be empty")
    person: Person | None = relation("person_id", description="Person who is away; null if hidden")
    substitute: Person | None = relation(
        "substitute_id", description="Person who stands in for them; null for nobody, or if hidden"
    )
