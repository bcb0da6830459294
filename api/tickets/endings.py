"""Endings: resolve, confirm, refuse, reopen."""

from typing import Annotated

import strawberry

from api.acting import attempt, the_keys
from api.context import Info
from api.fields import act
from api.tickets import inputs, payloads
from api.tickets.acts import WHAT, shown, ticket
from foredesk.tickets.confirm import confirm_resolution, refuse_resolution, reopen_ticket
from foredesk.tickets.resolve import resolve_ticket


@strawberry.type
class EndingMutation:
    """How a ticket comes to its end, or does not."""

    @act(description="Gives the solution, and asks the requester to confirm it")
    async def resolve_ticket(
        self, info: Info, input: Annotated[inputs.ResolveTicketInput, WHAT]
    ) -> payloads.ResolveTicketPayload:
        row, errors = await attempt(
            info,
            lambda: resolve_ticket(
                info.context.desk,
                info.context.viewer,
                **ticket(input),
                resolution=input.resolution,
                article_ids=the_keys("Article", input.article_ids or None, "articleIds"),
            ),
        )
        return payloads.ResolveTicketPayload(ticket=shown(row), errors=errors)

    @act(description="Confirms as the requester that it works: the ticket closes")
    async def confirm_resolution(
        self, info: Info, input: Annotated[inputs.ConfirmResolutionInput, WHAT]
    ) -> payloads.ConfirmResolutionPayload:
        row, errors = await attempt(
            info,
            lambda: confirm_resolution(
                info.context.desk, info.context.viewer, **ticket(input), comment=input.comment
            ),
        )
        return payloads.ConfirmResolutionPayload(ticket=shown(row), errors=errors)

    @act(description="Says as the requester that it does not work yet")
    async def refuse_resolution(
        self, info: Info, input: Annotated[inputs.RefuseResolutionInput, WHAT]
    ) -> payloads.RefuseResolutionPayload:
        row, errors = await attempt(
            info,
            lambda: refuse_resolution(
                info.context.desk, info.context.viewer, **ticket(input), reason=input.reason
            ),
        )
        return payloads.RefuseResolutionPayload(ticket=shown(row), errors=errors)

    @act(description="Takes a ticket up again that was resolved or closed")
    async def reopen_ticket(
        self, info: Info, input: Annotated[inputs.ReopenTicketInput, WHAT]
    ) -> payloads.ReopenTicketPayload:
        row, errors = await attempt(
            info,
            lambda: reopen_ticket(
                info.context.desk, info.context.viewer, **ticket(input), reason=input.reason
            ),
        )
        return payloads.ReopenTicketPayload(ticket=shown(row), errors=errors)
