"""Figures: how often articles answered in place of the desk, in all, by channel and by article."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from foredesk.desk import Desk
from foredesk.errors import NotPermitted
from foredesk.knowledge.feedback import Votes, votes
from foredesk.knowledge.models import Article, SearchChannel
from foredesk.knowledge.queries import visible_to
from foredesk.people.viewer import Viewer
from foredesk.self_service.searches import Asked, Span, asked_in, sees_figures
from foredesk.self_service.tally import DeflectionFigures, Tally, figures_of

MOST_ARTICLES = 1_000
"""Articles by what was opened most; those beyond have no line of their own."""


@dataclass(frozen=True, slots=True)
class ArticleFigures:
    """`figures.searches` are those that had the article among what they found."""

    article: Article
    figures: DeflectionFigures
    votes: Votes


@dataclass(frozen=True, slots=True)
class Deflections:
    """`channels` are those in which anything was asked; `articles` those opened most come first."""

    since: datetime
    until: datetime
    whole: DeflectionFigures
    channels: Mapping[SearchChannel, DeflectionFigures]
    articles: Sequence[ArticleFigures]


async def deflection_figures(desk: Desk, viewer: Viewer, *, span: Span) -> Deflections:
    """Over the searches that began in this time and are the viewer's to count.

    Raises NotPermitted for who is no manager, and InvalidInput for no time at all or too much.
    """
    if not sees_figures(viewer):
        raise NotPermitted()
    now = desk.now()
    since, until = span.bounds(now)
    whole, channels = Tally(), defaultdict[SearchChannel, Tally](Tally)
    articles = defaultdict[UUID, Tally](Tally)
    async for asked in asked_in(viewer, span, now):
        came = [outcome for outcomes in asked.outcomes.values() for outcome in outcomes]
        whole.take(asked, came, now)
        channels[asked.search.channel].take(asked, came, now)
        for article_id in _offered(asked):
            articles[article_id].take(asked, asked.outcomes.get(article_id, ()), now)
    return Deflections(
        since=since,
        until=until,
        whole=figures_of(whole),
        channels={
            channel: figures_of(channels[channel])
            for channel in SearchChannel
            if channel in channels
        },
        articles=await _articles(viewer, articles),
    )


def _offered(asked: Asked) -> set[UUID]:
    return {*asked.outcomes, *map(UUID, asked.search.results)}


async def _articles(viewer: Viewer, tallies: Mapping[UUID, Tally]) -> Sequence[ArticleFigures]:
    ranked = sorted(tallies, key=lambda id_: (-tallies[id_].clicked, -tallies[id_].offered, id_))
    ids = ranked[:MOST_ARTICLES]
    known = {article.id: article for article in await visible_to(viewer).filter(id__in=ids)}
    cast = await votes(ids)
    return [
        ArticleFigures(known[id_], figures_of(tallies[id_]), cast[id_])
        for id_ in ids
        if id_ in known
    ]
