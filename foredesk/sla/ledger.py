"""The ledger: every second of a clock, with the event and the rule that made it count. Pure."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from itertools import groupby
from uuid import UUID

from foredesk.sla.calendar import BusinessTime, instant, moment
from foredesk.sla.course import Phase, Stretch, clock_names, course, moments
from foredesk.sla.facts import ClockEvent
from foredesk.sla.priority import Priority
from foredesk.sla.rulebook import Rulebook, Terms
from foredesk.sla.wording import cause_in_words, hours_in_words


class SegmentKind(StrEnum):
    """Only RUNNING counts. WITH_OTHERS: not with the team that the clock is of. UNAGREED: no
    agreement defined the clock."""

    RUNNING = "running"
    OUTSIDE_HOURS = "outside_hours"
    PAUSED = "paused"
    WITH_OTHERS = "with_others"
    STOPPED = "stopped"
    UNAGREED = "unagreed"


@dataclass(frozen=True, slots=True)
class Segment:
    """`event` put the clock into this phase, and `rule` is what made it count: a condition of the
    clock's definition (`start`, `pause:waiting:vendor`), a change of terms (`priority`), the
    `calendar`, the `team`, or that the ticket was `merged`. `words` say both.
    """

    start: datetime
    end: datetime
    kind: SegmentKind
    event: ClockEvent
    rule: str
    words: str
    priority: Priority | None
    agreement_version_id: UUID | None

    @property
    def sequence(self) -> int:
        return self.event.sequence

    @property
    def seconds(self) -> int:
        return instant(self.end) - instant(self.start)


Ledgers = Mapping[tuple[str, int], tuple[Segment, ...]]
"""By clock and cycle."""


def ledgers(events: Sequence[ClockEvent], book: Rulebook, now: datetime) -> Ledgers:
    """Segments without a gap from each cycle's start until now, or until it stopped for good."""
    lived = moments(events, book)
    return {
        (name, cycle): tuple(_cycle(list(stretches), book, now))
        for name in clock_names(lived)
        for cycle, stretches in groupby(course(name, lived), key=lambda one: one.cycle)
    }


def elapsed_seconds(segments: Sequence[Segment]) -> int:
    return sum(segment.seconds for segment in segments if segment.kind is SegmentKind.RUNNING)


def explained(segments: Sequence[Segment], terms: Terms, target: int) -> str:
    """Where the time of a clock went, by what kinds, and what holds it now; in words."""
    seconds = dict.fromkeys(SegmentKind, 0)
    for segment in segments:
        seconds[segment.kind] += segment.seconds
    promised = f"{hours_in_words(target)} promised"
    by = f" by the agreement {terms.agreement}" if terms.agreement else ""
    went = [f"{hours_in_words(n)} {_WENT[kind]}" for kind, n in seconds.items() if n]
    last = [f"last: {segments[-1].words.rstrip('.')}"] if segments else []
    return "; ".join([promised + by, *went, *last]) + "."


_WENT = {
    SegmentKind.RUNNING: "counted",
    SegmentKind.OUTSIDE_HOURS: "outside working hours",
    SegmentKind.PAUSED: "paused",
    SegmentKind.WITH_OTHERS: "with another team",
    SegmentKind.STOPPED: "stopped",
    SegmentKind.UNAGREED: "without an agreement",
}


def _cycle(stretches: list[Stretch], book: Rulebook, now: datetime) -> Iterator[Segment]:
    ends = [stretch.start for stretch in stretches[1:]]
    if stretches[-1].phase is Phase.STOPPED:
        stretches.pop()
    else:
        ends.append(instant(now))
    for stretch, end in zip(stretches, ends, strict=True):
        yield from _segments(stretch, end, book)


_STANDING = {
    Phase.PAUSED: SegmentKind.PAUSED,
    Phase.WITH_OTHERS: SegmentKind.WITH_OTHERS,
    Phase.MERGED: SegmentKind.STOPPED,
    Phase.STOPPED: SegmentKind.STOPPED,
}


def _segments(stretch: Stretch, end: int, book: Rulebook) -> Iterator[Segment]:
    terms = stretch.agreed
    if stretch.phase in _STANDING:
        pieces = iter([(stretch.start, end, _STANDING[stretch.phase])])
    elif terms is None:
        pieces = iter([(stretch.start, end, SegmentKind.UNAGREED)])
    else:
        business = book.business(terms, stretch.standing.calendar_id)
        pieces = _open_and_closed(business, stretch.start, end)
    for begins, ends, kind in pieces:
        if begins < ends:
            rule = _RULES.get(kind, stretch.rule)
            yield Segment(
                start=moment(begins),
                end=moment(ends),
                kind=kind,
                event=stretch.cause,
                rule=rule,
                words=cause_in_words(rule, stretch, stretch.terms),
                priority=stretch.standing.priority,
                agreement_version_id=stretch.standing.version_id,
            )


_RULES = {SegmentKind.OUTSIDE_HOURS: "calendar", SegmentKind.UNAGREED: "unagreed"}


def _open_and_closed(
    business: BusinessTime, start: int, end: int
) -> Iterator[tuple[int, int, SegmentKind]]:
    running, reached = start, start
    for opens, closes in business.windows(start):
        if opens >= end:
            break
        if opens > reached:
            yield running, reached, SegmentKind.RUNNING
            yield reached, opens, SegmentKind.OUTSIDE_HOURS
            running = opens
        reached = min(closes, end)
    yield running, reached, SegmentKind.RUNNING
    yield reached, end, SegmentKind.OUTSIDE_HOURS
