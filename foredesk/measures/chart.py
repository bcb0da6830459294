"""Chart: one measure period by period, with what is usual and what is a signal."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from foredesk.desk import Desk
from foredesk.estimates import FEWEST
from foredesk.measures.backlog import Backlog, BacklogDay
from foredesk.measures.control import Chart, Point, individuals, shares
from foredesk.measures.facts import RESOLUTION
from foredesk.measures.measure import gathered
from foredesk.measures.periods import Period, Span
from foredesk.measures.selection import Selection, Window, window_of
from foredesk.measures.summary import summarize
from foredesk.measures.tally import GoalTally, Tally
from foredesk.people.viewer import Viewer


class Charted(StrEnum):
    """What can be charted: shares on a p-chart, all others on an individuals chart."""

    TARGET_MET = "target_met"
    MINIMUM_MET = "minimum_met"
    FIRST_CONTACT_RESOLUTION = "first_contact_resolution"
    CAME_BACK = "came_back"
    TIME_TO_ACKNOWLEDGE = "time_to_acknowledge"
    TIME_TO_RESOLVE = "time_to_resolve"
    OPENED = "opened"
    RESOLVED = "resolved"
    OPEN_AT_END = "open_at_end"


SHARES = (
    Charted.TARGET_MET,
    Charted.MINIMUM_MET,
    Charted.FIRST_CONTACT_RESOLUTION,
    Charted.CAME_BACK,
)
OF_CLOCKS = (Charted.TARGET_MET, Charted.MINIMUM_MET)
TIMES = (Charted.TIME_TO_ACKNOWLEDGE, Charted.TIME_TO_RESOLVE)
"""Medians, in hours by the clock on the wall."""


@dataclass(frozen=True, slots=True)
class MeasuredChart:
    """`clock` counts only for the shares of a clock."""

    measure: Charted
    clock: str
    period: Period
    window: Window
    chart: Chart

    @property
    def spans(self) -> Sequence[Span]:
        return self.window.spans


async def control_chart(
    desk: Desk,
    viewer: Viewer,
    *,
    selection: Selection,
    measure: Charted,
    clock: str = RESOLUTION,
    period: Period = Period.WEEK,
    baseline_since: datetime | None = None,
    baseline_until: datetime | None = None,
) -> MeasuredChart:
    """The limits are made of the complete periods that lie in the baseline, all if none is given.

    Raises what `service_measures` raises.
    """
    window = window_of(selection, period, desk.now())
    complete = [window.is_complete(span) for span in window.spans]
    backlog = Backlog(window.spans, complete, window.until)
    gatherer = await gathered(
        viewer, selection, window, backlog=backlog, with_clocks=measure in OF_CLOCKS
    )
    tallies = [gatherer.tallies.get((None, index)) or Tally() for index in range(len(complete))]
    inside = [
        (baseline_since is None or span.start >= baseline_since)
        and (baseline_until is None or span.end <= baseline_until)
        for span in window.spans
    ]
    chart = _chart(measure, clock, tallies, backlog.days(), inside)
    return MeasuredChart(measure, clock, period, window, chart)


def _chart(
    measure: Charted,
    clock: str,
    tallies: Sequence[Tally],
    days: Sequence[BacklogDay],
    inside: Sequence[bool],
) -> Chart:
    if measure in SHARES:
        counted = [_share(measure, clock, tally) for tally in tallies]
        points = [
            Point(hits / n if n >= FEWEST else None, n, day.is_complete)
            for (hits, n), day in zip(counted, days, strict=True)
        ]
        return shares(points, [hits for hits, _ in counted], inside)
    if measure in TIMES:
        return individuals(
            [_time(measure, *pair) for pair in zip(tallies, days, strict=True)], inside
        )
    return individuals([_count(measure, day) for day in days], inside)


def _share(measure: Charted, clock: str, tally: Tally) -> tuple[int, int]:
    """Hits, and of how many."""
    match measure:
        case Charted.FIRST_CONTACT_RESOLUTION:
            return tally.at_first_contact, tally.settled
        case Charted.CAME_BACK:
            return tally.came_back, tally.settled
    found = tally.clocks.get(clock)
    if found is None:
        return 0, 0
    goal: GoalTally = found.target if measure is Charted.TARGET_MET else found.minimum
    return goal.met, goal.met + goal.missed


def _time(measure: Charted, tally: Tally, day: BacklogDay) -> Point:
    is_answer = measure is Charted.TIME_TO_ACKNOWLEDGE
    times = summarize((tally.acknowledged if is_answer else tally.repaired).clock)
    return Point(None if times.median is None else times.median / 3600, times.n, day.is_complete)


def _count(measure: Charted, day: BacklogDay) -> Point:
    counts = {
        Charted.OPENED: day.opened,
        Charted.RESOLVED: day.resolved,
        Charted.OPEN_AT_END: day.open_at_end,
    }
    return Point(float(counts[measure]), counts[measure], day.is_complete)
