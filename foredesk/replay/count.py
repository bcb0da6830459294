"""Count: the replay of one ticket after the other, added up. Pure."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import NamedTuple
from uuid import UUID

from foredesk.replay.causes import hours_of
from foredesk.replay.proposal import PROPOSED, Proposal, Recorded, Standing, facts_under
from foredesk.replay.tally import InForce, Tally, breach_of
from foredesk.replay.verdicts import verdicts_of
from foredesk.sla.clock import read_clocks
from foredesk.sla.rulebook import Rulebook


class Lived(NamedTuple):
    """A recorded ticket: what happened to it, and what its stored clocks say."""

    number: int
    ticket_id: UUID
    events: Sequence[Recorded]
    in_force: InForce


@dataclass(frozen=True, slots=True)
class Course:
    """All that a replay needs beside the tickets. `now` is when open clocks are read."""

    proposal: Proposal
    book: Rulebook
    standing: Mapping[UUID, Standing]
    now: datetime


def counted(tickets: Iterable[Lived], course: Course) -> Tally:
    tally = Tally()
    for ticket in tickets:
        _count(tally, ticket, course)
    tally.join(Tally())
    return tally


def _count(tally: Tally, ticket: Lived, course: Course) -> None:
    tally.tickets += 1
    facts = facts_under(course.proposal, ticket.events, course.standing)
    readings = read_clocks(facts, course.book)
    verdicts = {
        turn: verdict
        for turn, verdict in verdicts_of(readings, course.now).items()
        if verdict.reading.agreement_version_id == PROPOSED
    }
    tally.covered += bool(verdicts)
    for turn, verdict in verdicts.items():
        was = ticket.in_force.get(turn)
        tally.add(verdict)
        if was is not None:
            tally.compare(ticket.number, verdict.clock, was, verdict.levels)
        if verdict.levels.target is False:
            breach = breach_of(ticket.number, ticket.ticket_id, verdict, was)
            tally.add_miss(breach, *hours_of(verdict.reading, facts, course.book, course.now))
