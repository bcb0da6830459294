"""Inputs of the acts on tickets."""

from datetime import datetime
from typing import Any

import strawberry

from foredesk.sla.priority import Impact, Urgency
from foredesk.tickets.models import TicketKind


def optional(description: str) -> Any:
    return strawberry.field(default=strawberry.UNSET, description=description)


def required(description: str) -> Any:
    return strawberry.field(description=description)


TICKET = "Ticket to act on"
EXPECTED = "Version of the ticket that the client has read; a StaleVersion error if it has changed"
KEY = (
    "Unique key of this attempt, such as a UUID; a retry with the same key and input "
    "within 24 hours changes nothing more"
)


@strawberry.input(description="Input of createTicket.")
class CreateTicketInput:
    subject: str = required("One-line summary, 1 to 200 characters")
    details: str = strawberry.field(default="", description="Description, up to 50,000 characters")
    requester_id: strawberry.ID | None = optional(
        "Person whom the ticket is for; the viewer if left out"
    )
    kind: TicketKind | None = optional("Kind of the request; left out if nobody knows")
    impact: Impact | None = optional("Impact of the request; left out if nobody knows")
    urgency: Urgency | None = optional("Urgency of the request; left out if nobody knows")
    service_id: strawberry.ID | None = optional("Service that the request is about")
    search_id: strawberry.ID | None = optional("Search that did not answer the question")
    visitor: str | None = optional("Token of the anonymous reader who searched before signing in")
    idempotency_key: str | None = optional(
        "Unique key of this attempt, such as a UUID; a retry with the same key and input "
        "answers the first ticket for 24 hours"
    )


@strawberry.input(description="Input of classifyTicket. What is left out is set to unknown.")
class ClassifyTicketInput:
    ticket_id: strawberry.ID = required(TICKET)
    kind: TicketKind | None = optional("Kind of the request")
    category: str | None = optional("Category of the request, up to 64 characters")
    impact: Impact | None = optional("Impact of the request")
    urgency: Urgency | None = optional("Urgency of the request")
    service_id: strawberry.ID | None = optional("Service that the request is about")
    expected_version: int | None = optional(EXPECTED)
    idempotency_key: str | None = optional(KEY)


@strawberry.input(description="Input of assignTicket. With neither, nobody has it.")
class AssignTicketInput:
    ticket_id: strawberry.ID = required(TICKET)
    team_id: strawberry.ID | None = optional("Team that takes it")
    assignee_id: strawberry.ID | None = optional("Agent who takes it")
    expected_version: int | None = optional(EXPECTED)
    idempotency_key: str | None = optional(KEY)


@strawberry.input(description="Input of addReply.")
class AddReplyInput:
    ticket_id: strawberry.ID = required(TICKET)
    body: str = required("Text of the reply, up to 50,000 characters")
    waits_for_requester: bool = strawberry.field(
        default=False, description="Whether the requester has to answer: their clocks pause"
    )
    article_ids: list[strawberry.ID] | None = optional("Articles to send along, at most 20")
    is_for_merged: bool = strawberry.field(
        default=False,
        description="Whether the requesters of tickets that are merged into it get it too",
    )
    expected_version: int | None = optional(EXPECTED)
    idempotency_key: str | None = optional(KEY)


@strawberry.input(description="Input of addInternalNote.")
class AddInternalNoteInput:
    ticket_id: strawberry.ID = required(TICKET)
    body: str = required("Text of the note, up to 50,000 characters")
    expected_version: int | None = optional(EXPECTED)
    idempotency_key: str | None = optional(KEY)


@strawberry.input(description="Input of escalateTicket: to a team, or to a person.")
class EscalateTicketInput:
    ticket_id: strawberry.ID = required(TICKET)
    reason: str = required("Why it is escalated, up to 2,000 characters")
    team_id: strawberry.ID | None = optional("Team that takes it over")
    person_id: strawberry.ID | None = optional("Person who is told")
    expected_version: int | None = optional(EXPECTED)
    idempotency_key: str | None = optional(KEY)


@strawberry.input(description="Input of setEstimatedRepair.")
class SetEstimatedRepairInput:
    ticket_id: strawberry.ID = required(TICKET)
    repair_at: datetime = required("When it should work again; probably, with latestAt")
    latest_at: datetime | None = optional("When it should almost certainly work again")
    reason: str = strawberry.field(default="", description="Why then, up to 2,000 characters")
    expected_version: int | None = optional(EXPECTED)
    idempotency_key: str | None = optional(KEY)


@strawberry.input(description="Input of resolveTicket.")
class ResolveTicketInput:
    ticket_id: strawberry.ID = required(TICKET)
    resolution: str = required("What was done, in words the requester understands")
    article_ids: list[strawberry.ID] | None = optional("Articles that answer it, at most 20")
    expected_version: int | None = optional(EXPECTED)
    idempotency_key: str | None = optional(KEY)


@strawberry.input(description="Input of confirmResolution.")
class ConfirmResolutionInput:
    ticket_id: strawberry.ID = required(TICKET)
    comment: str = strawberry.field(
        default="", description="What the requester says about it, up to 10,000 characters"
    )
    expected_version: int | None = optional(EXPECTED)
    idempotency_key: str | None = optional(KEY)


@strawberry.input(description="Input of refuseResolution.")
class RefuseResolutionInput:
    ticket_id: strawberry.ID = required(TICKET)
    reason: str = required("What still does not work, up to 10,000 characters")
    expected_version: int | None = optional(EXPECTED)
    idempotency_key: str | None = optional(KEY)


@strawberry.input(description="Input of reopenTicket.")
class ReopenTicketInput:
    ticket_id: strawberry.ID = required(TICKET)
    reason: str = required("What still does not work, up to 10,000 characters")
    expected_version: int | None = optional(EXPECTED)
    idempotency_key: str | None = optional(KEY)
