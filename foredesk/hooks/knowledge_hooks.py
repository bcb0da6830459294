"""Hooks around searching and answering."""

from collections.abc import Sequence

from foredesk.hooks.context import Context
from foredesk.hooks.facts import (
    ArticleFacts,
    DeflectionFacts,
    DocumentFacts,
    DraftFacts,
    HitFacts,
    RatingFacts,
    SearchedFacts,
    SearchFacts,
)
from foredesk.hooks.results import ArticleSuggestion, Synonym
from foredesk.hooks.specification import Mode, hookspec


@hookspec(Mode.FOLD, budget=0.03, returns=SearchFacts)
def rewrite_query(ctx: Context, value: SearchFacts) -> SearchFacts | None:
    """Change what is searched for: expand an abbreviation, mend a product name.

    Called: at every search, before the index is asked.
    Answers: each plugin gets what the one before made of it; `dataclasses.replace` it.
    None: leave it as it is.
    Budget: 30 ms for all plugins together.
    Failure: it is logged against your plugin, and the value from before is used.
    """


@hookspec(Mode.COLLECT, budget=0.03, returns=Synonym, many=True)
def expand_terms(ctx: Context, terms: tuple[str, ...]) -> Sequence[Synonym] | None:
    """Name other words for the words of a search.

    Called: at every search, after `rewrite_query`. `terms` are in lower case.
    Answers: all are used; an alternative counts as much as its weight says.
    None: you know no other words.
    Budget: 30 ms.
    Failure: it is logged against your plugin and counts as None.
    """


@hookspec(Mode.FOLD, budget=0.1, returns=tuple)
def rerank_results(
    ctx: Context, query: SearchFacts, value: tuple[HitFacts, ...]
) -> tuple[HitFacts, ...] | None:
    """Put results into another order, or leave some out.

    Called: at every search that found something.
    Answers: each plugin gets what the one before made of it. Only articles that are in `value`
    may be in the answer, each once: a plugin can hide results but never show a hidden one.
    None: leave them as they are.
    Budget: 100 ms for all plugins together.
    Failure: it is logged against your plugin, and the value from before is used; so is an
    answer with an article that was not in `value`.
    """


@hookspec(Mode.FOLD, budget=1.0, returns=DocumentFacts)
def enrich_document(ctx: Context, value: DocumentFacts) -> DocumentFacts | None:
    """Add words by which an article is found: product numbers, other spellings, what a picture
    shows.

    Called: whenever the search takes in an article: when it is published or revised, and for all
    of them at `foredesk reindex`, which you need after switching your plugin on or changing it.
    Of an article for everybody, `ctx` has no organization.
    Answers: each plugin gets what the one before made of it; `dataclasses.replace` it. Tags,
    headings, body and `asked_as` are taken over, for the search only; readers see the article
    as it was written.
    None: leave it as it is.
    Budget: 1 s for all plugins together.
    Failure: it is logged against your plugin, and the value from before is used; so is one with
    anything but texts in it.
    """


@hookspec(Mode.COLLECT, budget=0.15, returns=ArticleSuggestion, many=True)
def suggest_articles(ctx: Context, draft: DraftFacts) -> Sequence[ArticleSuggestion] | None:
    """Name articles that may answer a request before it is filed.

    Called: while a person types a request, each time they pause.
    Answers: all are put beside what the search finds, the most confident first. Articles that
    the person may not see are dropped.
    None: you know none.
    Budget: 150 ms.
    Failure: it is logged against your plugin and counts as None.
    """


@hookspec(Mode.EVENT, budget=10.0)
def on_search(ctx: Context, search: SearchedFacts) -> None:
    """Somebody searched; what they typed until they were done is one search.

    Called: two minutes after it began, from the job queue, at least once; `search.id` tells
    repetitions. `search.total` 0 means that nobody has written about it yet.
    Answers: there are none to combine.
    None: the only answer.
    Budget: 10 s.
    Failure: your plugin alone is called again, with growing pauses, then listed as failed.
    """


@hookspec(Mode.EVENT, budget=10.0)
def on_deflected(ctx: Context, deflection: DeflectionFacts) -> None:
    """A person said what an article did for them: it was opened, it helped, or it did not.

    Called: after the commit, from the job queue, at least once; `deflection.id` tells
    repetitions.
    Answers: there are none to combine.
    None: the only answer.
    Budget: 10 s.
    Failure: your plugin alone is called again, with growing pauses, then listed as failed.
    """


@hookspec(Mode.EVENT, budget=10.0)
def on_article_rated(ctx: Context, article: ArticleFacts, rating: RatingFacts) -> None:
    """A reader said whether an article helped.

    Called: after the commit, from the job queue, at least once.
    Answers: there are none to combine.
    None: the only answer.
    Budget: 10 s.
    Failure: your plugin alone is called again, with growing pauses, then listed as failed.
    """
