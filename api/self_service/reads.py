"""Reads: what people find for themselves, and what they miss."""

import strawberry

from api.context import Info
from api.fields import computed
from api.hidden import null_if_hidden
from api.self_service.inputs import Filter, span_of
from api.self_service.missing import ARTICLES, MissingContent, NeglectedArticle
from api.self_service.types import DeflectionReport
from foredesk.self_service.figures import deflection_figures
from foredesk.self_service.missing import missing_content
from foredesk.self_service.upkeep import neglected_articles

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

    @computed(
        description="What people looked and asked for and no article answered, over the searches "
        f"and tickets of the organizations that the viewer serves; {HIDDEN}",
        weight=WEIGHT,
    )
    @null_if_hidden
    async def missing_content(
        self, info: Info, filter: Filter = strawberry.UNSET
    ) -> MissingContent | None:
        found = await missing_content(
            info.context.desk, info.context.viewer, span=span_of(filter or None)
        )
        return MissingContent(found=found)

    @computed(
        description="Published articles that somebody should look after, the most used first, at "
        f"most {ARTICLES}; null for those who write no articles",
        at_most=ARTICLES,
    )
    @null_if_hidden
    async def neglected_articles(self, info: Info) -> list[NeglectedArticle] | None:
        found = await neglected_articles(info.context.desk, info.context.viewer)
        return [NeglectedArticle(line=line) for line in found[:ARTICLES]]
