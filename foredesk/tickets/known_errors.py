"""Known errors: who waits because of one is told what helps until it is mended, once."""

from functools import partial
from uuid import UUID

from foredesk.desk import Desk
from foredesk.each import each
from foredesk.knowledge.known_errors import (
    digest_of,
    is_known_error,
    known_error,
    workaround_of,
)
from foredesk.knowledge.models import Article
from foredesk.knowledge.queries import published_for
from foredesk.people.models import Person
from foredesk.people.policy import Act
from foredesk.people.viewer import SYSTEM, viewer_of
from foredesk.tickets.change import Change, changing
from foredesk.tickets.models import ArticleUse, TicketArticle, TicketEvent
from foredesk.tickets.states import EventKind, TicketState

UNSOLVED = (TicketState.OPEN, TicketState.WAITING)


async def push_known_error(desk: Desk, article_id: UUID) -> None:
    """Handler of `push_known_error`: tell the requesters of all open tickets that are linked to
    it. Repeating it tells nobody twice.
    """
    article = await known_error(article_id)
    if article is None:
        return
    links = TicketArticle.filter(
        article_id=article_id,
        ticket__state__in=[state.value for state in UNSOLVED],
        ticket__merged_into_id__isnull=True,
        use__in=[use.value for use in ArticleUse if use is not ArticleUse.FLAGGED],
    )
    waiting = await links.order_by("linked_at", "id").values_list("ticket_id", flat=True)
    await each("Telling of a known error", waiting, partial(_tell, desk, article))


async def _tell(desk: Desk, article: Article, ticket_id: UUID) -> None:
    async with changing(desk, SYSTEM, ticket_id, Act.LINK_ARTICLE) as change:
        await tell_known_error(change, article)


async def tell_known_error(change: Change, article: Article) -> None:
    """In the caller's transaction, if the article is a published known error that the requester
    may read, the ticket waits for it, and they were not told the same before.
    """
    ticket = change.ticket
    if not is_known_error(article) or ticket.state not in UNSOLVED or ticket.merged_into_id:
        return
    workaround = await workaround_of(article)
    digest = digest_of(workaround)
    if await _was_told(ticket.id, article.id, digest):
        return
    requester = await viewer_of(await Person.get(id=ticket.requester_id))
    if not await published_for(requester).filter(id=article.id).exists():
        return
    change.append(
        EventKind.KNOWN_ERROR_TOLD,
        article_ids=[str(article.id)],
        article_version=article.version,
        title=article.title,
        slug=article.slug,
        workaround=workaround,
        digest=digest,
    )


async def _was_told(ticket_id: UUID, article_id: UUID, digest: str) -> bool:
    """The last that they were told of this article: what it said before it said this is no news
    either, but what it says again after something else is."""
    told = TicketEvent.filter(ticket_id=ticket_id, kind=EventKind.KNOWN_ERROR_TOLD)
    for event in await told.order_by("-sequence"):
        if event.data["article_ids"] == [str(article_id)]:
            return event.data["digest"] == digest
    return False
