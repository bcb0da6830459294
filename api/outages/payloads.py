"""Payloads of the acts on reasons for outage: the ticket with it, or why nothing was done."""

from typing import Annotated

import strawberry

from api.tickets.payloads import ChangeRefusal, reason, reasons, ticket_or_null
from api.tickets.types import Ticket

DraftOutageReportError = Annotated[
    ChangeRefusal,
    reason("DraftOutageReportError", "the report was not drafted"),
]


@strawberry.type(description="Result of draftOutageReport.")
class DraftOutageReportPayload:
    ticket: Ticket | None = ticket_or_null()
    errors: list[DraftOutageReportError] = reasons()


ReviseOutageReportError = Annotated[
    ChangeRefusal,
    reason("ReviseOutageReportError", "the report was not revised"),
]


@strawberry.type(description="Result of reviseOutageReport.")
class ReviseOutageReportPayload:
    ticket: Ticket | None = ticket_or_null()
    errors: list[ReviseOutageReportError] = reasons()


SendOutageReportError = Annotated[
    ChangeRefusal,
    reason("SendOutageReportError", "the report was not sent"),
]


@strawberry.type(description="Result of sendOutageReport.")
class SendOutageReportPayload:
    ticket: Ticket | None = ticket_or_null()
    errors: list[SendOutageReportError] = reasons()


DiscardOutageReportError = Annotated[
    ChangeRefusal,
    reason("DiscardOutageReportError", "the draft was not given up"),
]


@strawberry.type(description="Result of discardOutageReport.")
class DiscardOutageReportPayload:
    ticket: Ticket | None = ticket_or_null()
    errors: list[DiscardOutageReportError] = reasons()


AcceptOutageReportError = Annotated[
    ChangeRefusal,
    reason("AcceptOutageReportError", "the report was not accepted"),
]


@strawberry.type(description="Result of acceptOutageReport.")
class AcceptOutageReportPayload:
    ticket: Ticket | None = ticket_or_null()
    errors: list[AcceptOutageReportError] = reasons()


RefuseOutageReportError = Annotated[
    ChangeRefusal,
    reason("RefuseOutageReportError", "the report was not refused"),
]


@strawberry.type(description="Result of refuseOutageReport.")
class RefuseOutageReportPayload:
    ticket: Ticket | None = ticket_or_null()
    errors: list[RefuseOutageReportError] = reasons()


CompleteOutageActionError = Annotated[
    ChangeRefusal,
    reason("CompleteOutageActionError", "the action was not completed"),
]


@strawberry.type(description="Result of completeOutageAction.")
class CompleteOutageActionPayload:
    ticket: Ticket | None = ticket_or_null()
    errors: list[CompleteOutageActionError] = reasons()
