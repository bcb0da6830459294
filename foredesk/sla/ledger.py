"""The ledger: every second of a clock, with what made it count or not. Pure."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from uuid import UUID

from foredesk.sla.calendar import BusinessTime, instant, moment
from foredesk.sla.clock import ClockRule, Phase, Stretch, Terms, stretches
from foredesk.sla.facts import ClockEvent, ClockEventKind
from foredesk.sla.priority import Priority


class SegmentKind(StrEnum):
    """Only RUNNING counts. UNAGREED: no agreement applied."""

    RUNNING = "running"
    OUTSIDE_HOURS = "outside_hours"
    PAUSED = "paused"
    STOPPED = "stopped"
    UNAGREED = "unagreed"


@dataclass(frozen=True, slots=True)
class Segment:
    """`cause` is the event of the ticket that put the clock into this phase."""

    start: datetime
    end: datetime
    kind: SegmentKind
    cause: ClockEventKind
    cause_sequence: int
    priority: Priority | None

    @property
    def seconds(self) -> int:
        return instant(self.end) - instant(self.start)


def ledger(
    rule: ClockRule, events: Sequence[ClockEvent], terms: Mapping[UUID, Terms], now: datetime
) -> tuple[Segment, ...]:
    """Segments without a gap from the clock's start until now, or until it stopped for good."""
    course = stretches(rule, events)
    ends = [stretch.start for stretch in course[1:]]
    if course and course[-1].phase is Phase.STOPPED:
        course.pop()
    else:
        ends.append(instant(now))
    return tuple(
        segment
        for stretch, end in zip(course, ends, strict=False)
        for segment in _segments(stretch, end, terms)
    )


def elapsed_seconds(segments: Sequence[Segment]) -> int:
    return sum(segment.seconds for segment in segments if segment.kind is SegmentKind.RUNNING)


def _segments(stretch: Stretch, end: int, terms: Mapping[UUID, Terms]) -> Iterator[Segment]:
    applies = terms.get(stretch.version_id) if stretch.version_id else None
    if stretch.phase is not Phase.RUNNING:
        pieces = iter([(stretch.start, end, SegmentKind(stretch.phase.value))])
    elif applies is None:
        pieces = iter([(stretch.start, end, SegmentKind.UNAGREED)])
    else:
        pieces = _open_and_closed(applies.business, stretch.start, end)
    for begins, ends, kind in pieces:
        if begins < ends:
            yield Segment(
                moment(begins),
                moment(ends),
                kind,
                stretch.cause.kind,
                stretch.cause.sequence,
                stretch.priority,
            )


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
