"""Authors: what the pages on writing articles have in common."""

from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from uuid import UUID

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response

from foredesk.errors import DeskError, InvalidTransition, StaleVersion
from foredesk.knowledge.attach import LARGEST
from foredesk.knowledge.models import Article, ArticleState, Audience
from foredesk.knowledge.queries import visible_to
from foredesk.people.policy import Act, may
from foredesk.people.viewer import Viewer
from portal.acting import Typed
from portal.doors import FormView, View, form, members
from portal.forms import Form, read_form
from portal.managing import id_in
from portal.pages import see_other
from portal.refusals import say, unreadable
from portal.uploads import FilesForm, read_upload
from portal.visits import visit_of
from portal.words import Words, language_name, marked

ADDRESS = "/authoring"
LARGEST_FORM = 4 * 1024 * 1024
"""Bytes. The longest article has 300,000 characters, of which a form makes up to twelve bytes."""

STATES: Mapping[ArticleState, tuple[str, str]] = {
    ArticleState.DRAFT: (marked("Draft"), "warn"),
    ArticleState.REVIEW: (marked("To be reviewed"), "warn"),
    ArticleState.PUBLISHED: (marked("Published"), "good"),
    ArticleState.RETIRED: (marked("Retired"), "done"),
}
"""What each is called, and the tone it is shown in."""

AUDIENCES: Mapping[Audience, str] = {
    Audience.PUBLIC: marked("Everybody, signed in or not"),
    Audience.ORGANIZATION: marked("The people of one company"),
    Audience.GROUP: marked("The members of one team"),
    Audience.AGENTS: marked("Agents only"),
}
LANGUAGES = (
    *("ar", "cs", "da", "de", "el", "en", "es", "fa", "fi", "fr", "he", "hi", "hu", "id", "it"),
    *("ja", "ko", "nl", "no", "pl", "pt", "ro", "ru", "sv", "th", "tr", "uk", "vi", "zh"),
)


@dataclass(slots=True)
class Belonging:
    """What the policy wants to know of an article."""

    organization_id: UUID


def authors(view: View) -> View:
    """Raises HTTPException 404 for who writes no articles: it is not theirs to know of."""

    async def endpoint(request: Request) -> Response:
        _check(request)
        return await view(request)

    return members(endpoint)


def authors_form(view: FormView) -> View:
    async def checked(request: Request, sent: Form) -> Response:
        _check(request)
        return await view(request, sent)

    return form(checked, read=partial(read_form, at_most=LARGEST_FORM))


def authors_upload(view: Callable[[Request, FilesForm], Awaitable[Response]]) -> View:
    """The same for a form with a file."""

    async def checked(request: Request, sent: Form) -> Response:
        _check(request)
        assert isinstance(sent, FilesForm)
        return await view(request, sent)

    return form(checked, read=partial(read_upload, at_most=LARGEST))


async def article_of(request: Request, *parts: str) -> Article:
    """The article of the address. Raises HTTPException 404."""
    rows = visible_to(visit_of(request).viewer).filter(id=id_in(request))
    article = await rows.prefetch_related("organization", "team", *parts).first()
    if article is None:
        raise HTTPException(404)
    return article


def may_do(viewer: Viewer, act: Act, article: Article) -> bool:
    """Whether they may write or publish this very article."""
    organization_id = article.organization_id
    return may(viewer, act, Belonging(organization_id) if organization_id else None)


async def do(
    request: Request,
    sent: Form,
    act: Callable[[], Awaitable[object]],
    *,
    show: Callable[[Request, Typed], Awaitable[Response]],
    back: str,
    field: str,
) -> Response:
    """Do what the form asks of an article, or show its page again; `field` is where a problem is
    shown that names none of the form."""
    words = visit_of(request).words
    if sent.unreadable:
        return await show(request, Typed(sent, dict.fromkeys(sent.unreadable, unreadable(words))))
    try:
        await act()
    except DeskError as refusal:
        named = refusal.path[-1] if refusal.path else field
        place = named if named in sent.fields else field
        return await show(request, Typed(sent, {place: told(words, refusal)}))
    return see_other(back)


def told(words: Words, refusal: DeskError) -> str:
    """What the desk refuses, in words that fit an article."""
    if isinstance(refusal, StaleVersion | InvalidTransition):
        return words("The article has changed in the meantime. Look again, then repeat.")
    return say(words, refusal)


def state_of(article: Article, words: Words) -> tuple[str, str]:
    """Label and tone."""
    label, tone = STATES[article.state]
    return words(label), tone


def tongues(*others: str) -> Sequence[tuple[str, str]]:
    """Languages to choose from, each with what it calls itself, by that name."""
    codes = dict.fromkeys((*LANGUAGES, *filter(None, others)))
    return sorted(((code, language_name(code)) for code in codes), key=_name)


def _name(item: tuple[str, str]) -> str:
    return item[1].casefold()


def _check(request: Request) -> None:
    if not may(visit_of(request).viewer, Act.WRITE_ARTICLE):
        raise HTTPException(404)
