"""A new version of a published article that somebody proposed, and what becomes of it."""

from datetime import datetime
from typing import Any

from starlette.requests import Request
from starlette.responses import Response

from foredesk.errors import InvalidInput
from foredesk.knowledge.models import Article
from foredesk.knowledge.propose import accept_proposal, decline_proposal
from portal.authored import show
from portal.authors import ADDRESS, article_of, do
from portal.forms import Form
from portal.pages import desk_of
from portal.visits import visit_of


async def accept(request: Request, sent: Form) -> Response:
    article = await article_of(request)
    desk, viewer = desk_of(request), visit_of(request).viewer

    async def act() -> None:
        await accept_proposal(
            desk, viewer, article_id=article.id, proposed_at=_moment(sent["proposedAt"])
        )

    return await _do(request, sent, article, act)


async def decline(request: Request, sent: Form) -> Response:
    article = await article_of(request)
    desk, viewer = desk_of(request), visit_of(request).viewer
    return await _do(
        request,
        sent,
        article,
        lambda: decline_proposal(desk, viewer, article_id=article.id, note=sent["why"]),
    )


async def _do(request: Request, sent: Form, article: Article, act: Any) -> Response:
    back = f"{ADDRESS}/{article.id}"
    return await do(request, sent, act, show=show, back=back, field="proposal")


def _moment(text: str) -> datetime:
    try:
        return datetime.fromisoformat(text)
    except ValueError as problem:
        raise InvalidInput("proposedAt", "Look again, then repeat.") from problem
