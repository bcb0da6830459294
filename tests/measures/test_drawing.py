"""Drawings: round axes, nothing that a page could take for markup, no color alone."""

from datetime import UTC, date, datetime, timedelta
from xml.etree import ElementTree
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from foredesk.measures.backlog import BacklogDay
from foredesk.measures.chart import Charted, MeasuredChart
from foredesk.measures.control import Point, individuals, shares
from foredesk.measures.drawing import Saying, draw_backlog, draw_control_chart, ticks_between
from foredesk.measures.periods import Period, spans
from foredesk.measures.selection import Window

SVG = "{http://www.w3.org/2000/svg}"
BEGIN = datetime(2026, 3, 2, tzinfo=UTC)
SAYING = Saying(
    key="k",
    title='<script>alert("1")</script>',
    description="a & b",
    day=date.isoformat,
    value=lambda value: f"{value:g}<",
    signal="Signal",
)


def measured(
    values: list[float | None], measure: Charted = Charted.OPENED, baseline: int | None = None
) -> MeasuredChart:
    until = BEGIN + timedelta(days=len(values))
    days = tuple(spans(Period.DAY, BEGIN, until, ZoneInfo("UTC")))
    points = [Point(value, 20) for value in values]
    chart = individuals(points, [place < (baseline or 99) for place in range(len(points))])
    if measure is Charted.CAME_BACK:
        chart = shares(points, [round(20 * (value or 0)) for value in values])
    window = Window(days, until, ZoneInfo("UTC"), until)
    return MeasuredChart(measure, "resolution", Period.DAY, window, chart)


def of_class(drawing: ElementTree.Element, name: str) -> list[ElementTree.Element]:
    return [element for element in drawing.iter() if element.get("class") == name]


def test_a_chart_draws_points_limits_and_signals() -> None:
    values: list[float | None] = [*[9.0, 11.0] * 10, None, 90.0]

    drawing = ElementTree.fromstring(draw_control_chart(measured(values, baseline=20), SAYING))

    assert len(of_class(drawing, "chart-point")) == 20
    (signal,) = of_class(drawing, "chart-signal")
    assert signal.tag == f"{SVG}path"
    assert signal.findtext(f"{SVG}title") == "2026-03-23: 90< (n = 20). Signal"
    assert len(of_class(drawing, "chart-limit")) == 2
    (line,) = of_class(drawing, "chart-line")
    assert line.attrib["d"].count("M") == 2
    assert drawing.findtext(f"{SVG}title") == '<script>alert("1")</script>'


def test_without_limits_there_are_only_points() -> None:
    drawing = ElementTree.fromstring(draw_control_chart(measured([1.0, 2.0, None]), SAYING))

    assert len(of_class(drawing, "chart-point")) == 2
    assert of_class(drawing, "chart-limit") == of_class(drawing, "chart-center") == []


def test_shares_end_at_one() -> None:
    drawing = draw_control_chart(measured([0.5, 1.0] * 6, Charted.CAME_BACK), SAYING)

    assert ">1&lt;<" in drawing
    assert ">1.25&lt;<" not in drawing


def test_every_place_is_within_the_drawing() -> None:
    days = [
        BacklogDay(date(2026, 3, 2) + timedelta(days=n), n, 0, 40 - n, 7 * n, True)
        for n in range(40)
    ]

    drawing = ElementTree.fromstring(draw_backlog(days, SAYING))

    for element in drawing.iter(f"{SVG}rect"):
        y, height = float(element.get("y", 0)), float(element.get("height", 0))
        assert 0 <= y <= y + height <= 300
    assert len(of_class(drawing, "chart-came")) == 39
    assert len(of_class(drawing, "chart-went")) == 40


@pytest.mark.parametrize(
    ("low", "high", "is_whole", "ticks"),
    [
        (0, 1, False, [0, 0.25, 0.5, 0.75, 1]),
        (0, 1, True, [0, 1]),
        (0, 47, True, [0, 20, 40, 60]),
        (-8, 16, True, [-10, 0, 10, 20]),
        (0, 0, False, [0, 0.25, 0.5, 0.75, 1]),
    ],
)
def test_axes_have_round_numbers(
    low: float, high: float, is_whole: bool, ticks: list[float]
) -> None:
    assert ticks_between(low, high, is_whole=is_whole) == ticks


@given(st.floats(-1e6, 1e6), st.floats(0.001, 1e6), st.booleans())
def test_axes_hold_everything_in_few_steps(low: float, more: float, is_whole: bool) -> None:
    ticks = ticks_between(low, low + more, is_whole=is_whole)

    assert ticks[0] <= low + 1e-6 * more + 1e-9
    assert ticks[-1] >= low + more - 1e-6 * more - 1e-9
    assert 2 <= len(ticks) <= 7
