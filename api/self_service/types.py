"""Figures of deflection as the schema shows them: side by side, and never summed."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

import strawberry

from api.connections import (
    After,
    Before,
    Connection,
    First,
    Last,
    Ordering,
    page_of,
    page_through,
)
from api.fields import computed
from api.knowledge.types import Article
from api.measures.figures import MeasuredShare
from foredesk.knowledge.models import SearchChannel
from foredesk.self_service import tally
from foredesk.self_service.figures import ArticleFigures, Deflections
from foredesk.self_service.table import deflections_csv

IN_ORDER = Ordering("position", descending=False, read=int, is_unique=True)


@dataclass(frozen=True)
class Placed:
    """Anything in its place, so that it can be paged through."""

    position: int
    value: ArticleFigures

    @property
    def id(self) -> UUID:
        return UUID(int=self.position)


@strawberry.type(description="One of the things that can come of an article that was opened.")
class DeflectionShare:
    outcome: strawberry.Private[tally.Outcome]

    @computed(description="Number of searches of which this came")
    def count(self) -> int:
        return self.outcome.count

    @computed(
        description="Share of the searches from which something was opened at least seven days "
        "ago: only then it is decided"
    )
    def share(self) -> MeasuredShare:
        return MeasuredShare(share=self.outcome.share)


@strawberry.type(description="How often articles answered in place of the help desk.")
class DeflectionFigures:
    figures: strawberry.Private[tally.DeflectionFigures]

    @computed(description="Number of searches")
    def search_count(self) -> int:
        return self.figures.searches

    @computed(description="Share of the searches that found nothing")
    def zero_result(self) -> MeasuredShare:
        return MeasuredShare(share=self.figures.zero_result)

    @computed(description="Number of searches that showed something")
    def offered_count(self) -> int:
        return self.figures.offered

    @computed(description="Number of searches whose articles an experiment kept back")
    def held_out_count(self) -> int:
        return self.figures.held_out

    @computed(description="Share opened of the searches that showed something")
    def click_through(self) -> MeasuredShare:
        return MeasuredShare(share=self.figures.click_through)

    @computed(
        description="A person said that it answered, and filed no request on it: what is known "
        "to have helped"
    )
    def confirmed(self) -> DeflectionShare:
        return DeflectionShare(outcome=self.figures.confirmed)

    @computed(
        description="Opened, neither confirmed nor refused, and no request for seven days: it may "
        "have helped, or they gave up"
    )
    def potential(self) -> DeflectionShare:
        return DeflectionShare(outcome=self.figures.potential)

    @computed(description="Opened, then a request was filed all the same")
    def failed(self) -> DeflectionShare:
        return DeflectionShare(outcome=self.figures.failed)

    @computed(description="A person said that it did not help, and filed no request")
    def refused(self) -> DeflectionShare:
        return DeflectionShare(outcome=self.figures.refused)

    @computed(description="Number opened less than seven days ago: too early to say")
    def pending_count(self) -> int:
        return self.figures.pending


@strawberry.type(description="Figures of deflection of one channel.")
class ChannelDeflection:
    channel: SearchChannel = strawberry.field(description="Where somebody looked for an answer")
    deflection: DeflectionFigures = strawberry.field(description="Its figures")


@strawberry.type(description="Figures of deflection of one article.")
class ArticleDeflection:
    line: strawberry.Private[ArticleFigures]

    @computed(description="The article")
    def article(self) -> Article:
        return Article(row=self.line.article)

    @computed(description="Figures of the searches that found it")
    def deflection(self) -> DeflectionFigures:
        return DeflectionFigures(figures=self.line.figures)


@strawberry.type(description="Deflection in a time: figures that stand side by side.")
class DeflectionReport:
    found: strawberry.Private[Deflections]

    @computed(description="Timestamp of when the time began")
    def started_at(self) -> datetime:
        return self.found.since

    @computed(description="Timestamp of when the time ends, excluded")
    def ended_at(self) -> datetime:
        return self.found.until

    @computed(description="Figures of all searches")
    def deflection(self) -> DeflectionFigures:
        return DeflectionFigures(figures=self.found.whole)

    @computed(description="Figures by channel, of those in use", at_most=len(SearchChannel))
    def channels(self) -> list[ChannelDeflection]:
        return [
            ChannelDeflection(channel=channel, deflection=DeflectionFigures(figures=figures))
            for channel, figures in self.found.channels.items()
        ]

    @computed(description="Figures by article, the one opened most first; at most 1,000")
    def articles(
        self,
        first: First = strawberry.UNSET,
        after: After = strawberry.UNSET,
        last: Last = strawberry.UNSET,
        before: Before = strawberry.UNSET,
    ) -> Connection[ArticleDeflection]:
        page = page_of(first, after, last, before)
        rows = [Placed(position, line) for position, line in enumerate(self.found.articles)]
        return Connection(
            slice=page_through(rows, IN_ORDER, page),
            make=lambda row: ArticleDeflection(line=row.value),
        )

    @computed(description="All figures as CSV, a line for each")
    def csv(self) -> str:
        return deflections_csv(self.found)
