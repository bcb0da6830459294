"""Teach: an article that answered a request learns the words the request was asked in."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from typing import Any
from uuid import UUID

from tortoise.expressions import Q

from foredesk.desk import Desk
from foredesk.knowledge.learning import forget_questions, learn_question
from foredesk.knowledge.models import ArticleQuestion
from foredesk.people.viewer import Viewer
from foredesk.tickets.models import ArticleUse, Ticket, TicketArticle, TicketEvent
from foredesk.tickets.queries import visible_to
from foredesk.tickets.states import EventKind, TicketState

_SETTLED = (TicketState.RESOLVED, TicketState.CLOSED)
_ANSWERED = Q(use__in=[ArticleUse.USED.value, ArticleUse.FIXED.value, ArticleUse.WRITTEN.value])


async def teach_articles(desk: Desk, event: TicketEvent) -> None:
    """Add the subject to `asked_as` of each article that answered, as long as the solution holds:
    of those that the solution names and those that were linked as used.

    Everybody who searches finds by it: what a confidential team had is taught to nobody.
    """
    ticket = await Ticket.get(id=event.ticket_id)
    if ticket.state not in _SETTLED or ticket.is_confidential:
        return
    links = TicketArticle.filter(_ANSWERED, ticket_id=ticket.id)
    if event.kind is not EventKind.RESOLVED:
        links = links.filter(article_id__in=_named(event))
    linked = [link.article_id for link in await links.order_by("linked_at", "id")]
    named = _named(event) if event.kind is EventKind.RESOLVED else []
    for article_id in dict.fromkeys([*named, *linked]):
        await learn_question(desk, article_id=article_id, text=ticket.subject, ticket_id=ticket.id)


async def unteach_articles(desk: Desk, event: TicketEvent) -> None:
    """Take the subject back: the solution did not hold, so the article may not answer it."""
    latest = (
        await TicketEvent.filter(ticket_id=event.ticket_id, kind=EventKind.RESOLVED)
        .order_by("-sequence")
        .first()
    )
    if latest is not None and latest.sequence < event.sequence:
        await forget_questions(desk, ticket_id=event.ticket_id)


async def unteach_article(desk: Desk, event: TicketEvent) -> None:
    """Take the subject back from an article that was linked by mistake."""
    for article_id in _named(event):
        said = TicketArticle.filter(_ANSWERED, ticket_id=event.ticket_id, article_id=article_id)
        resolved = TicketArticle.filter(
            ticket_id=event.ticket_id, article_id=article_id, resolved=True
        )
        if not await said.exists() and not await resolved.exists():
            await forget_questions(desk, ticket_id=event.ticket_id, article_id=article_id)


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


def _named(event: TicketEvent) -> list[UUID]:
    ids: Any = event.data.get("article_ids") or []
    return [UUID(id) for id in ids]
