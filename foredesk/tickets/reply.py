"""Reply: what people say to one another about a request."""

from collections.abc import Iterable
from uuid import UUID

from foredesk.desk import Desk
from foredesk.errors import InvalidInput
from foredesk.people.idempotency import Once
from foredesk.people.policy import Act
from foredesk.people.viewer import Viewer
from foredesk.text import readable
from foredesk.tickets.articles import link_articles
from foredesk.tickets.change import changing
from foredesk.tickets.models import Ticket
from foredesk.tickets.states import EventKind
from foredesk.tickets.transition import check_transition

BODY_LIMIT = 50_000


async def add_reply(
    desk: Desk,
    viewer: Viewer,
    *,
    ticket_id: UUID,
    body: str,
    waits_for_requester: bool = False,
    article_ids: Iterable[UUID] = (),
    expected_version: int | None = None,
    once: Once | None = None,
) -> Ticket:
    """Write to the other side. An agent's question makes the request wait for its requester.

    The requester's own reply ends the waiting, and puts off the closing of a resolved request.

    Raises InvalidInput for a blank or unreadable body, or a requester who waits for themselves;
    NotFound for an article; PluginRejection; and what `changing` raises.
    """
    body = _body(body)
    if waits_for_requester:
        await check_transition(desk, viewer, ticket_id, "waiting")
    async with changing(
        desk, viewer, ticket_id, Act.REPLY, expected_version=expected_version, once=once
    ) as change:
        from_requester = change.ticket.requester_id == viewer.person_id
        if from_requester and waits_for_requester:
            raise InvalidInput("waitsForRequester", "Only the help desk can wait for an answer.")
        articles = await link_articles(desk, viewer, change.ticket, article_ids, resolved=False)
        change.append(
            EventKind.REPLIED,
            body=body,
            from_requester=from_requester,
            waits_for_requester=waits_for_requester,
            article_ids=articles,
            close_after_days=desk.settings.close_after_days,
        )
    return change.ticket


async def add_internal_note(
    desk: Desk,
    viewer: Viewer,
    *,
    ticket_id: UUID,
    body: str,
    expected_version: int | None = None,
    once: Once | None = None,
) -> Ticket:
    """Write something down that only agents see.

    Raises InvalidInput for a blank or unreadable body, and what `changing` raises.
    """
    body = _body(body)
    async with changing(
        desk, viewer, ticket_id, Act.NOTE, expected_version=expected_version, once=once
    ) as change:
        change.append(EventKind.NOTED, body=body)
    return change.ticket


def _body(body: str) -> str:
    body = readable("body", body, limit=BODY_LIMIT)
    if not body:
        raise InvalidInput("body", "Write something first.")
    return body
