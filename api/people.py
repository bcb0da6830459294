"""People: who asks, who helps, their organizations and teams."""

import strawberry

from api.context import Info
from api.fields import column, computed
from api.node import Node
from foredesk.people import models
from foredesk.people.queries import visible_teams
from foredesk.people.roles import Role, Scope


@strawberry.type(description="Company whose people ask for help, or the one that gives it.")
class Organization(Node):
    row: strawberry.Private[models.Organization]
    name: str = column(description="Name of the organization")
    slug: str = column(description="Short name of the organization in addresses")
    locale: str = column(description="Language of the organization, such as en or de")
    time_zone: str = column(description="Time zone of the organization, such as Europe/Berlin")


@strawberry.type(description="People who handle requests together.")
class Team(Node):
    row: strawberry.Private[models.Team]
    name: str = column(description="Name of the team")


@strawberry.type(description="Someone who asks for help or gives it.")
class Person(Node):
    row: strawberry.Private[models.Person]
    name: str = column(description="Name of the person")

    @computed(
        description="E-mail address of the person; null unless it is the viewer's own "
        "or the viewer is an agent"
    )
    def email(self, info: Info) -> str | None:
        return self.row.email if self._is_open_to(info) else None

    @computed(
        description="Telephone number of the person; null if unknown, or unless it is the "
        "viewer's own or the viewer is an agent"
    )
    def phone(self, info: Info) -> str | None:
        return self.row.phone or None if self._is_open_to(info) else None

    @computed(description="Organization of the person; null if the viewer may not see it")
    async def organization(self, info: Info) -> Organization | None:
        row = await info.context.loaders.organizations.load(self.row.organization_id)
        return Organization(row=row) if row else None

    def _is_open_to(self, info: Info) -> bool:
        viewer = info.context.viewer
        return viewer.is_agent or viewer.person_id == self.row.id


@strawberry.type(description="Person whom the request is made for.")
class Viewer:
    @computed(description="The person")
    async def person(self, info: Info) -> Person | None:
        key = info.context.viewer.person_id
        row = await info.context.loaders.people.load(key) if key else None
        return Person(row=row) if row else None

    @computed(description="Name of the person")
    def name(self, info: Info) -> str:
        return info.context.viewer.name

    @computed(description="Organization of the person")
    async def organization(self, info: Info) -> Organization | None:
        key = info.context.viewer.organization_id
        row = await info.context.loaders.organizations.load(key) if key else None
        return Organization(row=row) if row else None

    @computed(description="Roles that the person holds")
    def roles(self, info: Info) -> list[Role]:
        return sorted(info.context.viewer.roles)

    @computed(description="What the credential of this request may be used for")
    def scopes(self, info: Info) -> list[Scope]:
        return sorted(info.context.viewer.scopes)

    @computed(description="Teams that the person works in, and those that serve them")
    async def teams(self, info: Info) -> list[Team]:
        rows = await visible_teams(info.context.viewer).order_by("name").limit(100)
        return [Team(row=row) for row in rows]

    @computed(description="Language of the person, such as en or de")
    def locale(self, info: Info) -> str:
        return info.context.viewer.locale

    @computed(description="Time zone of the person, such as Europe/Berlin")
    def time_zone(self, info: Info) -> str:
        return info.context.viewer.time_zone


@strawberry.type
class PeopleQuery:
    @computed(description="Person whom the request is made for; null for anonymous requests")
    def viewer(self, info: Info) -> Viewer | None:
        return None if info.context.viewer.is_anonymous else Viewer()
