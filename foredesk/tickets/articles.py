"""Articles of a ticket: what was sent with a reply, what it was resolved with, what was linked."""

from collections.abc import Iterable
from uuid import UUID

from foredesk.desk import Desk
from foredesk.errors import InvalidInput, NotFound
from foredesk.knowledge import queries as knowledge
from foredesk.knowledge.models import Article
from foredesk.people.idempotency import Once
from foredesk.people.policy import Act
from foredesk.people.viewer import Viewer
from foredesk.text import readable
from foredesk.tickets.change import Change, changing
from foredesk.tickets.known_errors import tell_known_error
from foredesk.tickets.models import ArticleUse, Ticket, TicketArticle
from foredesk.tickets.states import EventKind

AT_MOST = 20
NOTE_LIMIT = 2_000


async def link_article(
    desk: Desk,
    viewer: Viewer,
    *,
    ticket_id: UUID,
    article_id: UUID,
    use: ArticleUse = ArticleUse.USED,
    note: str = "",
    expected_version: int | None = None,
    once: Once | None = None,
) -> Ticket:
    """Say what an article was for the request: it was used, it is wrong (the note says what), or
    it was wrong and has been fixed. What is said last counts.

    Whoever answers for the article hears of a flag. If it is a known error, the requester is told.

    Raises NotFound for an article that the viewer may not see; InvalidInput for a flag that does
    not say what is wrong, for a note that can't be kept, for more than 20 articles, and for
    `WRITTEN`, which drafting it says; and what `changing` raises.
    """
    note = readable("note", note, limit=NOTE_LIMIT)
    if use is ArticleUse.FLAGGED and not note:
        raise InvalidInput("note", "Say what is wrong, so that somebody can mend it.")
    if use is ArticleUse.WRITTEN:
        raise InvalidInput("use", "Draft an article from the request instead.")
    async with changing(
        desk, viewer, ticket_id, Act.LINK_ARTICLE, expected_version=expected_version, once=once
    ) as change:
        article = await knowledge.visible_to(viewer).get_or_none(id=article_id)
        if article is None:
            raise NotFound("articleId")
        await note_use(change, article, use, note)
        if use is not ArticleUse.FLAGGED:
            await tell_known_error(change, article)
    return change.ticket


async def unlink_article(
    desk: Desk,
    viewer: Viewer,
    *,
    ticket_id: UUID,
    article_id: UUID,
    expected_version: int | None = None,
    once: Once | None = None,
) -> Ticket:
    """Take back what was said of an article. That it was sent, or resolved the request, stays.

    Raises NotFound for one that is not linked, and what `changing` raises.
    """
    async with changing(
        desk, viewer, ticket_id, Act.LINK_ARTICLE, expected_version=expected_version, once=once
    ) as change:
        link = await TicketArticle.get_or_none(
            ticket_id=ticket_id, article_id=article_id, use__not_isnull=True
        )
        if link is None:
            raise NotFound("articleId")
        change.append(EventKind.ARTICLE_UNLINKED, article_ids=[str(article_id)])
        if link.sent or link.resolved:
            link.use, link.note, link.article_version = None, "", None  # type: ignore[assignment]
            await link.save(update_fields=["use", "note", "article_version"])
        else:
            await link.delete()
    return change.ticket


async def note_use(change: Change, article: Article, use: ArticleUse, note: str = "") -> None:
    """In the caller's transaction."""
    ticket = change.ticket
    link = await TicketArticle.get_or_none(ticket_id=ticket.id, article_id=article.id)
    if link is None:
        if await TicketArticle.filter(ticket_id=ticket.id).count() >= AT_MOST:
            raise InvalidInput("articleId", f"Link at most {AT_MOST} articles.")
        link = TicketArticle(
            ticket_id=ticket.id, article_id=article.id, linked_at=change.desk.now()
        )
    change.append(
        EventKind.ARTICLE_LINKED,
        article_ids=[str(article.id)],
        use=use,
        note=note,
        article_version=article.version,
    )
    link.use, link.note, link.article_version = use, note, article.version
    await link.save()


async def tie_articles(
    desk: Desk, viewer: Viewer, ticket: Ticket, article_ids: Iterable[UUID], *, resolved: bool
) -> list[str]:
    """Note what a reply takes along, or a solution names, in the caller's transaction; the ids as
    the event keeps them.

    Raises NotFound for one that the viewer may not see, InvalidInput for more than 20.
    """
    wanted = list(dict.fromkeys(article_ids))
    if len(wanted) > AT_MOST:
        raise InvalidInput("articleIds", f"Name at most {AT_MOST} articles.")
    found = await knowledge.visible_to(viewer).filter(id__in=wanted).count() if wanted else 0
    if found != len(wanted):
        raise NotFound("articleIds")
    so = {"resolved": True} if resolved else {"sent": True}
    for article_id in wanted:
        link, is_new = await TicketArticle.get_or_create(
            ticket_id=ticket.id,
            article_id=article_id,
            defaults={**so, "linked_at": desk.now()},
        )
        if not is_new:
            await TicketArticle.filter(id=link.id).update(**so)
    return [str(article_id) for article_id in wanted]
