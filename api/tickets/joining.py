"""Joining: tickets that are merged, taken apart, or another person's."""

from typing import Annotated

import strawberry

from api.acting import given, the_key
from api.context import Info
from api.fields import act
from api.tickets.inputs import EXPECTED, KEY, TICKET, optional, required
from api.tickets.one import WHAT, on_ticket, shown, ticket
from api.tickets.payloads import ChangeRefusal, reason, reasons, ticket_or_null
from api.tickets.types import Ticket
from foredesk.tickets import merge, move, split
from foredesk.tickets.split import ClockStart


@strawberry.input(description="Input of mergeTicket.")
class MergeTicketInput:
    ticket_id: strawberry.ID = required("Ticket that is merged; it is closed then")
    into_ticket_id: strawberry.ID = required("Ticket that goes on for both")
    expected_version: int | None = optional(EXPECTED)
    idempotency_key: str | None = optional(KEY)


@strawberry.input(description="Input of unmergeTicket.")
class UnmergeTicketInput:
    ticket_id: strawberry.ID = required("Ticket that is merged into another")
    expected_version: int | None = optional(EXPECTED)
    idempotency_key: str | None = optional(KEY)


@strawberry.input(description="Input of splitTicket.")
class SplitTicketInput:
    ticket_id: strawberry.ID = required(TICKET)
    subject: str = required("One-line summary of the part, 1 to 200 characters")
    details: str = strawberry.field(
        default="",
        description="Description of the part, up to 50,000 characters; "
        "the words of the message if left out",
    )
    message_sequence: int | None = optional("Sequence of the reply that the part is made of")
    clock_start: ClockStart = strawberry.field(
        default=ClockStart.NOW, description="When the clocks of the part begin"
    )
    expected_version: int | None = optional(EXPECTED)
    idempotency_key: str | None = optional(KEY)


@strawberry.input(description="Input of moveTicket.")
class MoveTicketInput:
    ticket_id: strawberry.ID = required(TICKET)
    requester_id: strawberry.ID = required(
        "Person whom the ticket is for; it belongs to their organization then, and they see all "
        "that was said in it"
    )
    reason: str = strawberry.field(
        default="", description="What agents should know of it, up to 2,000 characters"
    )
    expected_version: int | None = optional(EXPECTED)
    idempotency_key: str | None = optional(KEY)


MergeTicketError = Annotated[
    ChangeRefusal,
    reason("MergeTicketError", "the ticket was not merged"),
]


@strawberry.type(description="Result of mergeTicket.")
class MergeTicketPayload:
    ticket: Ticket | None = ticket_or_null()
    errors: list[MergeTicketError] = reasons()


UnmergeTicketError = Annotated[
    ChangeRefusal,
    reason("UnmergeTicketError", "the ticket is merged still"),
]


@strawberry.type(description="Result of unmergeTicket.")
class UnmergeTicketPayload:
    ticket: Ticket | None = ticket_or_null()
    errors: list[UnmergeTicketError] = reasons()


SplitTicketError = Annotated[
    ChangeRefusal,
    reason("SplitTicketError", "the ticket was not split"),
]


@strawberry.type(description="Result of splitTicket.")
class SplitTicketPayload:
    part: Ticket | None = strawberry.field(
        description="The new ticket; null when errors is not empty"
    )
    errors: list[SplitTicketError] = reasons()


MoveTicketError = Annotated[
    ChangeRefusal,
    reason("MoveTicketError", "the ticket was not moved"),
]


@strawberry.type(description="Result of moveTicket.")
class MoveTicketPayload:
    ticket: Ticket | None = ticket_or_null()
    errors: list[MoveTicketError] = reasons()


async def merge_ticket(info: Info, input: Annotated[MergeTicketInput, WHAT]) -> MergeTicketPayload:
    row, errors = await on_ticket(
        info,
        input,
        lambda once: merge.merge_ticket(
            info.context.desk,
            info.context.viewer,
            **ticket(input, once),
            into_id=the_key("Ticket", input.into_ticket_id, "intoTicketId"),
        ),
    )
    return MergeTicketPayload(ticket=shown(row), errors=errors)


@strawberry.type
class JoiningMutation:
    """What brings tickets together, takes them apart, or gives them to other people."""

    merge_ticket = act(description="Merges a ticket into another, which goes on for both")(
        merge_ticket
    )

    @act(description="Takes a merged ticket out again: it is what it was before")
    async def unmerge_ticket(
        self, info: Info, input: Annotated[UnmergeTicketInput, WHAT]
    ) -> UnmergeTicketPayload:
        row, errors = await on_ticket(
            info,
            input,
            lambda once: merge.unmerge_ticket(
                info.context.desk, info.context.viewer, **ticket(input, once)
            ),
        )
        return UnmergeTicketPayload(ticket=shown(row), errors=errors)

    @act(description="Makes a part of a ticket a ticket of its own, for the same person")
    async def split_ticket(
        self, info: Info, input: Annotated[SplitTicketInput, WHAT]
    ) -> SplitTicketPayload:
        row, errors = await on_ticket(
            info,
            input,
            lambda once: split.split_ticket(
                info.context.desk,
                info.context.viewer,
                **ticket(input, once),
                subject=input.subject,
                details=input.details,
                message_sequence=given(input.message_sequence),
                clock_start=input.clock_start,
            ),
        )
        return SplitTicketPayload(part=shown(row), errors=errors)

    @act(description="Gives a ticket to the person it is really for; the agreement is chosen anew")
    async def move_ticket(
        self, info: Info, input: Annotated[MoveTicketInput, WHAT]
    ) -> MoveTicketPayload:
        row, errors = await on_ticket(
            info,
            input,
            lambda once: move.move_ticket(
                info.context.desk,
                info.context.viewer,
                **ticket(input, once),
                requester_id=the_key("Person", input.requester_id, "requesterId"),
                reason=input.reason,
            ),
        )
        return MoveTicketPayload(ticket=shown(row), errors=errors)
