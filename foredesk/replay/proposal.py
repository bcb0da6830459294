"""Proposal: an agreement that nobody has signed yet, and the requests that it would cover."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from itertools import pairwise
from typing import Any, NamedTuple
from uuid import UUID

from foredesk.sla.facts import ClockEvent, ClockEventKind
from foredesk.sla.rulebook import Terms
from foredesk.tickets.clocks import clock_events
from foredesk.tickets.states import EventKind

PROPOSED = UUID(int=0)
"""The key of the version that does not exist yet."""


class Recorded(NamedTuple):
    """An event as it is stored, without the row around it."""

    sequence: int
    kind: EventKind
    occurred_at: datetime
    data: dict[str, Any]


class Scope(NamedTuple):
    """Whom an agreement is with and what it is for; None is any."""

    organization_id: str | None = None
    service_id: str | None = None
    kind: str | None = None

    def covers(self, other: "Scope") -> bool:
        return all(own is None or own == asked for own, asked in zip(self, other, strict=True))

    @property
    def precedence(self) -> tuple[bool, ...]:
        return tuple(part is not None for part in self)


EVERYBODY = Scope()


@dataclass(frozen=True, slots=True)
class Standing:
    """What is known of a version that is in force somewhere."""

    agreement_id: UUID
    scope: Scope


@dataclass(frozen=True, slots=True)
class Proposal:
    """`replaces` is the agreement that it would be a new version of; None for a new agreement."""

    name: str
    terms: Terms
    scope: Scope = EVERYBODY
    replaces: UUID | None = None


def facts_under(
    proposal: Proposal, events: Sequence[Recorded], standing: Mapping[UUID, Standing]
) -> list[ClockEvent]:
    """What the clocks of a ticket would have been told, had the proposal been in force from ever.

    Where it replaces an agreement it takes that one's place, and covers what had none; a new one
    also takes the place of those that it takes precedence of. Other agreements stay as they were.
    """
    facts: dict[int, list[ClockEvent]] = {}
    for fact in clock_events(events):
        facts.setdefault(fact.sequence, []).append(fact)
    lives = next((one for found in facts.values() for one in found if _sets(one)), None)
    told, chosen, scope = list[ClockEvent](), _NOTHING, Scope()
    for event in events:
        scope = _scope_after(scope, event)
        found = facts.get(event.sequence, [])
        lives = next((fact for fact in found if _sets(fact)), lives)
        told += [_unbound(fact) for fact in found if fact.kind is not ClockEventKind.AGREEMENT_SET]
        under = _under(proposal, lives, scope, standing)
        if under != chosen:
            told.append(_agreement(under, event))
            chosen = under
    return _watched(told, proposal.terms)


def _watched(facts: list[ClockEvent], terms: Terms) -> list[ClockEvent]:
    """Without what no clock listens to; all of them where that would change when others count."""
    versions = {fact.agreement_version_id for fact in facts} - {None}
    in_order = all(one.at <= other.at for one, other in pairwise(facts))
    if versions != {PROPOSED} or not in_order:
        return facts
    return [fact for fact in facts if fact.kind in terms.watched]


Under = tuple[UUID | None, UUID | None]
"""A version, and the calendar that was chosen instead of its own."""

_NOTHING: Under = (None, None)


def _under(
    proposal: Proposal, lives: ClockEvent | None, scope: Scope, standing: Mapping[UUID, Standing]
) -> Under:
    version_id = lives.agreement_version_id if lives else None
    known = standing.get(version_id) if version_id else None
    if lives is None or known is None:
        return (PROPOSED, None) if proposal.scope.covers(scope) else _NOTHING
    if known.agreement_id == proposal.replaces:
        return PROPOSED, lives.calendar_id
    wins = proposal.replaces is None and proposal.scope.precedence >= known.scope.precedence
    if wins and proposal.scope.covers(scope):
        return PROPOSED, None
    return version_id, lives.calendar_id


def _sets(fact: ClockEvent) -> bool:
    return fact.kind is ClockEventKind.AGREEMENT_SET or fact.agreement_version_id is not None


def _unbound(fact: ClockEvent) -> ClockEvent:
    if fact.agreement_version_id is None:
        return fact
    return replace(fact, agreement_version_id=None, calendar_id=None)


def _agreement(under: Under, event: Recorded) -> ClockEvent:
    version_id, calendar_id = under
    return ClockEvent(
        at=event.occurred_at,
        kind=ClockEventKind.AGREEMENT_SET,
        sequence=event.sequence,
        agreement_version_id=version_id,
        calendar_id=calendar_id,
    )


def _scope_after(scope: Scope, event: Recorded) -> Scope:
    if event.kind not in SCOPING:
        return scope
    told = {name: event.data[name] for name in Scope._fields if name in event.data}
    return scope._replace(**told)


SCOPING = frozenset({EventKind.RECORDED, EventKind.CLASSIFIED, EventKind.MOVED})
"""The kinds of events that decide which agreements cover a request."""
