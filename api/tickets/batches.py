"""Inputs and payloads of the acts on several tickets: those of the act on one, in a list."""

from typing import Annotated, Any

import strawberry

from api.tickets import inputs, joining, pausing, payloads
from api.user_errors import InvalidInput, Refusal

BatchRefusal = InvalidInput | Refusal


def items() -> Any:
    return strawberry.field(description="What to do, ticket by ticket; 1 to 100 of them")


def results() -> Any:
    return strawberry.field(description="Result of each item, in the order of the items")


def reasons() -> Any:
    return strawberry.field(
        description="Reasons why nothing was done to any; empty even if single items were refused",
        metadata=payloads.ONE_AT_MOST,
    )


@strawberry.input(description="Input of assignTickets.")
class AssignTicketsInput:
    items: list[inputs.AssignTicketInput] = items()


AssignTicketsError = Annotated[
    BatchRefusal,
    strawberry.union("AssignTicketsError", description="Reason why no ticket was assigned."),
]


@strawberry.type(description="Result of assignTickets.")
class AssignTicketsPayload:
    results: list[payloads.AssignTicketPayload] = results()
    errors: list[AssignTicketsError] = reasons()


@strawberry.input(description="Input of classifyTickets.")
class ClassifyTicketsInput:
    items: list[inputs.ClassifyTicketInput] = items()


ClassifyTicketsError = Annotated[
    BatchRefusal,
    strawberry.union("ClassifyTicketsError", description="Reason why no ticket was classified."),
]


@strawberry.type(description="Result of classifyTickets.")
class ClassifyTicketsPayload:
    results: list[payloads.ClassifyTicketPayload] = results()
    errors: list[ClassifyTicketsError] = reasons()


@strawberry.input(description="Input of addReplies.")
class AddRepliesInput:
    items: list[inputs.AddReplyInput] = items()


AddRepliesError = Annotated[
    BatchRefusal,
    strawberry.union("AddRepliesError", description="Reason why no ticket was replied to."),
]


@strawberry.type(description="Result of addReplies.")
class AddRepliesPayload:
    results: list[payloads.AddReplyPayload] = results()
    errors: list[AddRepliesError] = reasons()


@strawberry.input(description="Input of setEstimatedRepairs.")
class SetEstimatedRepairsInput:
    items: list[inputs.SetEstimatedRepairInput] = items()


SetEstimatedRepairsError = Annotated[
    BatchRefusal,
    strawberry.union("SetEstimatedRepairsError", description="Reason why no ticket was estimated."),
]


@strawberry.type(description="Result of setEstimatedRepairs.")
class SetEstimatedRepairsPayload:
    results: list[payloads.SetEstimatedRepairPayload] = results()
    errors: list[SetEstimatedRepairsError] = reasons()


@strawberry.input(description="Input of resolveTickets.")
class ResolveTicketsInput:
    items: list[inputs.ResolveTicketInput] = items()


ResolveTicketsError = Annotated[
    BatchRefusal,
    strawberry.union("ResolveTicketsError", description="Reason why no ticket was resolved."),
]


@strawberry.type(description="Result of resolveTickets.")
class ResolveTicketsPayload:
    results: list[payloads.ResolveTicketPayload] = results()
    errors: list[ResolveTicketsError] = reasons()


@strawberry.input(description="Input of pauseTickets.")
class PauseTicketsInput:
    items: list[pausing.PauseTicketInput] = items()


PauseTicketsError = Annotated[
    BatchRefusal,
    strawberry.union("PauseTicketsError", description="Reason why no ticket was paused."),
]


@strawberry.type(description="Result of pauseTickets.")
class PauseTicketsPayload:
    results: list[pausing.PauseTicketPayload] = results()
    errors: list[PauseTicketsError] = reasons()


@strawberry.input(description="Input of resumeTickets.")
class ResumeTicketsInput:
    items: list[pausing.ResumeTicketInput] = items()


ResumeTicketsError = Annotated[
    BatchRefusal,
    strawberry.union("ResumeTicketsError", description="Reason why no ticket was resumed."),
]


@strawberry.type(description="Result of resumeTickets.")
class ResumeTicketsPayload:
    results: list[pausing.ResumeTicketPayload] = results()
    errors: list[ResumeTicketsError] = reasons()


@strawberry.input(description="Input of mergeTickets.")
class MergeTicketsInput:
    items: list[joining.MergeTicketInput] = items()


MergeTicketsError = Annotated[
    BatchRefusal,
    strawberry.union("MergeTicketsError", description="Reason why no ticket was merged."),
]


@strawberry.type(description="Result of mergeTickets.")
class MergeTicketsPayload:
    results: list[joining.MergeTicketPayload] = results()
    errors: list[MergeTicketsError] = reasons()
