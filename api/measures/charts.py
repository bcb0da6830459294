"""Control charts as the schema shows them."""

from datetime import datetime

import strawberry

from api.fields import computed
from api.measures.drawings import chart_saying
from foredesk.measures.chart import Charted, MeasuredChart
from foredesk.measures.control import ChartKind, Limits, Signal
from foredesk.measures.control import Point as Figure
from foredesk.measures.definitions import RULES
from foredesk.measures.drawing import draw_control_chart
from foredesk.measures.periods import MOST_PERIODS, Span
from foredesk.measures.table import chart_csv


@strawberry.type(description="Figure of one period on a control chart.")
class ControlPoint:
    span: strawberry.Private[Span]
    point: strawberry.Private[Figure]
    limits: strawberry.Private[Limits]
    found: strawberry.Private[frozenset[Signal]]

    @computed(description="Timestamp of when the period began")
    def started_at(self) -> datetime:
        return self.span.start

    @computed(description="Timestamp of when the period ends, excluded")
    def ended_at(self) -> datetime:
        return self.span.end

    @computed(description="Indicates that the period is over; if not, it is no signal")
    def is_complete(self) -> bool:
        return self.point.is_complete

    @computed(description="The figure: a share, hours, or a number; null when it is of too few")
    def value(self) -> float | None:
        return self.point.value

    @computed(description="Number of tickets or promises that it rests on")
    def sample_count(self) -> int:
        return self.point.n

    @computed(description="Lower limit; null where nothing can be below, or there are none")
    def low(self) -> float | None:
        return self.limits.low

    @computed(description="Upper limit; null where nothing can be above, or there are none")
    def high(self) -> float | None:
        return self.limits.high

    @computed(description="Signals at this point; empty for chance", at_most=len(Signal))
    def signals(self) -> list[Signal]:
        return [signal for signal in Signal if signal in self.found]


@strawberry.type(
    description="One measure period by period, with what is usual and what is a signal."
)
class ControlChart:
    measured: strawberry.Private[MeasuredChart]

    @computed(description="What is charted")
    def measure(self) -> Charted:
        return self.measured.measure

    @computed(description="Kind of the chart, which follows from what is charted")
    def kind(self) -> ChartKind:
        return self.measured.chart.kind

    @computed(description="Zone of the periods")
    def time_zone(self) -> str:
        return self.measured.window.zone.key

    @computed(description="Center line; null when the baseline has fewer than ten points")
    def center(self) -> float | None:
        return self.measured.chart.center

    @computed(description="Number of points that the center and the limits are made of")
    def baseline_point_count(self) -> int:
        return self.measured.chart.baseline

    @computed(description="Indicates that there is no signal")
    def is_in_control(self) -> bool:
        return self.measured.chart.is_in_control

    @computed(description="Rules by which signals are found")
    def rules(self) -> str:
        return RULES

    @computed(description="The periods, oldest first", at_most=MOST_PERIODS)
    def points(self) -> list[ControlPoint]:
        chart = self.measured.chart
        columns = zip(self.measured.spans, chart.points, chart.limits, chart.signals, strict=True)
        return [
            ControlPoint(span=span, point=point, limits=limits, found=found)
            for span, point, limits, found in columns
        ]

    @computed(description="The periods as CSV")
    def csv(self) -> str:
        return chart_csv(self.measured)

    @computed(description="The chart as a drawing (SVG), for a page that has its table too")
    def svg(self) -> str:
        return draw_control_chart(self.measured, chart_saying(self.measured))
