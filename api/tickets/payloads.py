"""Payloads of the acts on tickets: the ticket as it is then, or why nothing was done."""

from typing import Annotated, Any

import strawberry

from api.tickets.types import Ticket
from api.user_errors import (
    IdempotencyKeyReused,
    InvalidInput,
    InvalidTransition,
    NotFound,
    NotPermitted,
    PluginRejection,
    Refusal,
    StaleVersion,
)

RecordRefusal = (
    InvalidInput | NotFound | NotPermitted | IdempotencyKeyReused | PluginRejection | Refusal
)
ChangeRefusal = (
    InvalidInput
    | NotFound
    | NotPermitted
    | InvalidTransition
    | StaleVersion
    | IdempotencyKeyReused
    | PluginRejection
    | Refusal
)

ONE_AT_MOST = {"at_most": 1}
"""A use case stops at what it refuses first: that is what a list of errors costs."""


def reason(name: str, what: str) -> Any:
    return strawberry.union(name, description=f"Reason why {what}.")


def ticket_or_null() -> Any:
    return strawberry.field(description="The ticket as it is now; null when errors is not empty")


def reasons() -> Any:
    return strawberry.field(
        description="Reasons why nothing was done; empty on success", metadata=ONE_AT_MOST
    )


CreateTicketError = Annotated[
    RecordRefusal,
    reason("CreateTicketError", "the ticket was not created"),
]


@strawberry.type(description="Result of createTicket.")
class CreateTicketPayload:
    ticket: Ticket | None = ticket_or_null()
    errors: list[CreateTicketError] = reasons()


ClassifyTicketError = Annotated[
    ChangeRefusal,
    strawberry.union(
        "ClassifyTicketError", description="Reason why the ticket was not classified."
    ),
]


@strawberry.type(description="Result of classifyTicket.")
class ClassifyTicketPayload:
    ticket: Ticket | None = ticket_or_null()
    errors: list[ClassifyTicketError] = reasons()


AssignTicketError = Annotated[
    ChangeRefusal,
    reason("AssignTicketError", "the ticket was not assigned"),
]


@strawberry.type(description="Result of assignTicket.")
class AssignTicketPayload:
    ticket: Ticket | None = ticket_or_null()
    errors: list[AssignTicketError] = reasons()


AddReplyError = Annotated[
    ChangeRefusal,
    reason("AddReplyError", "the reply was not added"),
]


@strawberry.type(description="Result of addReply.")
class AddReplyPayload:
    ticket: Ticket | None = ticket_or_null()
    errors: list[AddReplyError] = reasons()


AddInternalNoteError = Annotated[
    ChangeRefusal,
    reason("AddInternalNoteError", "the note was not added"),
]


@strawberry.type(description="Result of addInternalNote.")
class AddInternalNotePayload:
    ticket: Ticket | None = ticket_or_null()
    errors: list[AddInternalNoteError] = reasons()


EscalateTicketError = Annotated[
    ChangeRefusal,
    reason("EscalateTicketError", "the ticket was not escalated"),
]


@strawberry.type(description="Result of escalateTicket.")
class EscalateTicketPayload:
    ticket: Ticket | None = ticket_or_null()
    errors: list[EscalateTicketError] = reasons()


SetEstimatedRepairError = Annotated[
    ChangeRefusal,
    reason("SetEstimatedRepairError", "the time was not set"),
]


@strawberry.type(description="Result of setEstimatedRepair.")
class SetEstimatedRepairPayload:
    ticket: Ticket | None = ticket_or_null()
    errors: list[SetEstimatedRepairError] = reasons()


ResolveTicketError = Annotated[
    ChangeRefusal,
    reason("ResolveTicketError", "the ticket was not resolved"),
]


@strawberry.type(description="Result of resolveTicket.")
class ResolveTicketPayload:
    ticket: Ticket | None = ticket_or_null()
    errors: list[ResolveTicketError] = reasons()


ConfirmResolutionError = Annotated[
    ChangeRefusal,
    strawberry.union(
        "ConfirmResolutionError", description="Reason why the solution was not confirmed."
    ),
]


@strawberry.type(description="Result of confirmResolution.")
class ConfirmResolutionPayload:
    ticket: Ticket | None = ticket_or_null()
    errors: list[ConfirmResolutionError] = reasons()


RefuseResolutionError = Annotated[
    ChangeRefusal,
    strawberry.union(
        "RefuseResolutionError", description="Reason why the solution was not refused."
    ),
]


@strawberry.type(description="Result of refuseResolution.")
class RefuseResolutionPayload:
    ticket: Ticket | None = ticket_or_null()
    errors: list[RefuseResolutionError] = reasons()


ReopenTicketError = Annotated[
    ChangeRefusal,
    reason("ReopenTicketError", "the ticket was not reopened"),
]


@strawberry.type(description="Result of reopenTicket.")
class ReopenTicketPayload:
    ticket: Ticket | None = ticket_or_null()
    errors: list[ReopenTicketError] = reasons()
