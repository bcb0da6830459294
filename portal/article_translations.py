"""An article in other languages: what is behind its original, and what is missing."""

from collections.abc import Mapping

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response

from foredesk.knowledge.models import Article
from foredesk.knowledge.queries import article_by_id
from foredesk.knowledge.translate import (
    TranslationState,
    link_translation,
    mark_translation_current,
    translation_work,
)
from portal.acting import version_of
from portal.answers import article_at
from portal.article_care import show as show_care
from portal.authored import show as show_article
from portal.authors import ADDRESS, LANGUAGES, article_of, do, tongues
from portal.forms import Form, clean, uuid_in
from portal.managing import SHOWN_AT_MOST
from portal.pages import desk_of, page
from portal.visits import visit_of
from portal.words import marked

STATES: Mapping[TranslationState, tuple[str, str]] = {
    TranslationState.BEHIND: (marked("Behind the original"), "warn"),
    TranslationState.UNPUBLISHED: (marked("Not published yet"), ""),
    TranslationState.MISSING: (marked("Missing"), "bad"),
    TranslationState.CURRENT: (marked("Up to date"), "good"),
}


async def show(request: Request) -> Response:
    """What there is to translate into a language."""
    visit = visit_of(request)
    language = clean(request.query_params.get("language", ""))
    chosen = language if language in LANGUAGES else visit.words.locale
    work = await translation_work(visit.viewer, locale=chosen, first=SHOWN_AT_MOST)
    states = {state: (visit.words(label), tone) for state, (label, tone) in STATES.items()}
    return page(
        request,
        "article_translations.html",
        chosen=chosen,
        tongues=tongues(chosen),
        rows=[(one, *states[one.state]) for one in work],
    )


async def mark_current(request: Request, sent: Form) -> Response:
    """Of a translation that says already what its original says."""
    article = await article_of(request)
    desk, viewer = desk_of(request), visit_of(request).viewer
    said = version_of(Form({"version": (sent["originalVersion"],)}))
    if said is None:
        raise HTTPException(404)
    return await do(
        request,
        sent,
        lambda: mark_translation_current(
            desk,
            viewer,
            article_id=article.id,
            original_version=said,
            expected_version=version_of(sent),
        ),
        show=show_article,
        back=f"{ADDRESS}/{article.id}",
        field="languages",
    )


async def link(request: Request, sent: Form) -> Response:
    """Say which article it translates, by that one's address; none, if the field is empty."""
    article = await article_of(request)
    viewer = visit_of(request).viewer

    async def act() -> None:
        original = await _named(request, sent["original"]) if "original" in sent else None
        await link_translation(
            desk_of(request),
            viewer,
            article_id=article.id,
            original_id=original.id if original else None,
            expected_version=version_of(sent),
        )

    back = f"{ADDRESS}/{article.id}#languages"
    return await do(request, sent, act, show=show_care, back=back, field="original")


async def _named(request: Request, address: str) -> Article:
    """By its address for readers or for authors. Raises InvalidInput."""
    id = uuid_in(address.strip().rstrip("/").rpartition("/")[2])
    known = await article_by_id(visit_of(request).viewer, id) if id else None
    return known or await article_at(request, address, "original")
