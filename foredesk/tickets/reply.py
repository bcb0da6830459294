"""Reply: what people say to one another about a request."""

from collections.abc import Iterable
from typing import Any
from uuid import UUID

from foredesk.desk import Desk
from foredesk.errors import InvalidInput
from foredesk.people.idempotency import Once
from foredesk.people.policy import Act
from foredesk.people.viewer import Viewer
from foredesk.text import readable
from foredesk.tickets.articles import tie_articles
from foredesk.tickets.change import changing, check_not_merged
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
    also_to_merged: bool = False,
    expected_version: int | None = None,
    once: Once | None = None,
) -> Ticket:
    """Write to the other side. An agent's question makes the request wait for its requester.

    The requester's own reply ends the waiting for them, and puts off the closing of a resolved
    request. To one that is merged only its requester writes: it is passed on to those who have the
    other one. `also_to_merged` passes an agent's reply on to the requesters of merged requests.

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
        if not from_requester:
            check_not_merged(change.ticket)
        if from_requester and waits_for_requester:
            raise InvalidInput("waitsForRequester", "Only the help desk can wait for an answer.")
        told: dict[str, Any] = {}
        if also_to_merged and not from_requester:
            told = {"also_to_merged": True}
        articles = await tie_articles(desk, viewer, change.ticket, article_ids, resolved=False)
        change.append(
            EventKind.REPLIED,
            body=body,
            from_requester=from_requester,
            waits_for_requester=waits_for_requester,
            article_ids=articles,
            close_after_days=desk.settings.close_after_days,
            **told,
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
