"""Word lists, golden queries and their runs as the schema shows them."""

from datetime import datetime

import strawberry

from api.enums import describe
from api.fields import collection, column, computed, relation
from api.knowledge.types import Article
from api.node import Node
from api.people import Organization, Person
from api.rows import Row
from foredesk.knowledge import search_models
from foredesk.knowledge.search_models import Occasion
from foredesk.knowledge.search_queries import (
    visible_golden_changes,
    visible_golden_queries,
    visible_golden_runs,
    visible_word_lists,
)

EVERYBODY = "null for everybody, or if the viewer may not see it"

describe(
    Occasion,
    "Why golden queries were run.",
    {
        "BY_HAND": "Somebody asked for it.",
        "PUBLISHED": "An article was published.",
        "WORDS_CHANGED": "Synonyms or stop words were changed.",
        "PLUGIN_CHANGED": "A plugin was switched on, or got other settings.",
        "ANALYSIS_CHANGED": "Texts are taken apart in another way.",
    },
    name="GoldenRunOccasion",
)


@strawberry.type(description="Synonyms and stop words of one language.")
class WordList(Node, visible=visible_word_lists):
    row: strawberry.Private[search_models.WordList]
    language: str = column(description="Language that they hold for, such as en or pt-BR")
    organization: Organization | None = relation(
        "organization_id", description=f"Organization whose searches follow them; {EVERYBODY}"
    )

    @computed(
        description="Groups of words that stand for one another, each with commas between them",
        needs=("synonyms",),
    )
    def synonyms(self) -> list[str]:
        return [", ".join(group) for group in self.row.synonyms]

    stop_words: list[str] = column(description="Words that say nothing in a question")
    version: int = column(description="Version of the list for expectedVersion")
    updated_at: datetime = column(description="Timestamp of when it was last revised")
    updated_by: Person | None = relation(
        "updated_by_id", description="Person who last revised it; null if hidden or gone"
    )


@strawberry.type(description="Question whose answer must stay among the first.")
class GoldenQuery(Node, visible=visible_golden_queries):
    row: strawberry.Private[search_models.GoldenQuery]
    text: str = column(description="Text of the question")
    locale: str = column(description="Language of who asks it")
    article: Article | None = relation(
        "article_id", description="Article that answers it; null if hidden"
    )
    organization: Organization | None = relation(
        "organization_id", description=f"Organization of who asks it; {EVERYBODY}"
    )
    within: int = column(description="Last place that is good enough, 1 to 20")
    is_binding: bool = column(
        description="Indicates whether losing it stops a change; else it only warns"
    )
    rank: int | None = column(
        description="Place of the article when it was last run; null if not among the first 20"
    )

    @computed(description="Indicates whether the place is good enough", needs=("rank", "within"))
    def is_kept(self) -> bool:
        return search_models.is_kept(self.row, self.row.rank)

    checked_at: datetime | None = column(
        description="Timestamp of when it was last run; null if it never was"
    )
    created_at: datetime = column(description="Timestamp of when it was added")
    created_by: Person | None = relation(
        "created_by_id", description="Person who added it; null if hidden or gone"
    )
    version: int = column(description="Version of the query for expectedVersion")


@strawberry.type(description="Golden query that a change lost or won back.")
class GoldenChange(Row, visible=visible_golden_changes):
    row: strawberry.Private[search_models.GoldenChange]
    query: GoldenQuery | None = relation("query_id", description="The query; null if hidden")
    before: int | None = column(
        description="Place of its article without the change; null if not among the first 20"
    )
    after: int | None = column(
        description="Place of its article with the change; null if not among the first 20"
    )
    is_loss: bool = column(description="Indicates whether the change lost it")


@strawberry.type(description="Golden queries were run, because of a change or by hand.")
class GoldenRun(Node, visible=visible_golden_runs):
    row: strawberry.Private[search_models.GoldenRun]
    occasion: Occasion = column(description="Why they were run")
    subject: str = column(
        description="What was changed: slug of the article, language of the words, name of the "
        "plugin; empty if nothing was"
    )
    ran_at: datetime = column("at", description="Timestamp of when they were run")
    organization: Organization | None = relation(
        "organization_id", description=f"Organization that the change was for; {EVERYBODY}"
    )
    person: Person | None = relation(
        "person_id", description="Person who made the change; null if hidden or gone"
    )
    asked_count: int = column("asked", description="Number of queries that were run")
    kept_count: int = column("kept", description="Number of them that hold with the change")
    is_stopped: bool = column(
        "was_stopped", description="Indicates whether the change was not made"
    )
    changes: list[GoldenChange] = collection(
        "run_id",
        order=("id",),
        description="Queries that it lost or won back, of those that the viewer may see",
        at_most=100,
    )
