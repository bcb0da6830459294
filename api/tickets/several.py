"""Several: one act done to many tickets, each for itself, with a result for each."""

from collections.abc import Awaitable, Callable, Sequence
from typing import Annotated, Any, TypeVar

import strawberry

from api.context import Info
from api.fields import act
from api.tickets import batches, joining, one, pausing, payloads
from api.tickets.one import WHAT
from api.user_errors import failure, user_error
from foredesk.errors import InvalidInput

Input = TypeVar("Input")
One = TypeVar("One")


@strawberry.type
class SeveralMutation:
    """What agents do with many tickets in one go."""

    @act(description="Gives several tickets to teams or agents; a refusal stops only its own")
    async def assign_tickets(
        self, info: Info, input: Annotated[batches.AssignTicketsInput, WHAT]
    ) -> batches.AssignTicketsPayload:
        done = await each(info, input.items, one.assign_ticket, payloads.AssignTicketPayload)
        return batches.AssignTicketsPayload(**done)

    @act(description="Sets what several tickets are about; a refusal stops only its own")
    async def classify_tickets(
        self, info: Info, input: Annotated[batches.ClassifyTicketsInput, WHAT]
    ) -> batches.ClassifyTicketsPayload:
        done = await each(info, input.items, one.classify_ticket, payloads.ClassifyTicketPayload)
        return batches.ClassifyTicketsPayload(**done)

    @act(description="Writes to the other side of several tickets; a refusal stops only its own")
    async def add_replies(
        self, info: Info, input: Annotated[batches.AddRepliesInput, WHAT]
    ) -> batches.AddRepliesPayload:
        done = await each(info, input.items, one.add_reply, payloads.AddReplyPayload)
        return batches.AddRepliesPayload(**done)

    @act(description="Says when several will work again; a refusal stops only its own")
    async def set_estimated_repairs(
        self, info: Info, input: Annotated[batches.SetEstimatedRepairsInput, WHAT]
    ) -> batches.SetEstimatedRepairsPayload:
        shape = payloads.SetEstimatedRepairPayload
        done = await each(info, input.items, one.set_estimated_repair, shape)
        return batches.SetEstimatedRepairsPayload(**done)

    @act(description="Gives the solution of several tickets; a refusal stops only its own")
    async def resolve_tickets(
        self, info: Info, input: Annotated[batches.ResolveTicketsInput, WHAT]
    ) -> batches.ResolveTicketsPayload:
        done = await each(info, input.items, one.resolve_ticket, payloads.ResolveTicketPayload)
        return batches.ResolveTicketsPayload(**done)

    @act(description="Lets several tickets wait; a refusal stops only its own")
    async def pause_tickets(
        self, info: Info, input: Annotated[batches.PauseTicketsInput, WHAT]
    ) -> batches.PauseTicketsPayload:
        done = await each(info, input.items, pausing.pause_ticket, pausing.PauseTicketPayload)
        return batches.PauseTicketsPayload(**done)

    @act(description="Goes on with several tickets; a refusal stops only its own")
    async def resume_tickets(
        self, info: Info, input: Annotated[batches.ResumeTicketsInput, WHAT]
    ) -> batches.ResumeTicketsPayload:
        done = await each(info, input.items, pausing.resume_ticket, pausing.ResumeTicketPayload)
        return batches.ResumeTicketsPayload(**done)

    @act(description="Merges several tickets into others; a refusal stops only its own")
    async def merge_tickets(
        self, info: Info, input: Annotated[batches.MergeTicketsInput, WHAT]
    ) -> batches.MergeTicketsPayload:
        done = await each(info, input.items, joining.merge_ticket, joining.MergeTicketPayload)
        return batches.MergeTicketsPayload(**done)


async def each(
    info: Info,
    items: Sequence[Input],
    act: Callable[[Info, Input], Awaitable[One]],
    payload: Callable[..., One],
) -> dict[str, Any]:
    """The results in the order of the items; a fault of ours with one leaves the others theirs."""
    if not items:
        refused = InvalidInput("items", "Name at least one ticket.")
        return {"results": [], "errors": [user_error(refused)]}
    return {"results": [await _done(info, item, act, payload) for item in items], "errors": []}


async def _done(
    info: Info,
    item: Input,
    act: Callable[[Info, Input], Awaitable[One]],
    payload: Callable[..., One],
) -> One:
    try:
        return await act(info, item)
    except Exception as cause:
        return payload(ticket=None, errors=[failure(cause)])
