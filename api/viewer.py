"""Viewer: whom a request is made for, and what they may know of themselves."""

import strawberry

from api.access.reads import OwnAccess
from api.context import Info
from api.fields import computed, shown
from api.people import Organization, Person, Team
from foredesk.people.queries import visible_teams
from foredesk.people.roles import Role, Scope


@strawberry.type(description="Person whom the request is made for.")
class Viewer(OwnAccess):
    @computed(description="The person")
    async def person(self, info: Info) -> Person | None:
        return await shown(info, Person, info.context.viewer.person_id)  # type: ignore[no-any-return]

    @computed(description="Name of the person")
    def name(self, info: Info) -> str:
        return info.context.viewer.name

    @computed(description="Organization of the person")
    async def organization(self, info: Info) -> Organization | None:
        return await shown(info, Organization, info.context.viewer.organization_id)  # type: ignore[no-any-return]

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
class ViewerQuery:
    @computed(description="Person whom the request is made for; null for anonymous requests")
    def viewer(self, info: Info) -> Viewer | None:
        return None if info.context.viewer.is_anonymous else Viewer()
