"""Teach: an article that answered a request learns the words the request was asked in."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from uuid import UUID

from foredesk.desk import Desk
from foredesk.knowledge.learning import forget_questions, learn_question
from foredesk.knowledge.models import ArticleQuestion
from foredesk.people.viewer import Viewer
from foredesk.tickets.models import Ticket, TicketEvent
from foredesk.tickets.queries import visible_to
from foredesk.tickets.states import EventKind, TicketState

_SETTLED = (TicketState.RESOLVED, TicketState.CLOSED)


async def teach_articles(desk: Desk, event: TicketEvent) -> None:
    """Add the subject to `asked_as` of each article, as long as the solution holds.

    Everybody who searches finds by it: what a confidential team had is taught to nobody.
    """
    ticket = await Ticket.get(id=event.ticket_id)
    is_settled = event.kind is EventKind.RESOLVED and ticket.state in _SETTLED
    if not is_settled or ticket.is_confidential:
        return
    article_ids = event.data.get("article_ids") or []
    assert isinstance(article_ids, list)
    for article_id in article_ids:
        await learn_question(
            desk, article_id=UUID(article_id), text=ticket.subject, ticket_id=ticket.id
        )


async def unteach_articles(desk: Desk, event: TicketEvent) -> None:
    """Take the subject back: the solution did not hold, so the article may not answer it."""
    latest = (
        await TicketEvent.filter(ticket_id=event.ticket_id, kind=EventKind.RESOLVED)
        .order_by("-sequence")
        .first()
    )
    if latest is not None and latest.sequence < event.sequence:
        await forget_questions(desk, ticket_id=event.ticket_id)


async def questions_of(viewer: Viewer, article_ids: Sequence[UUID]) -> Mapping[UUID, list[str]]:
    """By article, how it was asked for, oldest first: for agents, in requests that they may see."""
    found: dict[UUID, list[str]] = defaultdict(list)
    if not viewer.is_agent:
        return found
    questions = await ArticleQuestion.filter(article_id__in=list(article_ids)).order_by("at", "id")
    wanted = {question.ticket_id for question in questions}
    rows = await visible_to(viewer).filter(id__in=list(wanted)).only("id") if wanted else []
    visible = {row.id for row in rows}
    for question in questions:
        if question.ticket_id in visible:
            found[question.article_id].append(question.text)
    return found
