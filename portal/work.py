"""What an agent does with one ticket: take it, answer, estimate, ask back, resolve."""

from datetime import datetime
from functools import partial
from uuid import UUID

from starlette.requests import Request
from starlette.responses import Response

from foredesk.errors import InvalidInput
from foredesk.sla.priority import Impact, Urgency
from foredesk.tickets.assign import assign_ticket
from foredesk.tickets.classify import classify_ticket
from foredesk.tickets.escalate import escalate_ticket
from foredesk.tickets.estimate import set_estimated_repair
from foredesk.tickets.models import Ticket, TicketKind
from foredesk.tickets.reply import add_internal_note, add_reply
from foredesk.tickets.resolve import resolve_ticket
from portal.acting import NOTHING_TYPED, act, ticket_of, version_of
from portal.answers import article_at
from portal.forms import Form, choice_of, id_chosen, uuid_in
from portal.pages import desk_of
from portal.visits import visit_of
from portal.workplace import workplace


async def show(request: Request) -> Response:
    return await workplace(request, await ticket_of(request), NOTHING_TYPED)


async def take(request: Request, sent: Form) -> Response:
    return await _act(request, sent, field="", action=_take)


async def assign(request: Request, sent: Form) -> Response:
    return await _act(request, sent, field="assignee", action=_assign)


async def reply(request: Request, sent: Form) -> Response:
    return await _act(request, sent, field="body", action=_reply)


async def note(request: Request, sent: Form) -> Response:
    return await _act(request, sent, field="note", action=_note)


async def estimate(request: Request, sent: Form) -> Response:
    return await _act(request, sent, field="at", action=_estimate)


async def classify(request: Request, sent: Form) -> Response:
    return await _act(request, sent, field="category", action=_classify)


async def escalate(request: Request, sent: Form) -> Response:
    return await _act(request, sent, field="reason", action=_escalate)


async def resolve(request: Request, sent: Form) -> Response:
    return await _act(request, sent, field="resolution", action=_resolve)


async def _take(request: Request, ticket: Ticket, sent: Form) -> None:
    viewer = visit_of(request).viewer
    await assign_ticket(
        desk_of(request),
        viewer,
        ticket_id=ticket.id,
        team_id=ticket.team_id if ticket.team_id in viewer.team_ids else None,
        assignee_id=viewer.person_id,
    )


async def _assign(request: Request, ticket: Ticket, sent: Form) -> None:
    viewer, assignee = visit_of(request).viewer, id_chosen(sent, "assignee")
    await assign_ticket(desk_of(request), viewer, ticket_id=ticket.id, assignee_id=assignee)


async def _reply(request: Request, ticket: Ticket, sent: Form) -> None:
    await add_reply(
        desk_of(request),
        visit_of(request).viewer,
        ticket_id=ticket.id,
        body=sent["body"],
        waits_for_requester="waits" in sent,
        also_to_merged="alsoToMerged" in sent,
        article_ids=await _articles(request, sent, "reply-article"),
        expected_version=version_of(sent),
    )


async def _note(request: Request, ticket: Ticket, sent: Form) -> None:
    await add_internal_note(
        desk_of(request),
        visit_of(request).viewer,
        ticket_id=ticket.id,
        body=sent["note"],
        expected_version=version_of(sent),
    )


async def _estimate(request: Request, ticket: Ticket, sent: Form) -> None:
    at, latest = moment(request, sent, "at"), None
    if "latestAt" in sent:
        latest = moment(request, sent, "latestAt")
    await set_estimated_repair(
        desk_of(request),
        visit_of(request).viewer,
        ticket_id=ticket.id,
        at=at,
        latest_at=latest,
        reason=sent["whyThen"],
    )


def moment(request: Request, sent: Form, name: str) -> datetime:
    """What was chosen, by the agent's clock. Raises InvalidInput."""
    zone = visit_of(request).words.zone
    try:
        return datetime.fromisoformat(sent[name]).replace(tzinfo=zone)
    except ValueError as problem:
        raise InvalidInput(name, "Choose a day and a time.") from problem


async def _classify(request: Request, ticket: Ticket, sent: Form) -> None:
    await classify_ticket(
        desk_of(request),
        visit_of(request).viewer,
        ticket_id=ticket.id,
        kind=choice_of(sent, "kind", TicketKind),
        category=sent["category"].strip() or None,
        impact=choice_of(sent, "impact", Impact),
        urgency=choice_of(sent, "urgency", Urgency),
        service_id=ticket.service_id,
    )


async def _escalate(request: Request, ticket: Ticket, sent: Form) -> None:
    await escalate_ticket(
        desk_of(request),
        visit_of(request).viewer,
        ticket_id=ticket.id,
        reason=sent["reason"],
        team_id=id_chosen(sent, "team"),
    )


async def _resolve(request: Request, ticket: Ticket, sent: Form) -> None:
    await resolve_ticket(
        desk_of(request),
        visit_of(request).viewer,
        ticket_id=ticket.id,
        resolution=sent["resolution"],
        article_ids=await _articles(request, sent, "resolve-article"),
    )


async def _articles(request: Request, sent: Form, another: str) -> list[UUID]:
    """The chosen ones, and one more by its address. Raises InvalidInput if there is none there."""
    found = [uuid_in(text) for text in sent.fields.get("article", ())]
    chosen = [article_id for article_id in found if article_id]
    if another not in sent:
        return chosen
    return [*chosen, (await article_at(request, sent[another], another)).id]


_act = partial(act, show=workplace, back="/board")
