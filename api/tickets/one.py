"""One: an act done to one ticket, by itself or as an item among several."""

from collections.abc import Awaitable, Callable
from typing import Annotated, Any
from uuid import UUID

import strawberry

from api.acting import a_key, attempt_once, given, the_key, the_keys
from api.context import Info
from api.tickets import inputs, payloads
from api.tickets.types import Ticket
from foredesk.errors import NotFound
from foredesk.people.idempotency import Once
from foredesk.tickets import assign, classify, estimate, reply, resolve
from foredesk.tickets.models import Ticket as TicketRow
from foredesk.tickets.queries import visible_to

WHAT = strawberry.argument(description="What to do.")


async def assign_ticket(
    info: Info, input: Annotated[inputs.AssignTicketInput, WHAT]
) -> payloads.AssignTicketPayload:
    row, errors = await on_ticket(
        info,
        input,
        lambda once: assign.assign_ticket(
            info.context.desk,
            info.context.viewer,
            **ticket(input, once),
            team_id=a_key("Team", input.team_id or None, "teamId"),
            assignee_id=a_key("Person", input.assignee_id or None, "assigneeId"),
        ),
    )
    return payloads.AssignTicketPayload(ticket=shown(row), errors=errors)


async def classify_ticket(
    info: Info, input: Annotated[inputs.ClassifyTicketInput, WHAT]
) -> payloads.ClassifyTicketPayload:
    row, errors = await on_ticket(
        info,
        input,
        lambda once: classify.classify_ticket(
            info.context.desk,
            info.context.viewer,
            **ticket(input, once),
            kind=input.kind or None,
            category=given(input.category),
            impact=input.impact or None,
            urgency=input.urgency or None,
            service_id=a_key("Service", input.service_id or None, "serviceId"),
        ),
    )
    return payloads.ClassifyTicketPayload(ticket=shown(row), errors=errors)


async def add_reply(
    info: Info, input: Annotated[inputs.AddReplyInput, WHAT]
) -> payloads.AddReplyPayload:
    row, errors = await on_ticket(
        info,
        input,
        lambda once: reply.add_reply(
            info.context.desk,
            info.context.viewer,
            **ticket(input, once),
            body=input.body,
            waits_for_requester=input.waits_for_requester,
            article_ids=the_keys("Article", input.article_ids or None, "articleIds"),
            also_to_merged=input.is_for_merged,
        ),
    )
    return payloads.AddReplyPayload(ticket=shown(row), errors=errors)


async def set_estimated_repair(
    info: Info, input: Annotated[inputs.SetEstimatedRepairInput, WHAT]
) -> payloads.SetEstimatedRepairPayload:
    row, errors = await on_ticket(
        info,
        input,
        lambda once: estimate.set_estimated_repair(
            info.context.desk,
            info.context.viewer,
            **ticket(input, once),
            at=input.repair_at,
            latest_at=given(input.latest_at),
            reason=input.reason,
        ),
        at="repairAt",
    )
    return payloads.SetEstimatedRepairPayload(ticket=shown(row), errors=errors)


async def resolve_ticket(
    info: Info, input: Annotated[inputs.ResolveTicketInput, WHAT]
) -> payloads.ResolveTicketPayload:
    row, errors = await on_ticket(
        info,
        input,
        lambda once: resolve.resolve_ticket(
            info.context.desk,
            info.context.viewer,
            **ticket(input, once),
            resolution=input.resolution,
            article_ids=the_keys("Article", input.article_ids or None, "articleIds"),
        ),
    )
    return payloads.ResolveTicketPayload(ticket=shown(row), errors=errors)


async def on_ticket(
    info: Info, input: Any, act: Callable[[Once | None], Awaitable[TicketRow]], **renamed: str
) -> tuple[TicketRow | None, list[Any]]:
    async def again(ticket_id: UUID) -> TicketRow:
        row = await visible_to(info.context.viewer).get_or_none(id=ticket_id)
        if row is None:
            raise NotFound("ticketId")
        return row

    row, errors = await attempt_once(info, input, act, again, **renamed)
    return await still_seen(info, row), errors


async def still_seen(info: Info, row: TicketRow | None) -> TicketRow | None:
    """None for what the act gave to a confidential team that the viewer is not in."""
    if row is None or not row.is_confidential:
        return row
    return await visible_to(info.context.viewer).get_or_none(id=row.id)


def ticket(input: Any, once: Once | None) -> dict[str, Any]:
    """The ticket that an act is done to, and what it depends on. Raises NotFound."""
    return {
        "ticket_id": the_key("Ticket", input.ticket_id, "ticketId"),
        "expected_version": given(input.expected_version),
        "once": once,
    }


def shown(row: TicketRow | None) -> Ticket | None:
    return Ticket(row=row) if row else None
