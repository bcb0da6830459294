"""Pausing: a ticket waits for somebody or something, and goes on."""

from datetime import datetime
from typing import Annotated

import strawberry

from api.acting import given
from api.context import Info
from api.fields import act
from api.tickets.inputs import EXPECTED, KEY, TICKET, optional, required
from api.tickets.one import WHAT, on_ticket, shown, ticket
from api.tickets.payloads import ChangeRefusal, reason, reasons, ticket_or_null
from api.tickets.types import Ticket
from foredesk.tickets import pause
from foredesk.tickets.states import WaitingFor


@strawberry.input(description="Input of pauseTicket.")
class PauseTicketInput:
    ticket_id: strawberry.ID = required(TICKET)
    waiting_for: WaitingFor = required("Whom or what it waits for")
    note: str = strawberry.field(
        default="",
        description="What agents should know of it, up to 2,000 characters; "
        "needed where it waits for something else",
    )
    resumes_at: datetime | None = optional("When it goes on by itself; never if left out")
    expected_version: int | None = optional(EXPECTED)
    idempotency_key: str | None = optional(KEY)


@strawberry.input(description="Input of resumeTicket.")
class ResumeTicketInput:
    ticket_id: strawberry.ID = required(TICKET)
    expected_version: int | None = optional(EXPECTED)
    idempotency_key: str | None = optional(KEY)


PauseTicketError = Annotated[
    ChangeRefusal,
    reason("PauseTicketError", "the ticket was not paused"),
]


@strawberry.type(description="Result of pauseTicket.")
class PauseTicketPayload:
    ticket: Ticket | None = ticket_or_null()
    errors: list[PauseTicketError] = reasons()


ResumeTicketError = Annotated[
    ChangeRefusal,
    reason("ResumeTicketError", "the ticket does not go on"),
]


@strawberry.type(description="Result of resumeTicket.")
class ResumeTicketPayload:
    ticket: Ticket | None = ticket_or_null()
    errors: list[ResumeTicketError] = reasons()


async def pause_ticket(info: Info, input: Annotated[PauseTicketInput, WHAT]) -> PauseTicketPayload:
    row, errors = await on_ticket(
        info,
        input,
        lambda once: pause.pause_ticket(
            info.context.desk,
            info.context.viewer,
            **ticket(input, once),
            waiting_for=input.waiting_for,
            note=input.note,
            until=given(input.resumes_at),
        ),
        until="resumesAt",
    )
    return PauseTicketPayload(ticket=shown(row), errors=errors)


async def resume_ticket(
    info: Info, input: Annotated[ResumeTicketInput, WHAT]
) -> ResumeTicketPayload:
    row, errors = await on_ticket(
        info,
        input,
        lambda once: pause.resume_ticket(
            info.context.desk, info.context.viewer, **ticket(input, once)
        ),
    )
    return ResumeTicketPayload(ticket=shown(row), errors=errors)


@strawberry.type
class PauseMutation:
    """Waiting, and going on."""

    pause_ticket = act(
        description="Lets a ticket wait for somebody or something; clocks pause as agreed"
    )(pause_ticket)

    resume_ticket = act(description="Goes on with a ticket that waited")(resume_ticket)
