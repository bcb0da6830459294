"""Teach: an article that answered a request learns the words the request was asked in."""

from uuid import UUID

from foredesk.desk import Desk
from foredesk.knowledge.learning import learn_question
from foredesk.tickets.models import Ticket, TicketEvent
from foredesk.tickets.states import EventKind


async def teach_articles(desk: Desk, event: TicketEvent) -> None:
    """Add the subject to `asked_as` of every article the request was resolved with."""
    if event.kind is not EventKind.RESOLVED:
        return
    ticket = await Ticket.get(id=event.ticket_id)
    article_ids = event.data.get("article_ids") or []
    assert isinstance(article_ids, list)
    for article_id in article_ids:
        await learn_question(
            desk, article_id=UUID(article_id), text=ticket.subject, ticket_id=ticket.id
        )
