"""Resolve: say what was done about it, and wait for the requester to agree."""

from collections.abc import Iterable
from uuid import UUID

from foredesk.desk import Desk
from foredesk.errors import InvalidInput
from foredesk.people.idempotency import Once
from foredesk.people.policy import Act
from foredesk.people.viewer import Viewer
from foredesk.text import readable
from foredesk.tickets.articles import tie_articles
from foredesk.tickets.change import changing
from foredesk.tickets.models import Ticket
from foredesk.tickets.states import EventKind
from foredesk.tickets.transition import check_transition

RESOLUTION_LIMIT = 50_000


async def resolve_ticket(
    desk: Desk,
    viewer: Viewer,
    *,
    ticket_id: UUID,
    resolution: str,
    article_ids: Iterable[UUID] = (),
    expected_version: int | None = None,
    once: Once | None = None,
) -> Ticket:
    """Resolve the request, with the articles that answered it: they learn the question.

    Raises InvalidInput for a blank or unreadable resolution, NotFound for an article,
    PluginRejection, and what `changing` raises.
    """
    resolution = readable("resolution", resolution, limit=RESOLUTION_LIMIT)
    if not resolution:
        raise InvalidInput("resolution", "Say what was done, in words the requester understands.")
    await check_transition(desk, viewer, ticket_id, "resolved")
    async with changing(
        desk, viewer, ticket_id, Act.RESOLVE, expected_version=expected_version, once=once
    ) as change:
        articles = await tie_articles(desk, viewer, change.ticket, article_ids, resolved=True)
        change.append(
            EventKind.RESOLVED,
            resolution=resolution,
            article_ids=articles,
            close_after_days=desk.settings.close_after_days,
        )
    return change.ticket
