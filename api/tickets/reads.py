"""Reads: tickets by name and in lists."""

from datetime import datetime
from enum import Enum
from typing import Annotated, Any

import strawberry

from api.connections import (
    After,
    Before,
    Connection,
    First,
    Last,
    Ordering,
    page_of,
    wanted,
)
from api.context import Info
from api.identifiers import key_of, keys_of
from api.operations.errors import Code, refusal
from api.ordering import OrderDirection
from api.sources import want
from api.tickets.types import Ticket
from foredesk.sla.priority import Priority
from foredesk.tickets.models import TicketKind
from foredesk.tickets.states import TicketState

LARGEST_NUMBER = 2**31 - 1
LONGEST_LIST = 100


@strawberry.input(description="How to name a ticket.", one_of=True)
class TicketLookup:
    id: strawberry.Maybe[strawberry.ID] = strawberry.field(description="ID of the ticket")
    number: strawberry.Maybe[int] = strawberry.field(description="Number that people quote")


@strawberry.input(description="Half-open range of time: from <= value < to.")
class DateTimeRange:
    from_: datetime | None = strawberry.field(
        name="from", default=strawberry.UNSET, description="Start of the range, included"
    )
    to: datetime | None = strawberry.field(
        default=strawberry.UNSET, description="End of the range, excluded"
    )


@strawberry.input(description="How to pick tickets by who works on them.", one_of=True)
class AssigneeFilter:
    any_of: strawberry.Maybe[list[strawberry.ID]] = strawberry.field(
        description="IDs of people, any of whom works on the ticket"
    )
    is_unassigned: strawberry.Maybe[bool] = strawberry.field(
        description="True for tickets that nobody works on, false for the others"
    )


@strawberry.input(description="Conditions that the tickets meet, all of them.")
class TicketFilter:
    states: list[TicketState] | None = strawberry.field(
        default=strawberry.UNSET, description="States, any of which the ticket is in"
    )
    kinds: list[TicketKind] | None = strawberry.field(
        default=strawberry.UNSET, description="Kinds, any of which the ticket has"
    )
    priorities: list[Priority] | None = strawberry.field(
        default=strawberry.UNSET, description="Priorities, any of which the ticket has"
    )
    categories: list[str] | None = strawberry.field(
        default=strawberry.UNSET, description="Categories, any of which the ticket has"
    )
    organization_ids: list[strawberry.ID] | None = strawberry.field(
        default=strawberry.UNSET, description="Organizations, any of which it is from"
    )
    requester_ids: list[strawberry.ID] | None = strawberry.field(
        default=strawberry.UNSET, description="People, any of whom it is for"
    )
    team_ids: list[strawberry.ID] | None = strawberry.field(
        default=strawberry.UNSET, description="Teams, any of which works on it"
    )
    assignee: AssigneeFilter | None = strawberry.field(
        default=strawberry.UNSET, description="Who works on it"
    )
    opened_at: DateTimeRange | None = strawberry.field(
        default=strawberry.UNSET, description="When it was asked"
    )
    updated_at: DateTimeRange | None = strawberry.field(
        default=strawberry.UNSET, description="When something last happened to it"
    )


@strawberry.enum(description="What tickets are ordered by.")
class TicketOrderField(Enum):
    OPENED_AT = strawberry.enum_value("opened_at", description="Time of asking.")
    UPDATED_AT = strawberry.enum_value("updated_at", description="Time of the last event.")
    NUMBER = strawberry.enum_value("number", description="Number.")
    DUE_AT = strawberry.enum_value(
        "due_at",
        description="Time of the next promise that a running clock has to keep; where none runs, "
        "as if it were the last of all.",
    )


@strawberry.input(description="Ordering of tickets.")
class TicketOrder:
    field: TicketOrderField = strawberry.field(description="What to order by")
    direction: OrderDirection = strawberry.field(description="Which end comes first")


NEWEST_FIRST = TicketOrder(field=TicketOrderField.OPENED_AT, direction=OrderDirection.DESC)


@strawberry.type
class TicketQuery:
    @wanted(description="One ticket; null if there is none or it is not to be seen")
    def ticket(
        self,
        info: Info,
        by: Annotated[TicketLookup, strawberry.argument(description="Name of the ticket.")],
    ) -> Ticket | None:
        if by.number is not None:
            number = by.number.value
            return want(Ticket, {"number": number}) if 0 < number <= LARGEST_NUMBER else None
        key = key_of("Ticket", by.id.value if by.id else None)
        return want(Ticket, {"id": key}) if key else None

    @wanted(description="Tickets that the viewer may see")
    def tickets(
        self,
        info: Info,
        order_by: Annotated[
            TicketOrder, strawberry.argument(description="Ordering of the tickets.")
        ] = NEWEST_FIRST,
        filter: Annotated[
            TicketFilter | None,
            strawberry.argument(description="Conditions that the tickets meet."),
        ] = strawberry.UNSET,
        first: First = strawberry.UNSET,
        after: After = strawberry.UNSET,
        last: Last = strawberry.UNSET,
        before: Before = strawberry.UNSET,
    ) -> Connection[Ticket]:
        page = page_of(first, after, last, before)
        return want(Ticket, conditions(filter), ordering_of(order_by), page)


def conditions(filter: TicketFilter | None) -> dict[str, Any]:
    if not filter:
        return {}
    wanted: dict[str, Any] = {}
    for column, values in (
        ("state", filter.states),
        ("kind", filter.kinds),
        ("priority", filter.priorities),
    ):
        if values:
            wanted |= _any_of(column, [value.value for value in values])
    if filter.categories:
        wanted |= _any_of("category", filter.categories)
    for column, kind, ids in (
        ("organization_id", "Organization", filter.organization_ids),
        ("requester_id", "Person", filter.requester_ids),
        ("team_id", "Team", filter.team_ids),
    ):
        if ids:
            wanted |= _any_of(column, keys_of(kind, ids))
    wanted |= _assigned(filter.assignee) if filter.assignee else {}
    return (
        wanted | _within("opened_at", filter.opened_at) | _within("updated_at", filter.updated_at)
    )


def _any_of(column: str, values: list[Any]) -> dict[str, Any]:
    if len(values) > LONGEST_LIST:
        raise refusal(f"A filter takes at most {LONGEST_LIST} values.", Code.BAD_USER_INPUT)
    return {f"{column}__in": values}


def _assigned(filter: AssigneeFilter) -> dict[str, Any]:
    if filter.any_of is not None:
        return _any_of("assignee_id", keys_of("Person", filter.any_of.value))
    return {"assignee_id__isnull": bool(filter.is_unassigned and filter.is_unassigned.value)}


def _within(column: str, range: DateTimeRange | None) -> dict[str, Any]:
    if not range:
        return {}
    wanted = {f"{column}__gte": range.from_, f"{column}__lt": range.to}
    return {lookup: at for lookup, at in wanted.items() if at}


def ordering_of(order: TicketOrder) -> Ordering:
    is_number = order.field is TicketOrderField.NUMBER
    return Ordering(
        str(order.field.value),
        order.direction is OrderDirection.DESC,
        int if is_number else datetime.fromisoformat,
        is_unique=is_number,
    )
