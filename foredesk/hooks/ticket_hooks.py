"""Hooks in the life of a ticket. None of them runs inside a database transaction."""

from collections.abc import Sequence

from foredesk.hooks.context import Context
from foredesk.hooks.facts import PolicyFacts, RepairFacts, TeamFacts, TicketEventFacts, TicketFacts
from foredesk.hooks.results import (
    AssignmentSuggestion,
    CategorySuggestion,
    Objection,
    PolicyChoice,
    PrioritySuggestion,
    RepairEstimate,
)
from foredesk.hooks.specification import Mode, hookspec


@hookspec(Mode.COLLECT, budget=0.2, returns=CategorySuggestion)
def suggest_category(ctx: Context, ticket: TicketFacts) -> CategorySuggestion | None:
    """Say which category a ticket belongs to.

    Called: once after a ticket is stored, before it gets a priority.
    Answers: every plugin is asked and the most confident answer wins; the others stay on the
    ticket. One below the desk's threshold is shown to the agent instead of being applied.
    None: you do not know.
    Budget: 200 ms.
    Failure: it is logged against your plugin and counts as None.
    """


@hookspec(Mode.COLLECT, budget=0.2, returns=PrioritySuggestion)
def suggest_priority(ctx: Context, ticket: TicketFacts) -> PrioritySuggestion | None:
    """Say how many are hit (impact) and how soon it hurts (urgency).

    Called: once after a ticket is stored, when the requester answered "I don't know".
    Answers: every plugin is asked and the most confident answer wins; the desk's matrix makes
    the priority of it.
    None: you do not know.
    Budget: 200 ms.
    Failure: it is logged against your plugin and counts as None.
    """


@hookspec(Mode.COLLECT, budget=0.3, returns=AssignmentSuggestion, many=True)
def suggest_assignment(
    ctx: Context, ticket: TicketFacts, candidates: tuple[TeamFacts, ...]
) -> Sequence[AssignmentSuggestion] | None:
    """Say which team, and perhaps which agent, should take the ticket.

    Called: once after a ticket is classified. `candidates` are the teams that serve the
    organization, with their members; skip those who are absent.
    Answers: the most confident one that names a candidate wins.
    None: you have no opinion.
    Budget: 300 ms.
    Failure: it is logged against your plugin and counts as None; without any answer the
    ticket waits in the default queue.
    """


@hookspec(Mode.FIRST, budget=0.1, returns=PolicyChoice)
def choose_sla_policy(
    ctx: Context, ticket: TicketFacts, policies: tuple[PolicyFacts, ...]
) -> PolicyChoice | None:
    """Say which service level agreement applies to a ticket.

    Called: once after a ticket is stored, before its clocks start. `policies` are the
    agreements that could apply, the desk's own choice first.
    Answers: plugins are asked in order; the first answer that names one of `policies` counts.
    None: ask the next plugin; after the last, the desk's own choice applies.
    Budget: 100 ms for all plugins together.
    Failure: it is logged against your plugin and counts as None.
    """


@hookspec(Mode.COLLECT, budget=5.0, returns=RepairEstimate)
def estimate_repair(
    ctx: Context, ticket: TicketFacts, history: tuple[RepairFacts, ...]
) -> RepairEstimate | None:
    """Say by when an incident is probably, and almost certainly, solved.

    Called: in the background, when an incident comes to a team, but not to a confidential one.
    `history` are the incidents that the team has solved, the newest 500 first.
    Answers: all are kept, and the newest is shown to the agent with its explanation; a person
    promises it to the requester, or does not.
    None: you do not know.
    Budget: 5 s.
    Failure: it is logged against your plugin and counts as None.
    """


@hookspec(Mode.COLLECT, budget=0.2, returns=Objection, many=True)
def check_transition(
    ctx: Context, ticket: TicketFacts, to_state: str
) -> Sequence[Objection] | None:
    """Object to a ticket moving to another state.

    Called: each time before a ticket changes its state, never when it is created.
    Answers: any objection stops the move, and the person is shown all of them.
    None: go ahead.
    Budget: 200 ms.
    Failure: it is logged against your plugin and counts as None: the move goes on.
    """


@hookspec(Mode.EVENT, budget=10.0)
def on_ticket_created(ctx: Context, ticket: TicketFacts, event: TicketEventFacts) -> None:
    """A ticket was stored.

    Called: after the commit, from the job queue, at least once; `event.id` tells repetitions.
    Answers: there are none to combine.
    None: the only answer.
    Budget: 10 s.
    Failure: your plugin alone is called again, with growing pauses, then listed as failed.
    """


@hookspec(Mode.EVENT, budget=10.0)
def on_ticket_changed(ctx: Context, ticket: TicketFacts, event: TicketEventFacts) -> None:
    """A ticket was classified, assigned, escalated, or otherwise changed.

    Called: after the commit, from the job queue, at least once, for every change that has no
    hook of its own; `event.kind` tells which.
    Answers: there are none to combine.
    None: the only answer.
    Budget: 10 s.
    Failure: your plugin alone is called again, with growing pauses, then listed as failed.
    """


@hookspec(Mode.EVENT, budget=10.0)
def on_ticket_resolved(ctx: Context, ticket: TicketFacts, event: TicketEventFacts) -> None:
    """An agent gave a solution; the requester has not confirmed it yet.

    Called: after the commit, from the job queue, at least once, at every resolution.
    Answers: there are none to combine.
    None: the only answer.
    Budget: 10 s.
    Failure: your plugin alone is called again, with growing pauses, then listed as failed.
    """


@hookspec(Mode.EVENT, budget=10.0)
def on_ticket_closed(ctx: Context, ticket: TicketFacts, event: TicketEventFacts) -> None:
    """A ticket was closed, by its requester or by the silence after a resolution.

    Called: after the commit, from the job queue, at least once, at every closing.
    Answers: there are none to combine.
    None: the only answer.
    Budget: 10 s.
    Failure: your plugin alone is called again, with growing pauses, then listed as failed.
    """


@hookspec(Mode.EVENT, budget=10.0)
def on_ticket_reopened(ctx: Context, ticket: TicketFacts, event: TicketEventFacts) -> None:
    """A resolved or closed ticket was opened again.

    Called: after the commit, from the job queue, at least once, at every reopening.
    Answers: there are none to combine.
    None: the only answer.
    Budget: 10 s.
    Failure: your plugin alone is called again, with growing pauses, then listed as failed.
    """


@hookspec(Mode.EVENT, budget=10.0)
def on_comment_added(ctx: Context, ticket: TicketFacts, event: TicketEventFacts) -> None:
    """A public reply or an internal note was added.

    Called: after the commit, from the job queue, at least once; `event.kind` tells a reply
    from a note.
    Answers: there are none to combine.
    None: the only answer.
    Budget: 10 s.
    Failure: your plugin alone is called again, with growing pauses, then listed as failed.
    """


@hookspec(Mode.EVENT, budget=10.0)
def on_sla_warning(ctx: Context, ticket: TicketFacts, event: TicketEventFacts) -> None:
    """A clock of the ticket comes close to its target.

    Called: after the commit, from the job queue, at least once; `event.data` names the clock.
    Answers: there are none to combine.
    None: the only answer.
    Budget: 10 s.
    Failure: your plugin alone is called again, with growing pauses, then listed as failed.
    """


@hookspec(Mode.EVENT, budget=10.0)
def on_sla_breached(ctx: Context, ticket: TicketFacts, event: TicketEventFacts) -> None:
    """A clock of the ticket went past its target or its minimum.

    Called: after the commit, from the job queue, at least once; `event.data` names the clock.
    Answers: there are none to combine.
    None: the only answer.
    Budget: 10 s.
    Failure: your plugin alone is called again, with growing pauses, then listed as failed.
    """
