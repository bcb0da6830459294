"""Reads: figures of the service and control charts."""

from typing import Annotated

import strawberry

from api.context import Info
from api.fields import computed
from api.measures.charts import ControlChart
from api.measures.inputs import Filter, selection_of
from api.measures.types import ServiceMeasures
from api.tickets.reads import DateTimeRange
from foredesk.measures.chart import Charted, control_chart
from foredesk.measures.facts import RESOLUTION, Cut
from foredesk.measures.measure import service_measures
from foredesk.measures.periods import Period
from foredesk.measures.queries import sees_measures

WEIGHT = 300
"""Up to 250,000 tickets are read for one answer."""

HIDDEN = "null for those who are neither agents nor coordinators of an organization that shows them"


@strawberry.type
class MeasureQuery:
    @computed(
        description="Figures of the service, over the tickets that an agent handles, or a "
        f"coordinator's organization has; {HIDDEN}",
        weight=WEIGHT,
    )
    async def service_measures(
        self,
        info: Info,
        filter: Filter = strawberry.UNSET,
        by: Annotated[
            Cut | None, strawberry.argument(description="What to cut by; nothing if left out.")
        ] = strawberry.UNSET,
        period: Annotated[
            Period | None,
            strawberry.argument(description="Periods to cut by; the whole time if left out."),
        ] = strawberry.UNSET,
    ) -> ServiceMeasures | None:
        viewer = info.context.viewer
        if not sees_measures(viewer):
            return None
        found = await service_measures(
            info.context.desk,
            viewer,
            selection=selection_of(filter, viewer),
            by=by or None,
            period=period or None,
        )
        return ServiceMeasures(measures=found)

    @computed(
        description="One measure period by period, with limits and signals; "
        f"of the same tickets, and {HIDDEN}",
        weight=WEIGHT,
    )
    async def control_chart(
        self,
        info: Info,
        measure: Annotated[Charted, strawberry.argument(description="What to chart.")],
        clock: Annotated[
            str, strawberry.argument(description="Clock whose promises are charted.")
        ] = RESOLUTION,
        filter: Filter = strawberry.UNSET,
        period: Annotated[
            Period, strawberry.argument(description="Length of the periods.")
        ] = Period.WEEK,
        baseline: Annotated[
            DateTimeRange | None,
            strawberry.argument(
                description="Time whose periods make the center and the limits; "
                "all complete ones if left out."
            ),
        ] = strawberry.UNSET,
    ) -> ControlChart | None:
        viewer = info.context.viewer
        if not sees_measures(viewer):
            return None
        found = await control_chart(
            info.context.desk,
            viewer,
            selection=selection_of(filter, viewer),
            measure=measure,
            clock=clock,
            period=period,
            baseline_since=(baseline.from_ or None) if baseline else None,
            baseline_until=(baseline.to or None) if baseline else None,
        )
        return ControlChart(measured=found)
