"""Answers: the articles that are at hand while an agent works on a ticket."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any
from urllib.parse import unquote, urlsplit
from uuid import UUID

from starlette.requests import Request

from foredesk.errors import InvalidInput
from foredesk.knowledge.answering import (
    FoundArticle,
    FoundArticles,
    search_articles,
    suggest_articles,
)
from foredesk.knowledge.models import Article, ArticleKind, Audience, SearchChannel
from foredesk.knowledge.queries import article_by_slug, visible_to
from foredesk.people.policy import Act, may
from foredesk.tickets.models import ArticleUse, Ticket, TicketArticle
from foredesk.tickets.reuse import links_of, reuse_counts
from foredesk.tickets.states import TicketState
from portal.acting import Typed
from portal.forms import uuid_in
from portal.pages import desk_of
from portal.visits import Visit, visit_of
from portal.words import Words, marked

SETTLED = (TicketState.RESOLVED, TicketState.CLOSED)
USES = (
    (ArticleUse.USED, marked("It helped")),
    (ArticleUse.FLAGGED, marked("Something in it is wrong")),
    (ArticleUse.FIXED, marked("It was wrong, and I have mended it")),
)
KINDS = (
    (ArticleKind.QUESTION, marked("Question and answer")),
    (ArticleKind.HOW_TO, marked("Step by step")),
    (ArticleKind.KNOWN_ERROR, marked("Known error")),
)
AUDIENCES = (
    (Audience.ORGANIZATION, marked("The people of this company")),
    (Audience.PUBLIC, marked("Everybody")),
    (Audience.AGENTS, marked("Agents only")),
)


@dataclass(frozen=True, slots=True)
class Linked:
    """An article of the ticket, and what it was for it in plain words."""

    article: Article
    said: list[str]
    note: str
    can_be_unlinked: bool


async def at_hand(request: Request, ticket: Ticket, typed: Typed, *, works: bool) -> dict[str, Any]:
    """What the page of a ticket shows of articles."""
    visit = visit_of(request)
    found = await _found(request, ticket, typed) if works else FoundArticles()
    links = await links_of(visit.viewer, ticket) if works else []
    seen = [hit.article.id for hit in found.hits]
    drafts = works and ticket.state in SETTLED and not ticket.is_confidential
    return {
        "found": found,
        "reused": await reuse_counts(seen),
        "linked": [_linked(link, visit.words) for link in links],
        "uses": _offered(USES, visit.words),
        "can_link": works and may(visit.viewer, Act.LINK_ARTICLE, ticket),
        "can_draft": drafts and may(visit.viewer, Act.WRITE_ARTICLE),
        "article_kinds": _offered(KINDS, visit.words),
        "article_audiences": _offered(AUDIENCES, visit.words),
    }


async def article_at(request: Request, address: str, field: str) -> Article:
    """The article of an address that was copied. Raises InvalidInput if there is none there."""
    try:
        path = urlsplit(address.strip()).path
    except ValueError:
        path = ""
    slug = unquote(path.rpartition("/")[2])
    article = await article_by_slug(visit_of(request).viewer, slug)
    if article is None:
        raise InvalidInput(field, "There is no article at this address.")
    return article


async def _found(request: Request, ticket: Ticket, typed: Typed) -> FoundArticles:
    """What was looked for, or else what may answer; of a confidential request no word is looked
    up by itself. What was put into the reply stays at hand.
    """
    desk, viewer = desk_of(request), visit_of(request).viewer
    found = FoundArticles()
    if "find" in typed.sent:
        found = await search_articles(
            desk, viewer, text=typed["find"], channel=SearchChannel.TICKET, limit=8
        )
    elif not ticket.is_confidential:
        found = await suggest_articles(
            desk,
            viewer,
            subject=ticket.subject,
            details=ticket.details,
            channel=SearchChannel.TICKET,
        )
    return replace(found, hits=(*await _chosen(visit_of(request), typed, found), *found.hits))


async def _chosen(visit: Visit, typed: Typed, found: FoundArticles) -> Sequence[FoundArticle]:
    """Articles that are ticked and were not found this time."""
    there = {hit.article.id for hit in found.hits}
    ids = {uuid_in(text) for text in typed.sent.fields.get("article", ())}
    missing: list[UUID] = [id for id in ids if id and id not in there]
    articles = await visible_to(visit.viewer).filter(id__in=missing) if missing else []
    return [FoundArticle(article, "") for article in articles]


def _linked(link: TicketArticle, words: Words) -> Linked:
    named = dict(USES) | {ArticleUse.WRITTEN: marked("Written from this ticket")}
    said = [words(named[link.use])] if link.use else []
    said += [words("Sent along")] if link.sent else []
    said += [words("Solved it")] if link.resolved else []
    return Linked(link.article, said, link.note, bool(link.use))


def _offered(pairs: Sequence[tuple[Any, str]], words: Words) -> list[tuple[str, str]]:
    return [(value.value, words(text)) for value, text in pairs]
