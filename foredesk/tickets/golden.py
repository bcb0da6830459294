"""Golden: what somebody asked in a request becomes a question that must stay answered."""

from uuid import UUID

from foredesk.desk import Desk
from foredesk.errors import NotFound
from foredesk.knowledge.golden import USUAL_PLACES, add_golden_query
from foredesk.knowledge.search_models import GoldenQuery
from foredesk.people.idempotency import Once
from foredesk.people.policy import handles
from foredesk.people.viewer import Viewer
from foredesk.tickets.queries import visible_to


async def keep_ticket_as_golden(
    desk: Desk,
    viewer: Viewer,
    *,
    ticket_id: UUID,
    article_id: UUID,
    text: str = "",
    within: int = USUAL_PLACES,
    is_binding: bool = False,
    once: Once | None = None,
) -> GoldenQuery:
    """Keep the subject, or other words, with the article that answers it, as asked by the
    request's organization. What a confidential team has is kept by nobody.

    Raises NotFound, and whatever `add_golden_query` does.
    """
    ticket = await visible_to(viewer).filter(id=ticket_id).first()
    if ticket is None or ticket.is_confidential or not handles(viewer, ticket):
        raise NotFound("ticketId")
    return await add_golden_query(
        desk,
        viewer,
        text=text or ticket.subject,
        article_id=article_id,
        organization_id=ticket.organization_id,
        within=within,
        is_binding=is_binding,
        ticket_id=ticket.id,
        once=once,
    )
