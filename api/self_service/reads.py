"""Reads: what people find for themselves, and what they miss."""

import strawberry

from api.context import Info
from api.fields import computed
from api.hidden import null_if_hidden
from api.self_service.inputs import Filter, span_of
from api.self_service.types import DeflectionReport
from foredesk.self_service.figures import deflection_figures

WEIGHT = 300
"""Up to 250,000 searches are read for one answer."""

HIDDEN = "null for those who do not manage a customer service"


@strawberry.type
class SelfServiceQuery:
    @computed(
        description="How often articles answered in place of the help desk, over the searches of "
        f"the organizations that the viewer serves; {HIDDEN}",
        weight=WEIGHT,
    )
    @null_if_hidden
    async def deflection(
        self, info: Info, filter: Filter = strawberry.UNSET
    ) -> DeflectionReport | None:
        found = await deflection_figures(
            info.context.desk, info.context.viewer, span=span_of(filter or None)
        )
        return DeflectionReport(found=found)
