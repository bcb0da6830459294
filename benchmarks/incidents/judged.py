"""Judged: an incident as facts for our clocks, with what the other desk says of its agreement."""

import hashlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from uuid import UUID

from foredesk.importing.incidents.entries import Incident
from foredesk.importing.incidents.history import Past, later_events, recorded
from foredesk.replay.proposal import Recorded
from foredesk.sla.facts import ClockEvent, ClockEventKind
from foredesk.sla.priority import Priority
from foredesk.tickets.clocks import clock_events
from foredesk.tickets.states import EventKind

AGREEMENT = UUID(int=1)
SOMEBODY = str(UUID(int=2))


@dataclass(frozen=True, slots=True)
class Judged:
    """`made_sla` is what the log says last."""

    incident: Incident
    facts: tuple[ClockEvent, ...]
    made_sla: bool
    priority: Priority

    @property
    def is_fitted_on(self) -> bool:
        """Half of them, by a hash of the number: the same half every time."""
        return hashlib.sha256(self.incident.number.encode()).digest()[0] % 2 == 0


def judged(incidents: Iterable[Incident]) -> Iterator[Judged]:
    """Those of which the log says whether the agreement was kept."""
    for incident in incidents:
        last = incident.entries[-1]
        if last.made_sla is not None:
            facts = tuple(_facts(incident))
            yield Judged(incident, facts, last.made_sla, last.priority)


def _facts(incident: Incident) -> Iterator[ClockEvent]:
    events = [recorded(incident), *later_events(incident)]
    told = [_event(sequence, past) for sequence, past in enumerate(events, 1)]
    for fact in clock_events(told):
        yield fact
        if fact.kind is ClockEventKind.RECORDED:
            yield ClockEvent(
                fact.at, ClockEventKind.AGREEMENT_SET, fact.sequence, agreement_version_id=AGREEMENT
            )


def _event(sequence: int, past: Past) -> Recorded:
    data = dict(past.data)
    if past.kind is EventKind.ASSIGNED:
        data |= {"team_id": SOMEBODY, "assignee_id": SOMEBODY}
    return Recorded(sequence, past.kind, past.at, data)
