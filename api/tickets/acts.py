"""Acts: one mutation for everything that people do with tickets."""

from typing import Annotated, Any

import strawberry

from api.acting import a_key, attempt, the_key, the_keys
from api.context import Info
from api.fields import act
from api.tickets import inputs, payloads
from api.tickets.types import Ticket
from foredesk.tickets.assign import assign_ticket
from foredesk.tickets.classify import classify_ticket
from foredesk.tickets.escalate import escalate_ticket
from foredesk.tickets.estimate import set_estimated_repair
from foredesk.tickets.models import Ticket as TicketRow
from foredesk.tickets.record import record_ticket
from foredesk.tickets.reply import add_internal_note, add_reply

WHAT = strawberry.argument(description="What to do.")


@strawberry.type
class WorkMutation:
    """What agents do with tickets, and the record that starts each."""

    @act(description="Records what a person needs")
    async def create_ticket(
        self, info: Info, input: Annotated[inputs.CreateTicketInput, WHAT]
    ) -> payloads.CreateTicketPayload:
        row, errors = await attempt(
            info,
            lambda: record_ticket(
                info.context.desk,
                info.context.viewer,
                subject=input.subject,
                details=input.details,
                requester_id=a_key("Person", input.requester_id or None, "requesterId"),
                kind=input.kind or None,
                impact=input.impact or None,
                urgency=input.urgency or None,
                service_id=a_key("Service", input.service_id or None, "serviceId"),
                search_id=a_key("Search", input.search_id or None, "searchId"),
                visitor=input.visitor or None,
                channel="api",
                idempotency_key=given(input.idempotency_key),
            ),
        )
        return payloads.CreateTicketPayload(ticket=shown(row), errors=errors)

    @act(description="Sets what a ticket is about; its priority follows")
    async def classify_ticket(
        self, info: Info, input: Annotated[inputs.ClassifyTicketInput, WHAT]
    ) -> payloads.ClassifyTicketPayload:
        row, errors = await attempt(
            info,
            lambda: classify_ticket(
                info.context.desk,
                info.context.viewer,
                **ticket(input),
                kind=input.kind or None,
                category=given(input.category),
                impact=input.impact or None,
                urgency=input.urgency or None,
                service_id=a_key("Service", input.service_id or None, "serviceId"),
            ),
        )
        return payloads.ClassifyTicketPayload(ticket=shown(row), errors=errors)

    @act(description="Gives a ticket to a team or an agent")
    async def assign_ticket(
        self, info: Info, input: Annotated[inputs.AssignTicketInput, WHAT]
    ) -> payloads.AssignTicketPayload:
        row, errors = await attempt(
            info,
            lambda: assign_ticket(
                info.context.desk,
                info.context.viewer,
                **ticket(input),
                team_id=a_key("Team", input.team_id or None, "teamId"),
                assignee_id=a_key("Person", input.assignee_id or None, "assigneeId"),
            ),
        )
        return payloads.AssignTicketPayload(ticket=shown(row), errors=errors)

    @act(description="Writes to the other side")
    async def add_reply(
        self, info: Info, input: Annotated[inputs.AddReplyInput, WHAT]
    ) -> payloads.AddReplyPayload:
        row, errors = await attempt(
            info,
            lambda: add_reply(
                info.context.desk,
                info.context.viewer,
                **ticket(input),
                body=input.body,
                waits_for_requester=input.waits_for_requester,
                article_ids=the_keys("Article", input.article_ids or None, "articleIds"),
            ),
        )
        return payloads.AddReplyPayload(ticket=shown(row), errors=errors)

    @act(description="Writes something down that only agents see")
    async def add_internal_note(
        self, info: Info, input: Annotated[inputs.AddInternalNoteInput, WHAT]
    ) -> payloads.AddInternalNotePayload:
        row, errors = await attempt(
            info,
            lambda: add_internal_note(
                info.context.desk, info.context.viewer, **ticket(input), body=input.body
            ),
        )
        return payloads.AddInternalNotePayload(ticket=shown(row), errors=errors)

    @act(description="Hands a ticket to those who know more, or decide more")
    async def escalate_ticket(
        self, info: Info, input: Annotated[inputs.EscalateTicketInput, WHAT]
    ) -> payloads.EscalateTicketPayload:
        row, errors = await attempt(
            info,
            lambda: escalate_ticket(
                info.context.desk,
                info.context.viewer,
                **ticket(input),
                reason=input.reason,
                team_id=a_key("Team", input.team_id or None, "teamId"),
                person_id=a_key("Person", input.person_id or None, "personId"),
            ),
        )
        return payloads.EscalateTicketPayload(ticket=shown(row), errors=errors)

    @act(description="Says when it will work again")
    async def set_estimated_repair(
        self, info: Info, input: Annotated[inputs.SetEstimatedRepairInput, WHAT]
    ) -> payloads.SetEstimatedRepairPayload:
        row, errors = await attempt(
            info,
            lambda: set_estimated_repair(
                info.context.desk,
                info.context.viewer,
                **ticket(input),
                at=input.repair_at,
                reason=input.reason,
            ),
            at="repairAt",
        )
        return payloads.SetEstimatedRepairPayload(ticket=shown(row), errors=errors)


def ticket(input: Any) -> dict[str, Any]:
    """The ticket that an act is done to, and the version it is expected at. Raises NotFound."""
    return {
        "ticket_id": the_key("Ticket", input.ticket_id, "ticketId"),
        "expected_version": given(input.expected_version),
    }


def given(value: Any) -> Any:
    """None for what was left out."""
    return None if value is strawberry.UNSET else value


def shown(row: TicketRow | None) -> Ticket | None:
    return Ticket(row=row) if row else None
