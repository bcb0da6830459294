"""Measure: the figures of the tickets that a viewer handles, cut and by period."""

import asyncio
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta

from foredesk.desk import Desk
from foredesk.measures.backlog import Backlog, BacklogDay
from foredesk.measures.facts import Cut, CutValue
from foredesk.measures.gather import Gatherer
from foredesk.measures.periods import Period, Span
from foredesk.measures.rows import Part, measured_tickets
from foredesk.measures.selection import Selection, Window, in_days, window_of
from foredesk.measures.tally import Tally
from foredesk.people.viewer import Viewer

MOST_VALUES = 20
"""Values of a cut that stand for themselves; the smaller ones are together in a last group."""


@dataclass(frozen=True, slots=True)
class Group:
    """Figures of one value of the cut in one period. `is_rest` is all smaller values together."""

    value: CutValue
    is_rest: bool
    span: Span
    is_complete: bool
    tally: Tally


@dataclass(frozen=True, slots=True)
class Measures:
    """`groups` are by period, within each the largest value first; `backlog` is by day."""

    window: Window
    by: Cut | None
    period: Period | None
    reopen_window_days: int
    groups: Sequence[Group]
    backlog: Sequence[BacklogDay]

    @property
    def opened(self) -> int:
        return sum(group.tally.opened for group in self.groups)

    @property
    def imported(self) -> int:
        return sum(group.tally.imported for group in self.groups)


async def service_measures(
    desk: Desk,
    viewer: Viewer,
    *,
    selection: Selection,
    by: Cut | None = None,
    period: Period | None = None,
) -> Measures:
    """Everything that was decided in the time, of the tickets whose figures the viewer may see.

    Raises NotPermitted, and InvalidInput for times, a zone or filters that can't be, for more
    than 400 days or periods, and for more than 250,000 tickets.
    """
    window = window_of(selection, period, desk.now())
    days = in_days(window)
    complete = [days.is_complete(span) for span in days.spans]
    backlog = Backlog(days.spans, complete, days.until)
    gatherer = await gathered(viewer, selection, window, by, backlog)
    return Measures(
        window=window,
        by=by,
        period=period,
        reopen_window_days=selection.reopen_window_days,
        groups=_groups(gatherer.tallies, window, by),
        backlog=backlog.days(),
    )


async def gathered(
    viewer: Viewer,
    selection: Selection,
    window: Window,
    by: Cut | None = None,
    backlog: Backlog | None = None,
    *,
    with_clocks: bool = True,
) -> Gatherer:
    """Reads part by part; the arithmetic is done in a thread, so that it holds up nobody else."""
    reopen_window = timedelta(days=selection.reopen_window_days)
    gatherer = Gatherer(window, by, reopen_window, backlog)
    async for part in measured_tickets(viewer, selection, window, with_clocks=with_clocks):
        await asyncio.to_thread(_take, gatherer, part)
    return gatherer


def _take(gatherer: Gatherer, part: Part) -> None:
    gatherer.take(part.tickets())


def _groups(
    tallies: Mapping[tuple[CutValue, int], Tally], window: Window, by: Cut | None
) -> list[Group]:
    ranked = _ranked(tallies)
    shown, rest = ranked[:MOST_VALUES], set(ranked[MOST_VALUES:])
    together = _together(tallies, rest)
    groups = []
    for index, span in enumerate(window.spans):
        is_complete = window.is_complete(span)
        for value in shown if by is not None else [None]:
            tally = tallies.get((value, index)) or Tally()
            groups.append(Group(value, False, span, is_complete, tally))
        if rest:
            groups.append(Group(None, True, span, is_complete, together[index]))
    return groups


def _ranked(tallies: Mapping[tuple[CutValue, int], Tally]) -> list[CutValue]:
    """Values by how many tickets they have, the most first."""
    volumes: dict[CutValue, int] = {}
    for (value, _), tally in tallies.items():
        volumes[value] = volumes.get(value, 0) + tally.volume
    return sorted(volumes, key=lambda value: (-volumes[value], str(value)))


def _together(
    tallies: Mapping[tuple[CutValue, int], Tally], values: set[CutValue]
) -> Mapping[int, Tally]:
    """By number of the span."""
    whole: defaultdict[int, Tally] = defaultdict(Tally)
    for (value, span), tally in tallies.items():
        if value in values:
            whole[span].add(tally)
    return whole
