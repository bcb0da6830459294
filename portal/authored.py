"""One article as its authors see it: what it says, in which state it is, and what may be done."""

from collections.abc import Awaitable, Callable, Mapping, Sequence

from starlette.requests import Request
from starlette.responses import Response

from foredesk.knowledge.attach import attachments_of
from foredesk.knowledge.feedback import missed, votes
from foredesk.knowledge.models import Article, ArticleState
from foredesk.knowledge.publish import (
    REACHABLE,
    publish_article,
    retire_article,
    return_article,
    submit_article,
)
from foredesk.knowledge.queries import linking_to
from foredesk.knowledge.rendition import html_of
from foredesk.people.policy import Act
from foredesk.people.queries import visible_people
from foredesk.people.viewer import Viewer
from foredesk.tickets.models import TicketArticle
from foredesk.tickets.reuse import open_flags, reuse_counts
from portal import prose
from portal.acting import NOTHING_TYPED, Typed, version_of
from portal.article_history import happenings
from portal.authors import ADDRESS, AUDIENCES, article_of, do, may_do, state_of
from portal.forms import Form
from portal.languages import languages_of
from portal.pages import desk_of, page
from portal.proposed import proposed
from portal.visits import visit_of
from portal.words import marked

MOVES: Mapping[str, str] = {
    "publish": marked("Publish"),
    "submit": marked("Ask for a review"),
    "return": marked("Make it a draft again"),
    "retire": marked("Retire"),
}


async def show(request: Request, typed: Typed = NOTHING_TYPED) -> Response:
    article, visit = await article_of(request), visit_of(request)
    label, tone = state_of(article, visit.words)
    possible = _possible(visit.viewer, article)
    owner = visible_people(visit.viewer).filter(id=article.owner_id)
    return page(
        request,
        "authored.html",
        status=typed.status,
        article=article,
        label=label,
        tone=tone,
        audience=visit.words(AUDIENCES[article.audience]),
        owner=await owner.first() if article.owner_id else None,
        body=prose.body(await html_of(article), visit.words),
        possible=possible,
        moves=[(name, visit.words(label)) for name, label in MOVES.items() if name in possible],
        votes=(await votes([article.id]))[article.id],
        missed=await missed(visit.viewer, article.id),
        linking=await linking_to(visit.viewer, article),
        files=await attachments_of(visit.viewer, article.id),
        tongues=await languages_of(visit.viewer, article),
        proposed=await proposed(visit.viewer, article),
        reused=(await reuse_counts([article.id]))[article.id],
        flags=await _flags(visit.viewer, article),
        history=await happenings(visit, article),
        is_due=article.review_at is not None and article.review_at <= desk_of(request).now(),
        typed=typed,
        problems=typed.problems,
    )


async def submit(request: Request, sent: Form) -> Response:
    return await _move(request, sent, submit_article)


async def give_back(request: Request, sent: Form) -> Response:
    return await _move(request, sent, return_article)


async def publish(request: Request, sent: Form) -> Response:
    return await _move(request, sent, publish_article)


async def retire(request: Request, sent: Form) -> Response:
    return await _move(request, sent, retire_article)


async def _move(request: Request, sent: Form, use: Callable[..., Awaitable[Article]]) -> Response:
    article = await article_of(request)
    desk, viewer = desk_of(request), visit_of(request).viewer
    return await do(
        request,
        sent,
        lambda: use(
            desk,
            viewer,
            article_id=article.id,
            note=sent["note"],
            expected_version=version_of(sent),
        ),
        show=show,
        back=f"{ADDRESS}/{article.id}",
        field="acts",
    )


async def _flags(viewer: Viewer, article: Article) -> Sequence[TicketArticle]:
    """What agents found wrong in it, with the tickets."""
    flags = (await open_flags(viewer, [article.id]))[article.id]
    for one in flags:
        await one.fetch_related("ticket")
    return flags


def _possible(viewer: Viewer, article: Article) -> frozenset[str]:
    """What the viewer may do with it now, by the names of the acts."""
    acts = {"edit": Act.WRITE_ARTICLE}
    for state in REACHABLE[article.state]:
        name, act = _ACTS[state]
        acts[name] = act
    return frozenset(name for name, act in acts.items() if may_do(viewer, act, article))


_ACTS: Mapping[ArticleState, tuple[str, Act]] = {
    ArticleState.REVIEW: ("submit", Act.WRITE_ARTICLE),
    ArticleState.DRAFT: ("return", Act.WRITE_ARTICLE),
    ArticleState.PUBLISHED: ("publish", Act.PUBLISH_ARTICLE),
    ArticleState.RETIRED: ("retire", Act.PUBLISH_ARTICLE),
}
"""What leads to each state, and the right it takes."""
