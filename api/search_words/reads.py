"""Reads: word lists, golden queries and their runs."""

from datetime import datetime
from typing import Annotated, Any

import strawberry

from api.connections import After, Before, Connection, First, Last, Ordering, page_of, wanted
from api.context import Info
from api.identifiers import key_of
from api.search_words.types import GoldenQuery, GoldenRun, WordList
from api.sources import want

BY_LANGUAGE = Ordering("language", descending=False, read=str)
BY_TEXT = Ordering("text", descending=False, read=str)
NEWEST_FIRST = Ordering("at", descending=True, read=datetime.fromisoformat)


@strawberry.input(description="Conditions that the golden queries meet, all of them.")
class GoldenQueryFilter:
    article_id: strawberry.ID | None = strawberry.field(
        default=strawberry.UNSET, description="Article that answers them"
    )
    is_binding: bool | None = strawberry.field(
        default=strawberry.UNSET, description="Whether losing them stops a change"
    )


@strawberry.type
class SearchWordsQuery:
    @wanted(
        description="Synonyms and stop words by language, of the organizations that the viewer "
        "manages and of everybody"
    )
    def word_lists(
        self,
        info: Info,
        first: First = strawberry.UNSET,
        after: After = strawberry.UNSET,
        last: Last = strawberry.UNSET,
        before: Before = strawberry.UNSET,
    ) -> Connection[WordList]:
        return want(WordList, {}, BY_LANGUAGE, page_of(first, after, last, before))

    @wanted(description="Questions whose answers must stay among the first, by text; for agents")
    def golden_queries(
        self,
        info: Info,
        filter: Annotated[
            GoldenQueryFilter | None,
            strawberry.argument(description="Conditions that the queries meet."),
        ] = strawberry.UNSET,
        first: First = strawberry.UNSET,
        after: After = strawberry.UNSET,
        last: Last = strawberry.UNSET,
        before: Before = strawberry.UNSET,
    ) -> Connection[GoldenQuery]:
        page = page_of(first, after, last, before)
        return want(GoldenQuery, _conditions(filter), BY_TEXT, page)

    @wanted(description="Runs of golden queries, the newest first; for agents")
    def golden_runs(
        self,
        info: Info,
        first: First = strawberry.UNSET,
        after: After = strawberry.UNSET,
        last: Last = strawberry.UNSET,
        before: Before = strawberry.UNSET,
    ) -> Connection[GoldenRun]:
        return want(GoldenRun, {}, NEWEST_FIRST, page_of(first, after, last, before))


def _conditions(filter: GoldenQueryFilter | None) -> dict[str, Any]:
    wanted: dict[str, Any] = {}
    if filter and filter.article_id:
        wanted["article_id__in"] = [
            key for key in [key_of("Article", filter.article_id)] if key is not None
        ]
    if filter and isinstance(filter.is_binding, bool):
        wanted["is_binding"] = filter.is_binding
    return wanted
