"""Inputs of the acts on reasons for outage."""

from datetime import date, datetime

import strawberry

from api.tickets.inputs import EXPECTED as EXPECTED_TICKET
from api.tickets.inputs import KEY, TICKET, optional, required

EXPECTED = "Version of the report that the client has read; a StaleVersion error if it has changed"


@strawberry.input(description="Something that happened in an outage.")
class OutageMomentInput:
    occurred_at: datetime = required("When it happened")
    text: str = required("What happened, in words for the customer, up to 2,000 characters")


@strawberry.input(description="Something that will be done about an outage.")
class OutageActionInput:
    what: str = required("What will be done, up to 500 characters")
    owner_id: strawberry.ID = required("Agent who does it")
    due_on: date = required("Day by which it is done")


@strawberry.input(description="Input of draftOutageReport.")
class DraftOutageReportInput:
    ticket_id: strawberry.ID = required(TICKET)
    expected_version: int | None = optional(EXPECTED_TICKET)
    idempotency_key: str | None = optional(KEY)


@strawberry.input(description="Input of reviseOutageReport: the whole of the new version.")
class ReviseOutageReportInput:
    ticket_id: strawberry.ID = required(TICKET)
    summary: str = required("What failed, in one line of up to 200 characters")
    impact: str = required("Who was affected, and how, up to 10,000 characters")
    cause: str = required("Why it happened, up to 10,000 characters")
    workaround: str = required("What could be done in the meantime, up to 10,000 characters")
    timeline: list[OutageMomentInput] = required("What happened when, at most 200 entries")
    actions: list[OutageActionInput] = required(
        "What is done about it, at most 50; one that stays the same keeps that it is done"
    )
    note: str = strawberry.field(
        default="", description="Why it is revised, for agents only, up to 2,000 characters"
    )
    expected_version: int | None = optional(EXPECTED)
    idempotency_key: str | None = optional(KEY)


@strawberry.input(description="Input of sendOutageReport.")
class SendOutageReportInput:
    ticket_id: strawberry.ID = required(TICKET)
    expected_version: int | None = optional(EXPECTED)
    idempotency_key: str | None = optional(KEY)


@strawberry.input(description="Input of discardOutageReport.")
class DiscardOutageReportInput:
    ticket_id: strawberry.ID = required(TICKET)
    expected_version: int | None = optional(EXPECTED)
    idempotency_key: str | None = optional(KEY)


@strawberry.input(description="Input of acceptOutageReport.")
class AcceptOutageReportInput:
    ticket_id: strawberry.ID = required(TICKET)
    comment: str = strawberry.field(
        default="", description="What the customer says about it, up to 10,000 characters"
    )
    expected_version: int | None = optional(EXPECTED)
    idempotency_key: str | None = optional(KEY)


@strawberry.input(description="Input of refuseOutageReport.")
class RefuseOutageReportInput:
    ticket_id: strawberry.ID = required(TICKET)
    reason: str = required("What is missing or wrong, up to 10,000 characters")
    expected_version: int | None = optional(EXPECTED)
    idempotency_key: str | None = optional(KEY)


@strawberry.input(description="Input of completeOutageAction.")
class CompleteOutageActionInput:
    action_id: strawberry.ID = required("Action that is done")
    idempotency_key: str | None = optional(KEY)
