"""Table: figures, backlog and charts as CSV, one line for each figure. Pure."""

import csv
from collections.abc import Iterable, Iterator, Mapping
from io import StringIO

from foredesk.estimates import Estimate
from foredesk.measures.chart import MeasuredChart
from foredesk.measures.facts import CutValue
from foredesk.measures.figures import Figures, GoalFigures, Share, figures_of, sigma_of
from foredesk.measures.measure import Group, Measures
from foredesk.measures.sigma import Defect
from foredesk.measures.summary import Summary
from foredesk.text import harmless_cell

FIGURES = (
    "from", "to", "time_zone", "is_complete", "cut", "value", "figure", "clock", "level", "unit",
    "n", "hits", "share", "low", "high", "mean", "median", "percentile_90",
)  # fmt: skip
BACKLOG = ("day", "time_zone", "opened", "came_back", "resolved", "open_at_end", "is_complete")
CHART = (
    "from", "to", "time_zone", "is_complete", "measure", "clock", "n", "value", "center", "low",
    "high", "signals",
)  # fmt: skip

Cell = str | int | float | bool | None
OTHERS = "(others)"


def figures_csv(measures: Measures, names: Mapping[CutValue, str]) -> str:
    """`names` are those of the cut's values; what is hidden has none."""
    return _written(FIGURES, _figures(measures, names))


def backlog_csv(measures: Measures) -> str:
    zone = measures.window.zone.key
    return _written(
        BACKLOG,
        (
            (
                day.day.isoformat(), zone, day.opened, day.came_back, day.resolved,
                day.open_at_end, day.is_complete,
            )
            for day in measures.backlog
        ),
    )  # fmt: skip


def chart_csv(measured: MeasuredChart) -> str:
    """Shares as shares of 1, times in hours."""
    return _written(CHART, _points(measured))


def _figures(measures: Measures, names: Mapping[CutValue, str]) -> Iterator[tuple[Cell, ...]]:
    zone, by = measures.window.zone, measures.by
    for group in measures.groups:
        head = (
            group.span.start.astimezone(zone).isoformat(),
            group.span.end.astimezone(zone).isoformat(),
            zone.key,
            group.is_complete,
            by.value if by else "",
            OTHERS if group.is_rest else names.get(group.value, ""),
        )
        for line in _lines(group):
            yield (*head, *line)


def _lines(group: Group) -> Iterator[tuple[Cell, ...]]:
    figures = figures_of(group.tally)
    for name in ("opened", "imported", "resolved", "undecided"):
        yield (name, "", "", "tickets", getattr(figures, name))
    for clock in figures.clocks:
        yield from _goal(clock.name, "target", clock.target)
        yield from _goal(clock.name, "minimum", clock.minimum)
    for name, times in (
        ("acknowledgement", figures.acknowledgement),
        ("resolution", figures.resolution),
    ):
        yield _summary(name, "", "clock_time", "seconds", times.clock_time)
        yield _summary(name, "", "business_time", "seconds", times.business_time)
    yield from _endings(figures)
    sigma = sigma_of(group.tally, tuple(Defect))
    yield ("dpmo", "", "", "per million", *_estimate(sigma.defects, sigma.dpmo))
    level = (sigma.dpmo.n, None, sigma.level, sigma.at_least)
    yield ("sigma_level", "", "", "sigma", *level)


def _endings(figures: Figures) -> Iterator[tuple[Cell, ...]]:
    yield _share("first_contact_resolution", "", "", figures.first_contact)
    yield _share("came_back", "", "", figures.came_back)
    yield _share("without_hand_off", "", "", figures.without_hand_off)
    yield _summary("hand_offs", "", "", "hand-offs", figures.hand_offs)


def _goal(clock: str, level: str, figures: GoalFigures) -> Iterator[tuple[Cell, ...]]:
    yield _share("met", clock, level, figures.met)
    yield _summary("misses", clock, level, "seconds", figures.misses)


def _share(figure: str, clock: str, level: str, share: Share) -> tuple[Cell, ...]:
    return (figure, clock, level, "share", *_estimate(share.hits, share.estimate))


def _estimate(hits: int, estimate: Estimate) -> tuple[Cell, ...]:
    return (estimate.n, hits, estimate.value, estimate.low, estimate.high)


def _summary(figure: str, clock: str, level: str, unit: str, summary: Summary) -> tuple[Cell, ...]:
    empty = (None,) * 4
    middle = (summary.mean, summary.median, summary.percentile_90)
    return (figure, clock, level, unit, summary.n, *empty, *middle)


def _points(measured: MeasuredChart) -> Iterator[tuple[Cell, ...]]:
    zone, chart = measured.window.zone, measured.chart
    columns = zip(measured.spans, chart.points, chart.limits, chart.signals, strict=True)
    for span, point, limits, signals in columns:
        yield (
            span.start.astimezone(zone).isoformat(),
            span.end.astimezone(zone).isoformat(),
            zone.key,
            point.is_complete,
            measured.measure.value,
            measured.clock,
            point.n,
            point.value,
            chart.center,
            limits.low,
            limits.high,
            " ".join(sorted(signal.value for signal in signals)),
        )


def _written(header: tuple[str, ...], lines: Iterable[tuple[Cell, ...]]) -> str:
    file = StringIO()
    writer = csv.writer(file)
    writer.writerow(header)
    for line in lines:
        cells = [_cell(value) for value in line]
        writer.writerow(cells + [""] * (len(header) - len(cells)))
    return file.getvalue()


def _cell(value: Cell) -> str:
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, float):
        return f"{value:.6g}"
    return "" if value is None else harmless_cell(str(value))
