"""Endings: resolve, confirm, refuse, reopen."""

from typing import Annotated

import strawberry

from api.context import Info
from api.fields import act
from api.tickets import inputs, one, payloads
from api.tickets.one import WHAT, on_ticket, shown, ticket
from foredesk.tickets.confirm import confirm_resolution, refuse_resolution, reopen_ticket


@strawberry.type
class EndingMutation:
    """How a ticket comes to its end, or does not."""

    resolve_ticket = act(description="Gives the solution, and asks the requester to confirm it")(
        one.resolve_ticket
    )

    @act(description="Confirms as the requester that it works: the ticket closes")
    async def confirm_resolution(
        self, info: Info, input: Annotated[inputs.ConfirmResolutionInput, WHAT]
    ) -> payloads.ConfirmResolutionPayload:
        row, errors = await on_ticket(
            info,
            input,
            lambda once: confirm_resolution(
                info.context.desk, info.context.viewer, **ticket(input, once), comment=input.comment
            ),
        )
        return payloads.ConfirmResolutionPayload(ticket=shown(row), errors=errors)

    @act(description="Says as the requester that it does not work yet")
    async def refuse_resolution(
        self, info: Info, input: Annotated[inputs.RefuseResolutionInput, WHAT]
    ) -> payloads.RefuseResolutionPayload:
        row, errors = await on_ticket(
            info,
            input,
            lambda once: refuse_resolution(
                info.context.desk, info.context.viewer, **ticket(input, once), reason=input.reason
            ),
        )
        return payloads.RefuseResolutionPayload(ticket=shown(row), errors=errors)

    @act(description="Takes a ticket up again that was resolved or closed")
    async def reopen_ticket(
        self, info: Info, input: Annotated[inputs.ReopenTicketInput, WHAT]
    ) -> payloads.ReopenTicketPayload:
        row, errors = await on_ticket(
            info,
            input,
            lambda once: reopen_ticket(
                info.context.desk, info.context.viewer, **ticket(input, once), reason=input.reason
            ),
        )
        return payloads.ReopenTicketPayload(ticket=shown(row), errors=errors)
