"""Articles of a ticket: what was sent with a reply, and what it was resolved with."""

from collections.abc import Iterable
from uuid import UUID

from foredesk.desk import Desk
from foredesk.errors import InvalidInput, NotFound
from foredesk.knowledge import queries as knowledge
from foredesk.people.viewer import Viewer
from foredesk.tickets.models import Ticket, TicketArticle

AT_MOST = 20


async def link_articles(
    desk: Desk, viewer: Viewer, ticket: Ticket, article_ids: Iterable[UUID], *, resolved: bool
) -> list[str]:
    """Tie articles to the ticket, in the caller's transaction; their ids as the event keeps them.

    Raises NotFound for one that the viewer may not see, InvalidInput for more than 20.
    """
    wanted = list(dict.fromkeys(article_ids))
    if len(wanted) > AT_MOST:
        raise InvalidInput("articleIds", f"Name at most {AT_MOST} articles.")
    found = await knowledge.visible_to(viewer).filter(id__in=wanted).count() if wanted else 0
    if found != len(wanted):
        raise NotFound("articleIds")
    for article_id in wanted:
        link, _ = await TicketArticle.get_or_create(
            ticket_id=ticket.id,
            article_id=article_id,
            defaults={"resolved": resolved, "linked_at": desk.now()},
        )
        if resolved and not link.resolved:
            await TicketArticle.filter(id=link.id).update(resolved=True)
    return [str(article_id) for article_id in wanted]
