"""An article, and whether it answered the question."""

from uuid import UUID

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response

from foredesk.errors import InvalidInput, NotFound
from foredesk.knowledge.attach import attachments_of
from foredesk.knowledge.deflection import open_article, record_deflection
from foredesk.knowledge.feedback import own_rating, rate_article
from foredesk.knowledge.models import Article, DeflectionOutcome
from foredesk.knowledge.queries import linked_from, translations
from foredesk.knowledge.rendition import html_of
from foredesk.knowledge.translate import in_language, language
from foredesk.people.viewer import Viewer
from portal import prose
from portal.forms import NOT_OFFERED, Form, uuid_in
from portal.pages import desk_of, page, see_other
from portal.refusals import say, unreadable
from portal.visits import visit_of

RELATED = 5


async def show(request: Request) -> Response:
    search_id = uuid_in(request.query_params.get("search", ""))
    return await _page(request, await _article(request, search_id), search_id)


async def rate(request: Request, sent: Form) -> Response:
    """Yes or No; with No, what was missing. A vote can be changed."""
    article = await _article(request)
    search_id = uuid_in(sent["search"])
    helped = sent["helped"] == "yes"
    if "missing" in sent.unreadable:
        problem = unreadable(visit_of(request).words)
        return await _page(request, article, search_id, sent=sent, problem=problem)
    try:
        if sent["helped"] not in ("yes", "no"):
            raise InvalidInput("helped", NOT_OFFERED)
        await _rate(request, article, sent, helped)
    except InvalidInput as refusal:
        problem = say(visit_of(request).words, refusal)
        return await _page(request, article, search_id, sent=sent, problem=problem)
    outcome = DeflectionOutcome.SOLVED if helped else DeflectionOutcome.NOT_HELPFUL
    await note_outcome(request, search_id, article.id, outcome)
    carried = f"?search={search_id}" if search_id else ""
    return see_other(f"/articles/{request.path_params['slug']}{carried}#feedback")


async def note_outcome(
    request: Request, search_id: UUID | None, article_id: UUID, outcome: DeflectionOutcome
) -> None:
    """Note what came of a search; one that was someone else's is passed over."""
    visit = visit_of(request)
    if search_id is None:
        return
    try:
        await record_deflection(
            desk_of(request),
            visit.viewer,
            search_id=search_id,
            article_id=article_id,
            outcome=outcome,
            visitor=visit.visitor,
        )
    except NotFound:
        return


async def _article(request: Request, search_id: UUID | None = None) -> Article:
    visit = visit_of(request)
    article = await open_article(
        desk_of(request),
        visit.viewer,
        slug=request.path_params["slug"],
        search_id=search_id,
        visitor=visit.visitor,
    )
    if article is None:
        raise HTTPException(404)
    return article


async def _rate(request: Request, article: Article, sent: Form, helped: bool) -> None:
    visit = visit_of(request)
    await rate_article(
        desk_of(request),
        visit.viewer,
        article_id=article.id,
        helpful=helped,
        comment="" if helped else sent["missing"],
        visitor=visit.visitor,
    )


async def _page(
    request: Request,
    article: Article,
    search_id: UUID | None,
    *,
    sent: Form | None = None,
    problem: str = "",
) -> Response:
    visit, html = visit_of(request), await html_of(article)
    return page(
        request,
        "article.html",
        status=422 if problem else 200,
        article=article,
        body=prose.body(html, visit.words),
        contents=prose.contents(html),
        search_id=search_id,
        vote=await own_rating(visit.viewer, article.id, visit.visitor),
        missing=sent["missing"] if sent else "",
        problems={"missing": problem} if problem else {},
        related=(await linked_from(visit.viewer, article))[:RELATED],
        translations=await translations(visit.viewer, article),
        files=await attachments_of(visit.viewer, article.id),
        own_language=await _own_language(visit.viewer, article, visit.words.locale),
    )


async def _own_language(viewer: Viewer, article: Article, locale: str) -> Article | None:
    """The article in the reader's language; None where this is it, or there is none."""
    nearest = await in_language(viewer, article, locale)
    speaks = language(nearest.locale) == language(locale) != language(article.locale)
    return nearest if speaks else None
