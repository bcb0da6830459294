"""An article in other languages: what is behind its original, and what is missing."""

from collections.abc import Mapping

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response

from foredesk.knowledge.translate import (
    TranslationState,
    mark_translation_current,
    translation_work,
)
from portal.acting import version_of
from portal.authored import show as show_article
from portal.authors import ADDRESS, LANGUAGES, article_of, do, tongues
from portal.forms import Form, clean
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
