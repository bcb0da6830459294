"""What people miss, and articles that want to be looked after, as the schema shows them."""

from datetime import datetime

import strawberry

from api.fields import computed
from api.knowledge.types import Article
from foredesk.self_service import missing, upkeep
from foredesk.self_service.table import missing_csv

GAPS, QUERIES, ARTICLES = 50, 100, 100
"""Members of the lists; the CSV has more of them."""


@strawberry.type(
    description="Searches that brought nothing, and solved tickets that no article served, which "
    "ask for the same."
)
class ContentGap:
    gap: strawberry.Private[missing.ContentGap]

    @computed(description="Words that most people used")
    def text(self) -> str:
        return self.gap.text

    @computed(description="Other wordings, at most five", at_most=missing.EXAMPLES)
    def examples(self) -> list[str]:
        return list(self.gap.examples)

    @computed(description="Number of people that it cost")
    def person_count(self) -> int:
        return self.gap.people

    @computed(description="Number of searches")
    def search_count(self) -> int:
        return self.gap.searches

    @computed(description="Number of tickets")
    def ticket_count(self) -> int:
        return self.gap.tickets


@strawberry.type(description="Wording that was searched for and brought nothing.")
class MissedQuery:
    query: strawberry.Private[missing.MissedQuery]

    @computed(description="What was searched for")
    def text(self) -> str:
        return self.query.text

    @computed(description="Language that was searched in")
    def locale(self) -> str:
        return self.query.locale

    @computed(description="Number of people who searched for it")
    def person_count(self) -> int:
        return self.query.people

    @computed(description="Number of searches that found nothing")
    def zero_result_count(self) -> int:
        return self.query.without_result

    @computed(description="Number of searches that showed articles of which none was opened")
    def no_click_count(self) -> int:
        return self.query.without_click

    @computed(description="Timestamp of when it was last searched for")
    def searched_at(self) -> datetime:
        return self.query.last_at


@strawberry.type(description="What people looked and asked for, and no article answered.")
class MissingContent:
    found: strawberry.Private[missing.Missing]

    @computed(
        description=f"What to write about: what cost most people first, at most {GAPS}",
        at_most=GAPS,
    )
    def gaps(self) -> list[ContentGap]:
        return [ContentGap(gap=gap) for gap in self.found.gaps[:GAPS]]

    @computed(
        description=f"Searches that brought nothing: those of most people first, at most {QUERIES}",
        at_most=QUERIES,
    )
    def queries(self) -> list[MissedQuery]:
        return [MissedQuery(query=query) for query in self.found.queries[:QUERIES]]

    @computed(description="All of it as CSV")
    def csv(self) -> str:
        return missing_csv(self.found)


@strawberry.type(description="Article that somebody should look after.")
class NeglectedArticle:
    line: strawberry.Private[upkeep.NeglectedArticle]

    @computed(description="The article")
    def article(self) -> Article:
        return Article(row=self.line.article)

    @computed(description="Reasons for it", at_most=len(upkeep.Concern))
    def concerns(self) -> list[upkeep.Concern]:
        return list(self.line.concerns)

    @computed(description="Number of tickets that it served")
    def reuse_count(self) -> int:
        return self.line.reused
