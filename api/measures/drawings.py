"""Words of drawings in the API: English, with numbers as the rest of the API has them."""

from collections.abc import Callable
from datetime import date

from foredesk.measures.chart import SHARES, TIMES, MeasuredChart
from foredesk.measures.definitions import CHARTED, RULES
from foredesk.measures.drawing import Saying
from foredesk.measures.measure import Measures


def chart_saying(measured: MeasuredChart) -> Saying:
    title = f"{CHARTED[measured.measure]}, by {measured.period.value}"
    signals = sum(map(bool, measured.chart.signals))
    return Saying(
        key=f"chart-{measured.measure.value}",
        title=title,
        description=f"{len(measured.spans)} periods, signals in {signals}. {RULES}",
        day=date.isoformat,
        value=_value_of(measured),
        signal="Signal",
    )


def backlog_saying(measures: Measures) -> Saying:
    days = measures.backlog
    return Saying(
        key="backlog",
        title="Tickets open at the end of each day",
        description=f"{len(days)} days; {days[-1].open_at_end} open at the end of the last. "
        "Bars: above zero what was opened or came back, below zero what was resolved.",
        day=date.isoformat,
        value=lambda value: f"{value:g}",
    )


def _value_of(measured: MeasuredChart) -> Callable[[float], str]:
    if measured.measure in SHARES:
        return lambda value: f"{100 * value:.3g} %"
    unit = " h" if measured.measure in TIMES else ""
    return lambda value: f"{value:.3g}{unit}"
