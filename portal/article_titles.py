"""Titles of what was said of articles while a request was worked on."""

from collections.abc import Callable, Mapping
from datetime import datetime

from foredesk.tickets.models import ArticleUse, TicketEvent
from foredesk.tickets.states import EventKind
from portal.cast import Cast
from portal.words import Words

Title = Callable[[TicketEvent, Cast, Words, datetime], str]


def _linked(event: TicketEvent, cast: Cast, words: Words, now: datetime) -> str:
    name = cast.who(event.actor_id, words)
    match ArticleUse(str(event.data["use"])):
        case ArticleUse.USED:
            return words("%(name)s found that an article helps", name=name)
        case ArticleUse.FLAGGED:
            return words("%(name)s found something wrong in an article", name=name)
        case ArticleUse.FIXED:
            return words("%(name)s has mended an article", name=name)
        case ArticleUse.WRITTEN:
            return words("%(name)s wrote an article from it", name=name)


def _unlinked(event: TicketEvent, cast: Cast, words: Words, now: datetime) -> str:
    name = cast.who(event.actor_id, words)
    return words("%(name)s took back what was said of an article", name=name)


def _told(event: TicketEvent, cast: Cast, words: Words, now: datetime) -> str:
    if event.data["workaround"]:
        return words("We know this error and work on it. Until it is mended, this helps:")
    return words("We know this error and work on it. We say when something helps.")


TITLES: Mapping[EventKind, Title] = {
    EventKind.ARTICLE_LINKED: _linked,
    EventKind.ARTICLE_UNLINKED: _unlinked,
    EventKind.KNOWN_ERROR_TOLD: _told,
}
