"""Acts on reasons for outage: agents write them, customers answer them."""

from collections.abc import Awaitable, Callable
from typing import Annotated, Any

import strawberry

from api.acting import given, the_key
from api.context import Info
from api.fields import act
from api.outages import inputs, payloads
from api.tickets.one import WHAT, on_ticket, shown
from foredesk.errors import NotFound
from foredesk.outages import answer, write
from foredesk.outages.content import Content, Moment, PlannedAction
from foredesk.outages.models import OutageReport
from foredesk.people.idempotency import Once
from foredesk.tickets.models import Ticket as TicketRow
from foredesk.tickets.queries import visible_to

WriteReport = Callable[..., Awaitable[OutageReport]]


@strawberry.type
class OutageMutation:
    """How a reason for outage comes to be, and what its customer says to it."""

    @act(description="Drafts the reason for outage of a ticket from what happened to it")
    async def draft_outage_report(
        self, info: Info, input: Annotated[inputs.DraftOutageReportInput, WHAT]
    ) -> payloads.DraftOutageReportPayload:
        row, errors = await _on_report(
            info, input, write.draft_outage_report, lambda: _expected(input)
        )
        return payloads.DraftOutageReportPayload(ticket=shown(row), errors=errors)

    @act(description="Writes another version of a reason for outage")
    async def revise_outage_report(
        self, info: Info, input: Annotated[inputs.ReviseOutageReportInput, WHAT]
    ) -> payloads.ReviseOutageReportPayload:
        row, errors = await _on_report(
            info,
            input,
            write.revise_outage_report,
            lambda: {"content": _content(input), "note": input.note, **_expected(input)},
        )
        return payloads.ReviseOutageReportPayload(ticket=shown(row), errors=errors)

    @act(description="Sends the newest version to the customer, who accepts or refuses it")
    async def send_outage_report(
        self, info: Info, input: Annotated[inputs.SendOutageReportInput, WHAT]
    ) -> payloads.SendOutageReportPayload:
        row, errors = await _on_report(
            info, input, write.send_outage_report, lambda: _expected(input)
        )
        return payloads.SendOutageReportPayload(ticket=shown(row), errors=errors)

    @act(description="Gives up a draft that no customer has had")
    async def discard_outage_report(
        self, info: Info, input: Annotated[inputs.DiscardOutageReportInput, WHAT]
    ) -> payloads.DiscardOutageReportPayload:
        row, errors = await _on_report(
            info, input, write.discard_outage_report, lambda: _expected(input)
        )
        return payloads.DiscardOutageReportPayload(ticket=shown(row), errors=errors)

    @act(description="Accepts the reason for outage as the customer")
    async def accept_outage_report(
        self, info: Info, input: Annotated[inputs.AcceptOutageReportInput, WHAT]
    ) -> payloads.AcceptOutageReportPayload:
        row, errors = await _on_report(
            info,
            input,
            answer.accept_outage_report,
            lambda: {"comment": input.comment, **_expected(input)},
        )
        return payloads.AcceptOutageReportPayload(ticket=shown(row), errors=errors)

    @act(description="Refuses the reason for outage as the customer: it goes back into work")
    async def refuse_outage_report(
        self, info: Info, input: Annotated[inputs.RefuseOutageReportInput, WHAT]
    ) -> payloads.RefuseOutageReportPayload:
        row, errors = await _on_report(
            info,
            input,
            answer.refuse_outage_report,
            lambda: {"reason": input.reason, **_expected(input)},
        )
        return payloads.RefuseOutageReportPayload(ticket=shown(row), errors=errors)

    @act(description="Says that something is done which a reason for outage promises")
    async def complete_outage_action(
        self, info: Info, input: Annotated[inputs.CompleteOutageActionInput, WHAT]
    ) -> payloads.CompleteOutageActionPayload:
        async def complete(once: Once | None) -> TicketRow:
            key = the_key("OutageAction", input.action_id, "actionId")
            report = await write.complete_outage_action(
                info.context.desk, info.context.viewer, action_id=key, once=once
            )
            return await _ticket(info, report)

        row, errors = await on_ticket(info, input, complete)
        return payloads.CompleteOutageActionPayload(ticket=shown(row), errors=errors)


async def _on_report(
    info: Info, input: Any, use_case: WriteReport, read: Callable[[], dict[str, Any]]
) -> tuple[TicketRow | None, list[Any]]:
    """`read` makes of the input what the use case is to be given beside the ticket."""

    async def done(once: Once | None) -> TicketRow:
        report = await use_case(
            info.context.desk,
            info.context.viewer,
            ticket_id=the_key("Ticket", input.ticket_id, "ticketId"),
            once=once,
            **read(),
        )
        return await _ticket(info, report)

    return await on_ticket(info, input, done)


def _expected(input: Any) -> dict[str, Any]:
    return {"expected_version": given(input.expected_version)}


async def _ticket(info: Info, report: OutageReport) -> TicketRow:
    row = await visible_to(info.context.viewer).get_or_none(id=report.ticket_id)
    if row is None:
        raise NotFound("ticketId")
    return row


def _content(input: inputs.ReviseOutageReportInput) -> Content:
    """Raises NotFound for an owner whose ID is none of a person."""
    return Content(
        summary=input.summary,
        impact=input.impact,
        cause=input.cause,
        workaround=input.workaround,
        timeline=[Moment(one.occurred_at, one.text) for one in input.timeline],
        actions=[
            PlannedAction(one.what, the_key("Person", one.owner_id, "actions"), one.due_on)
            for one in input.actions
        ],
    )
