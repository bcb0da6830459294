"""Advice: what plugins add to a search, taken only as far as it may be."""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import Any
from uuid import UUID

from foredesk.desk import Desk
from foredesk.hooks import ArticleSuggestion, DraftFacts, HitFacts, SearchFacts, Synonym
from foredesk.knowledge.wording import query
from foredesk.people.viewer import Viewer
from foredesk.ports import Outcome

TERM_LIMIT = 24


async def rewritten(desk: Desk, viewer: Viewer, asked: SearchFacts) -> SearchFacts:
    """What is searched for instead; the person's own words where a plugin leaves none."""
    value, _ = await desk.hooks.fold("rewrite_query", viewer.organization_id, asked)
    if not isinstance(value, SearchFacts):
        return asked
    text = query(value.text)
    return replace(value, text=text) if text else asked


async def synonyms(
    desk: Desk, viewer: Viewer, asked: SearchFacts
) -> tuple[tuple[str, str, float], ...]:
    terms = tuple(asked.text.casefold().split()[:TERM_LIMIT])
    outcomes = await desk.hooks.collect("expand_terms", viewer.organization_id, terms=terms)
    return tuple(
        (synonym.term, alternative, synonym.weight)
        for synonym in _answers(outcomes)
        if isinstance(synonym, Synonym)
        for alternative in synonym.alternatives
    )


async def reranked(
    desk: Desk, viewer: Viewer, asked: SearchFacts, hits: Sequence[HitFacts]
) -> list[UUID]:
    """The hits in the order that plugins give them. One that adds an article is not listened to."""
    before = [hit.article_id for hit in hits]
    if not before:
        return before
    value, _ = await desk.hooks.fold(
        "rerank_results", viewer.organization_id, tuple(hits), query=asked
    )
    after = [hit.article_id for hit in value if isinstance(hit, HitFacts)]
    is_allowed = len(after) == len(value) == len(set(after)) and set(after) <= set(before)
    return after if is_allowed else before


async def suggested(desk: Desk, viewer: Viewer, draft: DraftFacts) -> list[ArticleSuggestion]:
    """The most confident first."""
    outcomes = await desk.hooks.collect("suggest_articles", viewer.organization_id, draft=draft)
    found = [answer for answer in _answers(outcomes) if isinstance(answer, ArticleSuggestion)]
    return sorted(found, key=lambda suggestion: -suggestion.confidence)


def _answers(outcomes: Sequence[Outcome]) -> Iterable[Any]:
    for outcome in outcomes:
        if outcome.error is None and outcome.value is not None:
            yield from outcome.value
