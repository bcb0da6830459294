"""Drawing: charts as SVG, for pages without scripts. Pure.

Colors are attributes, which a page's own style sheet overrules by class and which need no inline
style. No color says anything alone: signals have another shape, limits are dashed.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from html import escape
from math import ceil, floor, log10

from foredesk.measures.backlog import BacklogDay
from foredesk.measures.chart import SHARES, TIMES, MeasuredChart

WIDTH, HEIGHT = 720, 300
LEFT, RIGHT, TOP, BOTTOM = 58, 14, 14, 34
LABELS = 7
STEPS = (1.0, 2.0, 2.5, 5.0, 10.0)


@dataclass(frozen=True, slots=True)
class Saying:
    """The words of a drawing in somebody's language. `key` begins its ids, once on a page."""

    key: str
    title: str
    description: str
    day: Callable[[date], str]
    value: Callable[[float], str]
    signal: str = ""


@dataclass(frozen=True, slots=True)
class Scale:
    """From the numbers of points and from values to places in the drawing."""

    count: int
    low: float
    high: float

    def x(self, index: float) -> float:
        room = WIDTH - LEFT - RIGHT
        return round(LEFT + room * (index + 0.5) / max(1, self.count), 1)

    def y(self, value: float) -> float:
        room = HEIGHT - TOP - BOTTOM
        return round(TOP + room * (self.high - value) / (self.high - self.low), 1)


def draw_control_chart(measured: MeasuredChart, saying: Saying) -> str:
    """The figures as a line with its center and limits; a period that is not over is hollow, and
    one without a figure is a gap.
    """
    chart = measured.chart
    values = [point.value for point in chart.points]
    ends = [end for limit in chart.limits for end in (limit.low, limit.high)]
    known = [value for value in (*values, *ends, chart.center) if value is not None]
    is_share, is_whole = measured.measure in SHARES, measured.measure not in (*SHARES, *TIMES)
    scale, ticks = _scaled(known, len(values), is_share=is_share, is_whole=is_whole)
    lines = [
        _steps("chart-limit", [limit.low for limit in chart.limits], scale),
        _steps("chart-limit", [limit.high for limit in chart.limits], scale),
        _line("chart-center", [chart.center] * len(values), scale),
        _line("chart-line", values, scale),
    ]
    days = [span.day for span in measured.spans]
    for index, (point, signals) in enumerate(zip(chart.points, chart.signals, strict=True)):
        if point.value is not None:
            said = f"{saying.day(days[index])}: {saying.value(point.value)} (n = {point.n})"
            said = f"{said}. {saying.signal}" if signals else said
            shape = "signal" if signals else "point" if point.is_complete else "open"
            lines.append(_mark(shape, scale.x(index), scale.y(point.value), said))
    return _drawing(saying, _axes(days, scale, ticks, saying), lines)


def draw_backlog(days: Sequence[BacklogDay], saying: Saying) -> str:
    """What is open at the end of each day as a line; what came above and what went below zero
    as bars.
    """
    came = [day.opened + day.came_back for day in days]
    went = [day.resolved for day in days]
    still_open = [day.open_at_end for day in days]
    known = [*came, *[-count for count in went], *still_open]
    scale, ticks = _scaled(known, len(days), is_whole=True)
    width = max(1.0, round((WIDTH - LEFT - RIGHT) / max(1, len(days)) * 0.7, 1))
    lines = [
        _bar("chart-came", scale, index, count, width) for index, count in enumerate(came) if count
    ]
    lines += [
        _bar("chart-went", scale, index, -count, width) for index, count in enumerate(went) if count
    ]
    lines.append(_line("chart-line", [float(count) for count in still_open], scale))
    dates = [day.day for day in days]
    return _drawing(saying, _axes(dates, scale, ticks, saying), lines)


def ticks_between(low: float, high: float, *, is_whole: bool = False) -> list[float]:
    """Four to six or so round numbers that reach from one to the other, or beyond."""
    high = high if high > low else low + 1
    raw = max(1.0, (high - low) / 4) if is_whole else (high - low) / 4
    power = 10.0 ** floor(log10(raw))
    step = next(step * power for step in STEPS if step * power >= raw * 0.999)
    first, last = floor(low / step + 1e-9), ceil(high / step - 1e-9)
    return [round(number * step, 10) for number in range(first, last + 1)]


def _scaled(
    known: Sequence[float], count: int, *, is_share: bool = False, is_whole: bool = False
) -> tuple[Scale, list[float]]:
    low = min(known, default=0.0) if is_share else min(0.0, min(known, default=0.0))
    high = max(known, default=1.0)
    ticks = ticks_between(low, high, is_whole=is_whole)
    if is_share:
        ticks = [tick for tick in ticks if 0 <= tick <= 1]
        return Scale(count, min(low, ticks[0]), max(high, ticks[-1])), ticks
    return Scale(count, ticks[0], ticks[-1]), ticks


_LOOKS = {
    "chart-ground": 'fill="#ffffff"',
    "chart-grid": 'stroke="#d5dcdb"',
    "chart-text": 'fill="#506063" font-size="13" font-family="system-ui, sans-serif"',
    "chart-limit": 'fill="none" stroke="#75858a" stroke-width="1.5" stroke-dasharray="5 4"',
    "chart-center": 'fill="none" stroke="#75858a" stroke-width="1.5"',
    "chart-line": 'fill="none" stroke="#115e63" stroke-width="2"',
    "chart-point": 'fill="#115e63" stroke="#115e63" stroke-width="1.5"',
    "chart-open": 'fill="#ffffff" stroke="#115e63" stroke-width="1.5"',
    "chart-signal": 'fill="#a1181d" stroke="#ffffff" stroke-width="1.5"',
    "chart-came": 'fill="#d98e32"',
    "chart-went": 'fill="#6aa88a"',
}


def _look(name: str) -> str:
    return f'class="{name}" {_LOOKS[name]}'


def _drawing(saying: Saying, axes: Iterable[str], lines: Iterable[str]) -> str:
    key = escape(saying.key)
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" class="chart" viewBox="0 0 {WIDTH} {HEIGHT}"'
        f' role="img" aria-labelledby="{key}-title" aria-describedby="{key}-desc">',
        f'<title id="{key}-title">{escape(saying.title)}</title>',
        f'<desc id="{key}-desc">{escape(saying.description)}</desc>',
        f'<rect {_look("chart-ground")} width="{WIDTH}" height="{HEIGHT}"/>',
        *axes,
        *(line for line in lines if line),
        "</svg>",
    ]
    return "\n".join(parts)


def _axes(
    days: Sequence[date], scale: Scale, ticks: Sequence[float], saying: Saying
) -> Iterable[str]:
    right = WIDTH - RIGHT
    for tick in ticks:
        y = scale.y(tick)
        yield f'<line {_look("chart-grid")} x1="{LEFT}" x2="{right}" y1="{y}" y2="{y}"/>'
        text = escape(saying.value(abs(tick)))
        place = f'x="{LEFT - 8}" y="{y + 4}" text-anchor="end"'
        yield f"<text {_look('chart-text')} {place}>{text}</text>"
    every = max(1, ceil(len(days) / LABELS))
    for index in range(0, len(days), every):
        text = escape(saying.day(days[index]))
        yield (
            f'<text {_look("chart-text")} x="{scale.x(index)}" y="{HEIGHT - 10}"'
            f' text-anchor="middle">{text}</text>'
        )


def _line(look: str, values: Sequence[float | None], scale: Scale) -> str:
    """Broken where there is no value."""
    path, is_begun = [], False
    for index, value in enumerate(values):
        if value is not None:
            path.append(f"{'L' if is_begun else 'M'}{scale.x(index)} {scale.y(value)}")
        is_begun = value is not None
    return f'<path {_look(look)} d="{"".join(path)}"/>' if path else ""


def _steps(look: str, values: Sequence[float | None], scale: Scale) -> str:
    """Level from the beginning of each period to its end."""
    path, is_begun = [], False
    for index, value in enumerate(values):
        if value is not None:
            y = scale.y(value)
            path.append(f"{'L' if is_begun else 'M'}{scale.x(index - 0.5)} {y}")
            path.append(f"L{scale.x(index + 0.5)} {y}")
        is_begun = value is not None
    return f'<path {_look(look)} d="{"".join(path)}"/>' if path else ""


def _mark(shape: str, x: float, y: float, said: str) -> str:
    title = f"<title>{escape(said)}</title>"
    if shape == "signal":
        path = f"M{x} {y - 7}L{x + 7} {y}L{x} {y + 7}L{x - 7} {y}Z"
        return f'<path {_look("chart-signal")} d="{path}">{title}</path>'
    return f'<circle {_look(f"chart-{shape}")} cx="{x}" cy="{y}" r="3.5">{title}</circle>'


def _bar(look: str, scale: Scale, index: int, value: int, width: float) -> str:
    top, bottom = sorted((scale.y(value), scale.y(0)))
    x = round(scale.x(index) - width / 2, 1)
    height = round(bottom - top, 1)
    return f'<rect {_look(look)} x="{x}" y="{top}" width="{width}" height="{height}"/>'
