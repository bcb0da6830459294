"""Reads: lists of organizations, people and teams, and the history of rights."""

from datetime import datetime
from enum import Enum
from typing import Annotated, Any

import strawberry
from tortoise.expressions import Q

from api.connections import After, Before, Connection, First, Last, Ordering, page_of, paginate
from api.context import Info
from api.fields import computed
from api.identifiers import keys_of
from api.management.events import PeopleEvent
from api.management.words import optional
from api.operations.errors import Code, refusal
from api.ordering import OrderDirection
from api.people import Organization, Person, Team
from foredesk.people import queries
from foredesk.people.history import visible_people_events
from foredesk.people.models import PeopleEventKind, RequestVisibility
from foredesk.people.roles import Role

LONGEST_LIST = 100
BY_NAME = Ordering("name", descending=False, read=str)
NEWEST_FIRST = Ordering("number", descending=True, read=int, is_unique=True)


@strawberry.input(description="Conditions that the organizations meet, all of them.")
class OrganizationFilter:
    request_visibilities: list[RequestVisibility] | None = optional(
        "Visibilities of requests, any of which it has"
    )
    slugs: list[str] | None = optional("Slugs, any of which it has")


@strawberry.input(description="Conditions that the teams meet, all of them.")
class TeamFilter:
    organization_ids: list[strawberry.ID] | None = optional("Organizations, any of which it serves")
    is_confidential: bool | None = optional(
        "True for teams whose requests only their members see, false for the others"
    )


@strawberry.input(
    description="Conditions that the people meet, all of them. By role, address and activity "
    "only agents find others."
)
class PersonFilter:
    organization_ids: list[strawberry.ID] | None = optional("Organizations, any of which is theirs")
    team_ids: list[strawberry.ID] | None = optional("Teams, any of which they are in")
    role: Role | None = optional("Role that they hold")
    emails: list[str] | None = optional("E-mail addresses, any of which is theirs")
    is_active: bool | None = optional("True for people who may sign in, false for the others")


@strawberry.enum(description="What people are ordered by.")
class PersonOrderField(Enum):
    NAME = strawberry.enum_value("name", description="Name.")
    CREATED_AT = strawberry.enum_value("created_at", description="Time of taking them in.")


@strawberry.input(description="Ordering of people.")
class PersonOrder:
    field: PersonOrderField = strawberry.field(description="What to order by")
    direction: OrderDirection = strawberry.field(description="Which end comes first")


@strawberry.input(description="Conditions that the events meet, all of them.")
class PeopleEventFilter:
    kinds: list[PeopleEventKind] | None = optional("Kinds, any of which it is of")
    person_ids: list[strawberry.ID] | None = optional("People, any of whom it is about")
    team_ids: list[strawberry.ID] | None = optional("Teams, any of which it is about")
    organization_ids: list[strawberry.ID] | None = optional(
        "Organizations, any of which it is about"
    )
    actor_ids: list[strawberry.ID] | None = optional("People, any of whom did it")


FIRST_NAMES = PersonOrder(field=PersonOrderField.NAME, direction=OrderDirection.ASC)
CONDITIONS = strawberry.argument(description="Conditions that they meet.")


@strawberry.type
class ManagementQuery:
    @computed(description="Organizations that the viewer may see, by name")
    async def organizations(
        self,
        info: Info,
        filter: Annotated[OrganizationFilter | None, CONDITIONS] = strawberry.UNSET,
        first: First = strawberry.UNSET,
        after: After = strawberry.UNSET,
        last: Last = strawberry.UNSET,
        before: Before = strawberry.UNSET,
    ) -> Connection[Organization]:
        rows = queries.visible_organizations(info.context.viewer)
        if filter:
            rows = rows.filter(*_organizations(filter))
        page = page_of(first, after, last, before)
        return Connection(slice=await paginate(rows, BY_NAME, page), make=Organization.of)

    @computed(description="Teams that the viewer may see, by name")
    async def teams(
        self,
        info: Info,
        filter: Annotated[TeamFilter | None, CONDITIONS] = strawberry.UNSET,
        first: First = strawberry.UNSET,
        after: After = strawberry.UNSET,
        last: Last = strawberry.UNSET,
        before: Before = strawberry.UNSET,
    ) -> Connection[Team]:
        rows = queries.visible_teams(info.context.viewer)
        if filter and filter.organization_ids:
            ids = _keys("Organization", filter.organization_ids)
            rows = rows.filter(queries.serving(info.context.viewer, ids))
        if filter and isinstance(filter.is_confidential, bool):
            rows = rows.filter(is_confidential=filter.is_confidential)
        page = page_of(first, after, last, before)
        return Connection(slice=await paginate(rows, BY_NAME, page), make=Team.of)

    @computed(description="People that the viewer may see")
    async def people(
        self,
        info: Info,
        order_by: Annotated[
            PersonOrder, strawberry.argument(description="Ordering of the people.")
        ] = FIRST_NAMES,
        filter: Annotated[PersonFilter | None, CONDITIONS] = strawberry.UNSET,
        first: First = strawberry.UNSET,
        after: After = strawberry.UNSET,
        last: Last = strawberry.UNSET,
        before: Before = strawberry.UNSET,
    ) -> Connection[Person]:
        rows = queries.visible_people(info.context.viewer)
        if filter:
            rows = rows.filter(*_people(info, filter))
        page = page_of(first, after, last, before)
        return Connection(slice=await paginate(rows, _ordering(order_by), page), make=Person.of)

    @computed(
        description="Who changed which right, and when, newest first; empty unless the viewer "
        "is an administrator"
    )
    async def people_events(
        self,
        info: Info,
        filter: Annotated[PeopleEventFilter | None, CONDITIONS] = strawberry.UNSET,
        first: First = strawberry.UNSET,
        after: After = strawberry.UNSET,
        last: Last = strawberry.UNSET,
        before: Before = strawberry.UNSET,
    ) -> Connection[PeopleEvent]:
        rows = visible_people_events(info.context.viewer)
        if filter:
            rows = rows.filter(*_events(filter))
        page = page_of(first, after, last, before)
        return Connection(slice=await paginate(rows, NEWEST_FIRST, page), make=PeopleEvent.of)


def _organizations(filter: OrganizationFilter) -> list[Q]:
    wanted = []
    if filter.request_visibilities:
        values = [one.value for one in filter.request_visibilities]
        wanted.append(_any_of("request_visibility", values))
    if filter.slugs:
        wanted.append(_any_of("slug", filter.slugs))
    return wanted


def _people(info: Info, filter: PersonFilter) -> list[Q]:
    viewer, wanted = info.context.viewer, []
    if filter.organization_ids:
        ids = _keys("Organization", filter.organization_ids)
        wanted.append(queries.of_visible_organizations(viewer, ids))
    if filter.team_ids:
        wanted.append(queries.in_visible_teams(viewer, _keys("Team", filter.team_ids)))
    wanted += _inside(filter)
    if not viewer.is_agent and _inside(filter):
        wanted.append(Q(id=viewer.person_id))
    return wanted


def _inside(filter: PersonFilter) -> list[Q]:
    """What agents only may know of others."""
    wanted = []
    if filter.role:
        wanted.append(queries.has_role(filter.role))
    if filter.emails:
        wanted.append(_any_of("email", [email.strip().lower() for email in filter.emails]))
    if isinstance(filter.is_active, bool):
        wanted.append(Q(is_active=filter.is_active))
    return wanted


def _events(filter: PeopleEventFilter) -> list[Q]:
    wanted = [
        _any_of(column, _keys(kind, ids))
        for column, kind, ids in (
            ("person_id", "Person", filter.person_ids),
            ("team_id", "Team", filter.team_ids),
            ("organization_id", "Organization", filter.organization_ids),
            ("actor_id", "Person", filter.actor_ids),
        )
        if ids
    ]
    if filter.kinds:
        wanted.append(_any_of("kind", [kind.value for kind in filter.kinds]))
    return wanted


def _keys(kind: str, ids: list[strawberry.ID]) -> list[Any]:
    _check_length(ids)
    return keys_of(kind, ids)


def _any_of(column: str, values: list[Any]) -> Q:
    _check_length(values)
    conditions: dict[str, Any] = {f"{column}__in": values}
    return Q(**conditions)


def _check_length(values: list[Any]) -> None:
    if len(values) > LONGEST_LIST:
        raise refusal(f"A filter takes at most {LONGEST_LIST} values.", Code.BAD_USER_INPUT)


def _ordering(order: PersonOrder) -> Ordering:
    is_name = order.field is PersonOrderField.NAME
    read: Any = str if is_name else datetime.fromisoformat
    return Ordering(str(order.field.value), order.direction is OrderDirection.DESC, read)
