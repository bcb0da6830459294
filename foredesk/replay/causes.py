"""Causes: in which hours of the week a missed clock ran, and which hours made it miss. Pure."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from foredesk.replay.timetable import WEEK_HOURS, Hours, Timetable
from foredesk.sla.calendar import instant
from foredesk.sla.clock import Reading
from foredesk.sla.course import Phase, course, moments
from foredesk.sla.facts import ClockEvent
from foredesk.sla.hours import WEEKDAYS
from foredesk.sla.rulebook import Rulebook

WEEKEND, NIGHTS = "saturday and sunday", "18:00-08:00"


@dataclass(slots=True)
class Causes:
    """Of the missed targets of one clock.

    `late` is the time that ran after the target had passed, by hour of the week; `without` counts
    the targets that would have been met, had those hours alone not been open.
    """

    missed: int = 0
    late: Hours = field(default_factory=lambda: [0] * WEEK_HOURS)
    without: dict[str, int] = field(default_factory=dict)

    def add(self, ran: Hours, late: Hours, too_long: int | None) -> None:
        """`too_long` is what was above the target; None for a clock that still runs, or whose
        target was shorter when it was missed.
        """
        self.missed += 1
        self.late = [before + more for before, more in zip(self.late, late, strict=True)]
        if too_long is None:
            return
        for label, seconds in spans_of(ran):
            if seconds > too_long:
                self.without[label] = self.without.get(label, 0) + 1

    def join(self, other: "Causes") -> None:
        self.missed += other.missed
        self.late = [one + more for one, more in zip(self.late, other.late, strict=True)]
        for label, count in other.without.items():
            self.without[label] = self.without.get(label, 0) + count


def spans_of(ran: Hours) -> Iterator[tuple[str, int]]:
    """How much of the time lies in each hour of the day, each weekday, weekends and nights."""
    by_hour = [sum(ran[hour::24]) for hour in range(24)]
    by_day = [sum(ran[day * 24 : day * 24 + 24]) for day in range(7)]
    yield from ((hour_label(hour), seconds) for hour, seconds in enumerate(by_hour))
    yield from zip(WEEKDAYS, by_day, strict=True)
    yield WEEKEND, sum(by_day[5:])
    yield NIGHTS, sum(by_hour[18:]) + sum(by_hour[:8])


def hour_label(hour: int) -> str:
    return f"{hour:02}:00-{hour + 1:02}:00"


def hours_of(
    reading: Reading, facts: Sequence[ClockEvent], book: Rulebook, now: datetime
) -> tuple[Hours, Hours]:
    """When this cycle ran until it stopped, or now, and when it ran after its target."""
    due = instant(reading.target_due_at) if reading.target_due_at else None
    ran, late = [0] * WEEK_HOURS, [0] * WEEK_HOURS
    for business, start, end in _running(reading, facts, book, instant(now)):
        ran = _added(ran, business.hours_between(start, end))
        if due is not None and due < end:
            late = _added(late, business.hours_between(max(start, due), end))
    return ran, late


def _running(
    reading: Reading, facts: Sequence[ClockEvent], book: Rulebook, now: int
) -> Iterator[tuple[Timetable, int, int]]:
    lived = moments(facts, book)
    found = [one for one in course(reading.name, lived) if one.cycle == reading.cycle]
    ends = [*(one.start for one in found[1:]), now]
    for stretch, end in zip(found, ends, strict=True):
        terms = stretch.agreed
        if stretch.phase is Phase.RUNNING and terms is not None and stretch.start < end:
            business = book.business(terms, stretch.standing.calendar_id)
            assert isinstance(business, Timetable), "replay lays every calendar out"
            yield business, stretch.start, end


def _added(sum_: Hours, more: Hours) -> Hours:
    return [one + other for one, other in zip(sum_, more, strict=True)]
