"""The course of a clock: its cycles and phases, as a ticket's events turned them. Pure."""

from collections.abc import Sequence
from enum import StrEnum
from typing import NamedTuple
from uuid import UUID

from foredesk.sla.calendar import instant
from foredesk.sla.definitions import ClockDefinition
from foredesk.sla.facts import ClockEvent, ClockEventKind, Status
from foredesk.sla.priority import Priority
from foredesk.sla.rulebook import Rulebook, Terms


class Phase(StrEnum):
    RUNNING = "running"
    PAUSED = "paused"
    WITH_OTHERS = "with_others"
    MERGED = "merged"
    STOPPED = "stopped"


class Standing(NamedTuple):
    """How the ticket stands after an event, as far as clocks care."""

    priority: Priority | None = None
    request_kind: str | None = None
    version_id: UUID | None = None
    calendar_id: UUID | None = None
    team_id: UUID | None = None
    status: Status = Status.OPEN
    reason: str | None = None
    is_merged: bool = False


class Moment(NamedTuple):
    """An event, the second from which it counts, and how the ticket stood from then on, under
    which terms."""

    event: ClockEvent
    at: int
    standing: Standing
    terms: Terms | None


class Stretch(NamedTuple):
    """A time in which nothing changed for the clock.

    `cause` is the event that began it, and `rule` names what of the clock's definition, of the
    agreement or of the team made that event count.
    """

    start: int
    cycle: int
    phase: Phase
    rule: str
    cause: ClockEvent
    standing: Standing
    terms: Terms | None
    definition: ClockDefinition

    @property
    def agreed(self) -> Terms | None:
        """The terms, if they define the clock."""
        terms = self.terms
        return terms if terms is not None and self.definition.name in terms.clocks else None


def moments(events: Sequence[ClockEvent], book: Rulebook) -> list[Moment]:
    """An event that was stamped before its predecessor counts from there.

    The first agreement that is set counts from the beginning: it was owed, and only not yet known.
    """
    events = sorted(events, key=lambda event: event.sequence)
    first = next((event for event in events if event.agreement_version_id), None)
    standing = Standing()
    if first is not None:
        standing = Standing(version_id=first.agreement_version_id, calendar_id=first.calendar_id)
    terms, at = book.terms(standing.version_id), 0
    found: list[Moment] = []
    for event in events:
        before, standing = standing, _stands(standing, event)
        if standing.version_id is not before.version_id:
            terms = book.terms(standing.version_id)
        at = max(instant(event.at), at)
        found.append(Moment(event, at, standing, terms))
    return found


_STATUS = {
    ClockEventKind.RESUMED: Status.OPEN,
    ClockEventKind.RESOLVED: Status.RESOLVED,
    ClockEventKind.REOPENED: Status.OPEN,
    ClockEventKind.CLOSED: Status.CLOSED,
}


def _stands(before: Standing, event: ClockEvent) -> Standing:
    kind = event.kind
    if kind in _STATUS:
        return before._replace(status=_STATUS[kind], reason=None)
    match kind:
        case ClockEventKind.RECORDED:
            begun = before._replace(
                priority=event.priority, request_kind=event.request_kind, team_id=event.team_id
            )
            return _agreed(begun, event) if event.agreement_version_id else begun
        case ClockEventKind.PRIORITY_SET:
            return before._replace(priority=event.priority)
        case ClockEventKind.KIND_SET:
            return before._replace(request_kind=event.request_kind)
        case ClockEventKind.AGREEMENT_SET:
            return _agreed(before, event)
        case ClockEventKind.ASSIGNED:
            return before._replace(team_id=event.team_id)
        case ClockEventKind.WAITING:
            return before._replace(status=Status.WAITING, reason=event.reason)
        case ClockEventKind.MERGED | ClockEventKind.UNMERGED:
            return before._replace(is_merged=kind is ClockEventKind.MERGED)
    return before


def _agreed(before: Standing, event: ClockEvent) -> Standing:
    return before._replace(version_id=event.agreement_version_id, calendar_id=event.calendar_id)


def clock_names(lived: Sequence[Moment]) -> list[str]:
    """Of every clock that an agreement of the ticket's has ever defined."""
    names: dict[str, None] = {}
    before: Terms | None = None
    for moment in lived:
        if moment.terms is not None and moment.terms is not before:
            before = moment.terms
            names.update(dict.fromkeys(before.clocks))
    return list(names)


def course(name: str, lived: Sequence[Moment]) -> list[Stretch]:
    """Every stretch of one clock. A cycle that the next one ends has a stopped stretch at its end;
    empty when the clock was never started.
    """
    stretches: list[Stretch] = []
    turn: _Turn | None = None
    for moment, definition in zip(lived, _definitions(name, lived), strict=True):
        turn = _turned(definition, turn, moment)
        if turn is None:
            continue
        phase, rule = _phase(definition, turn, moment.standing)
        last = stretches[-1] if stretches else None
        if last is None or last.cycle != turn.cycle:
            if last is not None and last.phase is not Phase.STOPPED:
                stretches.append(_ended(last, moment))
            stretches.append(_stretch(moment, turn, phase, rule, moment.event, definition))
        elif (why := _why_next(last, phase, rule, moment)) is not None:
            stretches.append(_stretch(moment, turn, phase, *why, definition))
    return stretches


def _stretch(
    moment: Moment,
    turn: "_Turn",
    phase: Phase,
    rule: str,
    cause: ClockEvent,
    definition: ClockDefinition,
) -> Stretch:
    standing, terms = moment.standing, moment.terms
    return Stretch(moment.at, turn.cycle, phase, rule, cause, standing, terms, definition)


def _definitions(name: str, lived: Sequence[Moment]) -> list[ClockDefinition]:
    """By moment, the one in force; where there is none, the last one, or else the next."""
    found = [moment.terms.clocks.get(name) if moment.terms else None for moment in lived]
    definition = next(one for one in found if one is not None)
    return [definition := one or definition for one in found]


class _Turn(NamedTuple):
    """Where a clock is before pauses and teams are looked at; `rule` brought it there."""

    cycle: int
    rule: str
    stopped_at: int | None = None


def _turned(definition: ClockDefinition, turn: _Turn | None, moment: Moment) -> _Turn | None:
    """None before the clock was started."""
    kind = moment.event.kind
    if turn is None:
        return _Turn(1, "start") if kind in definition.start else None
    if kind in definition.cycle:
        return _Turn(turn.cycle + 1, "cycle")
    if turn.stopped_at is None:
        return _Turn(turn.cycle, "stop", moment.at) if kind in definition.stop else turn
    if kind not in definition.restart:
        return turn
    within = definition.continue_within
    goes_on = within is None or moment.at - turn.stopped_at <= within.total_seconds()
    return _Turn(turn.cycle if goes_on else turn.cycle + 1, "restart")


def _phase(definition: ClockDefinition, turn: _Turn, standing: Standing) -> tuple[Phase, str]:
    if turn.stopped_at is not None:
        return Phase.STOPPED, turn.rule
    if standing.is_merged:
        return Phase.MERGED, "merged"
    if definition.team_id is not None and definition.team_id != standing.team_id:
        return Phase.WITH_OTHERS, "team"
    paused_by = [
        rule for rule in definition.pause if rule.applies(standing.status, standing.reason)
    ]
    if paused_by:
        return Phase.PAUSED, f"pause:{max(map(str, paused_by))}"
    return Phase.RUNNING, turn.rule


def _why_next(
    last: Stretch, phase: Phase, rule: str, moment: Moment
) -> tuple[str, ClockEvent] | None:
    """The rule and the cause of what follows within a cycle; None when nothing has changed.

    A stopped clock keeps the terms that it was stopped under; one that stands still for the same
    reason as before keeps its cause.
    """
    event = moment.event
    if last.phase is not phase:
        began_again = phase is Phase.RUNNING and last.phase is not Phase.STOPPED
        return (f"after:{last.rule}" if began_again else rule), event
    if phase is Phase.STOPPED:
        return None
    terms = _terms_changed(last.standing, moment.standing)
    if phase is Phase.RUNNING:
        return (terms, event) if terms else None
    if last.rule != rule:
        return rule, event
    return (rule, last.cause) if terms else None


def _terms_changed(before: Standing, after: Standing) -> str:
    """Which of the terms has changed, by its name; empty for none."""
    if before.version_id != after.version_id or before.calendar_id != after.calendar_id:
        return "agreement"
    if before.priority is not after.priority:
        return "priority"
    return "kind" if before.request_kind != after.request_kind else ""


def _ended(last: Stretch, moment: Moment) -> Stretch:
    return last._replace(start=moment.at, phase=Phase.STOPPED, rule="cycle", cause=moment.event)
