"""The editor: what an article says, with a preview that needs no JavaScript."""

from collections.abc import Awaitable, Callable, Mapping
from typing import Any

from markupsafe import Markup
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response

from foredesk.errors import DeskError, StaleVersion
from foredesk.knowledge.authoring import ArticleProposal
from foredesk.knowledge.models import Article, ArticleKind, Audience
from foredesk.knowledge.propose import propose_revision
from foredesk.knowledge.queries import article_by_id
from foredesk.knowledge.rendition import rendered
from foredesk.knowledge.templates import article_templates, template_of
from foredesk.knowledge.write import revise_article, write_article
from foredesk.people.policy import Act
from foredesk.people.viewer import Viewer
from portal import prose
from portal.acting import NOTHING_TYPED, Typed, version_of
from portal.article_care import placements
from portal.article_versions import differences
from portal.authoring import sections_of
from portal.authors import ADDRESS, LANGUAGES, article_of, may_do, told, tongues
from portal.forms import Form, choice_of, clean, id_chosen, uuid_in
from portal.languages import languages_of
from portal.pages import desk_of, page, see_other
from portal.proposed import is_proposed_first, proposal_for
from portal.refusals import unreadable
from portal.visits import visit_of
from portal.words import NAMES

SAID = ("title", "summary", "section", "tags", "body")
BLANK = dict.fromkeys((*SAID, "language", "audience", "organizationId", "teamId"), "")


async def show_new(
    request: Request, typed: Typed = NOTHING_TYPED, preview: Markup | None = None
) -> Response:
    """The address may name a kind, or an article to translate."""
    visit = visit_of(request)
    original = await _original(request, typed.sent)
    kind = _kind(typed.sent["kind"] or request.query_params.get("kind", ""))
    said = _said(typed.sent, _usual(request, kind, original))
    return page(
        request,
        "article_new.html",
        status=typed.status,
        said=said,
        kind=kind,
        kinds=article_templates(visit.words.locale),
        original=original,
        problems=typed.problems,
        preview=preview,
        sections=await sections_of(visit.viewer),
        tongues=tongues(said["language"]),
        **await placements(request),
    )


async def create(request: Request, sent: Form) -> Response:
    """Keep a first draft, or show what it will look like, as its button says."""
    words, made = visit_of(request).words, None
    if sent.unreadable:
        return await show_new(
            request, Typed(sent, dict.fromkeys(sent.unreadable, unreadable(words)))
        )
    try:
        if "preview" in sent:
            return await show_new(request, Typed(sent), await _preview(request, sent, "en"))
        made = await write_article(
            desk_of(request),
            visit_of(request).viewer,
            locale=sent["language"],
            audience=choice_of(sent, "audience", Audience) or Audience.PUBLIC,
            organization_id=id_chosen(sent, "organizationId"),
            team_id=id_chosen(sent, "teamId"),
            kind=_kind(sent["kind"]),
            translation_of=id_chosen(sent, "translates"),
            **_content(sent),
        )
    except DeskError as refusal:
        return await show_new(request, Typed(sent, {_place(refusal, sent): told(words, refusal)}))
    return see_other(f"{ADDRESS}/{made.id}")


async def show(
    request: Request,
    typed: Typed = NOTHING_TYPED,
    preview: Markup | None = None,
    overtaken: bool = False,
) -> Response:
    """`overtaken`: somebody else has kept a newer version since this person began."""
    article, viewer = await _changeable(request), visit_of(request).viewer
    mine, others = await _proposals(viewer, article)
    began = version_of(typed.sent) or article.version
    is_newer = overtaken and 0 < began < article.version
    return page(
        request,
        "article_edit.html",
        status=typed.status,
        article=article,
        said=_said(typed.sent, _own(mine or article)),
        proposes=await is_proposed_first(article),
        others=others,
        tongues=await languages_of(viewer, article),
        version=article.version if overtaken else began,
        theirs=await differences(request, article, began, article.version) if is_newer else None,
        overtaken=overtaken,
        problems=typed.problems,
        preview=preview,
        sections=await sections_of(viewer),
    )


async def save(request: Request, sent: Form) -> Response:
    """Keep it as the next version, propose it, or show what it will look like, as the button says.
    What was typed stays when somebody else was faster."""
    article, words = await _changeable(request), visit_of(request).words
    if sent.unreadable:
        return await show(request, Typed(sent, dict.fromkeys(sent.unreadable, unreadable(words))))
    try:
        if "preview" in sent:
            return await show(request, Typed(sent), await _preview(request, sent, article.locale))
        await _keep(request, article, sent)
    except StaleVersion:
        problem = words("Somebody else kept a newer version in the meantime. Yours is still here.")
        return await show(request, Typed(sent, {"overtaken": problem}), overtaken=True)
    except DeskError as refusal:
        return await show(request, Typed(sent, {_place(refusal, sent): told(words, refusal)}))
    return see_other(f"{ADDRESS}/{article.id}")


def _usual(request: Request, kind: ArticleKind, original: Article | None) -> dict[str, str]:
    """What the form begins with: a template, or what is to be translated."""
    locale = visit_of(request).words.locale
    asked = clean(request.query_params.get("language", ""))
    if original is not None and original.locale == locale:
        locale = next(one for one in NAMES if one != locale)
    usual = BLANK | {"language": asked if asked in LANGUAGES else locale}
    if original is None:
        body = template_of(kind, locale).body
        return usual | {"audience": Audience.PUBLIC.value, "body": body}
    placed = {
        "audience": original.audience.value,
        "organizationId": str(original.organization_id or ""),
        "teamId": str(original.team_id or ""),
    }
    return usual | _own(original) | placed


def _kind(text: str) -> ArticleKind:
    return ArticleKind(text) if text in [*ArticleKind] else ArticleKind.ARTICLE


async def _original(request: Request, sent: Form) -> Article | None:
    id = uuid_in(sent["translates"] or request.query_params.get("translates", ""))
    return await article_by_id(visit_of(request).viewer, id) if id else None


async def _changeable(request: Request) -> Article:
    """Raises HTTPException 404 for what is not theirs to change."""
    article = await article_of(request)
    if not may_do(visit_of(request).viewer, Act.WRITE_ARTICLE, article):
        raise HTTPException(404)
    return article


async def _keep(request: Request, article: Article, sent: Form) -> None:
    use: Callable[..., Awaitable[object]] = revise_article
    content = _content(sent) | {"note": sent["note"], "expected_version": version_of(sent)}
    if "propose" in sent:
        use = propose_revision
    elif "isCurrent" in sent:
        content["original_version"] = version_of(Form({"version": (sent["isCurrent"],)}))
    await use(desk_of(request), visit_of(request).viewer, article_id=article.id, **content)


async def _proposals(
    viewer: Viewer, article: Article
) -> tuple[ArticleProposal | None, ArticleProposal | None]:
    """What the viewer has proposed for it, and what somebody else has."""
    known = await proposal_for(viewer, article)
    is_own = known is not None and known.author_id == viewer.person_id
    return (known, None) if is_own else (None, known)


async def _preview(request: Request, sent: Form, locale: str) -> Markup:
    """Raises InvalidInput for what is too long."""
    shown = await rendered(sent["body"], sent["language"] or locale)
    return prose.body(shown.html, visit_of(request).words)


def _said(sent: Form, usual: Mapping[str, str]) -> dict[str, str]:
    """What was typed, also where it was emptied; the usual where nothing could be typed yet."""
    return {name: sent[name] if name in sent.fields else usual[name] for name in usual}


def _own(text: Article | ArticleProposal) -> dict[str, str]:
    said = {name: getattr(text, name) for name in SAID}
    note = text.note if isinstance(text, ArticleProposal) else ""
    return said | {"tags": ", ".join(text.tags), "note": note, "isCurrent": ""}


def _content(sent: Form) -> dict[str, Any]:
    content: dict[str, Any] = {name: sent[name] for name in SAID}
    return content | {"tags": sent["tags"].replace("،", ",").replace("、", ",").split(",")}


def _place(refusal: DeskError, sent: Form) -> str:
    """The field that the refusal names, if the form has it."""
    named = {"locale": "language"}.get(name := refusal.path[-1] if refusal.path else "", name)
    return named if named in sent.fields else "title"
