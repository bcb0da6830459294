"""Upkeep: published articles that somebody should look after, and why."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from foredesk.desk import Desk
from foredesk.errors import NotPermitted
from foredesk.estimates import FEWEST
from foredesk.knowledge.feedback import Votes, votes
from foredesk.knowledge.models import Article
from foredesk.knowledge.queries import published_for
from foredesk.people.policy import Act, may
from foredesk.people.roles import Scope
from foredesk.people.viewer import Viewer
from foredesk.tickets.reuse import open_flags, reuse_counts

OLD = timedelta(days=365)
LOW = 0.5
"""Share of helpful votes below which an article is one that does not help."""
MOST_READ = 5_000
MOST_SHOWN = 500


class Concern(StrEnum):
    """Why an article wants to be looked after."""

    FLAGGED = "flagged"
    LOW_VOTES = "low_votes"
    REVIEW_DUE = "review_due"
    OLD = "old"


@dataclass(frozen=True, slots=True)
class NeglectedArticle:
    """`reused` counts the tickets that it served."""

    article: Article
    concerns: tuple[Concern, ...]
    votes: Votes
    reused: int


def sees_upkeep(viewer: Viewer) -> bool:
    """Those who may write articles, and read about it."""
    reading = viewer.with_scopes(viewer.scopes | {Scope.KNOWLEDGE})
    return may(reading, Act.WRITE_ARTICLE) and viewer.reads(Scope.KNOWLEDGE)


async def neglected_articles(desk: Desk, viewer: Viewer) -> Sequence[NeglectedArticle]:
    """Those that are used most come first. Raises NotPermitted for who may write none."""
    if not sees_upkeep(viewer):
        raise NotPermitted()
    articles = await published_for(viewer).order_by("updated_at", "id").limit(MOST_READ)
    ids = [article.id for article in articles]
    cast, reused, flags = await votes(ids), await reuse_counts(ids), await open_flags(viewer, ids)
    found = [
        NeglectedArticle(article, concerns, cast[article.id], reused[article.id])
        for article in articles
        if (concerns := _concerns(article, cast[article.id], bool(flags[article.id]), desk.now()))
    ]
    found.sort(key=lambda one: (-one.reused, -len(one.concerns), one.article.title))
    return found[:MOST_SHOWN]


def _concerns(
    article: Article, cast: Votes, is_flagged: bool, now: datetime
) -> tuple[Concern, ...]:
    count = cast.helpful + cast.not_helpful
    concerns = {
        Concern.FLAGGED: is_flagged,
        Concern.LOW_VOTES: count >= FEWEST and cast.helpful / count < LOW,
        Concern.REVIEW_DUE: article.review_at is not None and article.review_at <= now,
        Concern.OLD: now - article.updated_at >= OLD,
    }
    return tuple(concern for concern, is_so in concerns.items() if is_so)
