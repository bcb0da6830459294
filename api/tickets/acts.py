"""Acts: one mutation for everything that people do with tickets."""

from typing import Annotated

import strawberry

from api.acting import a_key, attempt, given
from api.context import Info
from api.fields import act
from api.tickets import inputs, one, payloads
from api.tickets.one import WHAT, on_ticket, shown, ticket
from foredesk.tickets.escalate import escalate_ticket
from foredesk.tickets.record import record_ticket
from foredesk.tickets.reply import add_internal_note


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

    classify_ticket = act(description="Sets what a ticket is about; its priority follows")(
        one.classify_ticket
    )

    assign_ticket = act(description="Gives a ticket to a team or an agent")(one.assign_ticket)

    add_reply = act(description="Writes to the other side")(one.add_reply)

    @act(description="Writes something down that only agents see")
    async def add_internal_note(
        self, info: Info, input: Annotated[inputs.AddInternalNoteInput, WHAT]
    ) -> payloads.AddInternalNotePayload:
        row, errors = await on_ticket(
            info,
            input,
            lambda once: add_internal_note(
                info.context.desk, info.context.viewer, **ticket(input, once), body=input.body
            ),
        )
        return payloads.AddInternalNotePayload(ticket=shown(row), errors=errors)

    @act(description="Hands a ticket to those who know more, or decide more")
    async def escalate_ticket(
        self, info: Info, input: Annotated[inputs.EscalateTicketInput, WHAT]
    ) -> payloads.EscalateTicketPayload:
        row, errors = await on_ticket(
            info,
            input,
            lambda once: escalate_ticket(
                info.context.desk,
                info.context.viewer,
                **ticket(input, once),
                reason=input.reason,
                team_id=a_key("Team", input.team_id or None, "teamId"),
                person_id=a_key("Person", input.person_id or None, "personId"),
            ),
        )
        return payloads.EscalateTicketPayload(ticket=shown(row), errors=errors)

    set_estimated_repair = act(description="Says when it will work again")(one.set_estimated_repair)
