"""The review queue: what waits for somebody to look at it before people read it."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from starlette.requests import Request
from starlette.responses import Response
from tortoise.expressions import Subquery

from foredesk.knowledge.authoring import ArticleProposal
from foredesk.knowledge.models import Article, ArticleState
from foredesk.knowledge.queries import visible_to
from foredesk.people.viewer import Viewer
from portal.managing import SHOWN_AT_MOST
from portal.pages import page
from portal.people_named import names_of
from portal.visits import visit_of


@dataclass(frozen=True, slots=True)
class Waiting:
    """One that waits. `is_proposal`: people read the article, and how it would be revised waits."""

    article: Article
    since: datetime
    by: UUID | None
    is_proposal: bool


async def show(request: Request) -> Response:
    """Who has waited longest comes first."""
    viewer = visit_of(request).viewer
    waiting = [*await _submitted(viewer), *await _proposed(viewer)]
    waiting.sort(key=lambda one: (one.since, one.article.title))
    return page(
        request,
        "review_queue.html",
        waiting=waiting,
        names=await names_of(viewer, [one.by for one in waiting]),
    )


async def _submitted(viewer: Viewer) -> list[Waiting]:
    rows = visible_to(viewer).filter(state=ArticleState.REVIEW).order_by("submitted_at", "id")
    return [
        Waiting(one, one.submitted_at or one.updated_at, one.submitted_by_id, is_proposal=False)
        for one in await rows.limit(SHOWN_AT_MOST)
    ]


async def _proposed(viewer: Viewer) -> list[Waiting]:
    seen = Subquery(visible_to(viewer).order_by().values("id"))
    rows = ArticleProposal.filter(article_id__in=seen).order_by("at", "id")
    return [
        Waiting(one.article, one.at, one.author_id, is_proposal=True)
        for one in await rows.limit(SHOWN_AT_MOST).prefetch_related("article")
    ]
