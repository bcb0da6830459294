"""Move: a request that was another person's, or another organization's."""

from copy import copy
from typing import Any
from uuid import UUID

from foredesk.catalog.models import Service
from foredesk.desk import Desk
from foredesk.errors import InvalidInput, NotFound
from foredesk.people.idempotency import Once
from foredesk.people.models import Person, TeamCustomer
from foredesk.people.policy import Act, require
from foredesk.people.queries import visible_people
from foredesk.people.viewer import Viewer
from foredesk.text import readable
from foredesk.tickets.agreement import choose_agreement, suggest_policy
from foredesk.tickets.change import changing
from foredesk.tickets.facts import facts_of
from foredesk.tickets.models import Ticket
from foredesk.tickets.queries import visible_to
from foredesk.tickets.states import EventKind

REASON_LIMIT = 2_000


async def move_ticket(
    desk: Desk,
    viewer: Viewer,
    *,
    ticket_id: UUID,
    requester_id: UUID,
    reason: str = "",
    expected_version: int | None = None,
    once: Once | None = None,
) -> Ticket:
    """Give the request to the person it is really for, with all that was said in it: from now on
    they see it, and the one before does not.

    In another organization its team and agent keep it only if the team serves there, and its
    service only if it is offered there. The agreement is chosen anew.

    Raises NotFound for a person the viewer may not see, NotPermitted where they do not serve that
    person's organization; InvalidInput for whom it belongs to already, for another organization
    while other requests are merged into it, and for one that its confidential team does not
    serve; and what `changing` raises.
    """
    reason = readable("reason", reason, limit=REASON_LIMIT)
    person = await visible_people(viewer).get_or_none(id=requester_id, is_active=True)
    if person is None:
        raise NotFound("requesterId")
    require(viewer, Act.RECORD_FOR_OTHERS, person)
    found = await visible_to(viewer).get_or_none(id=ticket_id)
    if found is None:
        raise NotFound("ticketId")
    moved = await _moved(found, person)
    policy = await suggest_policy(desk, moved, await facts_of(moved))
    async with changing(
        desk, viewer, ticket_id, Act.MOVE, expected_version=expected_version, once=once
    ) as change:
        ticket = change.ticket
        await _check(ticket, person)
        there = await _moved(ticket, person)
        change.append(EventKind.MOVED, **_told(ticket, there), reason=reason)
        await choose_agreement(change, policy)
    return change.ticket


async def _moved(ticket: Ticket, person: Person) -> Ticket:
    """What it will be."""
    there = copy(ticket)
    there.requester_id, there.organization_id = person.id, person.organization_id
    if ticket.organization_id == person.organization_id:
        return there
    if ticket.service_id is not None:
        service = await Service.get(id=ticket.service_id)
        if service.organization_id not in (None, person.organization_id):
            there.service_id = None
    if not await _serves(ticket.team_id, person.organization_id):
        there.team_id = there.assignee_id = None
    return there


async def _check(ticket: Ticket, person: Person) -> None:
    stays = ticket.organization_id == person.organization_id
    if stays and ticket.requester_id == person.id:
        raise InvalidInput("requesterId", "The request is this person's already.")
    if not stays and ticket.merged_count:
        raise InvalidInput("requesterId", "Other requests are merged into it. Take them out first.")
    if ticket.is_confidential and not await _serves(ticket.team_id, person.organization_id):
        raise InvalidInput(
            "requesterId",
            "The confidential team that has it does not serve their organization. "
            "Give it to another team first.",
        )


async def _serves(team_id: UUID | None, organization_id: UUID) -> bool:
    return await TeamCustomer.exists(team_id=team_id, organization_id=organization_id)


def _told(ticket: Ticket, there: Ticket) -> dict[str, Any]:
    """As the event keeps it: where it is now, and where it was."""
    now = ("requester_id", "organization_id", "service_id", "team_id", "assignee_id")
    before = ("requester_id", "organization_id")
    return {name: _text(getattr(there, name)) for name in now} | {
        f"from_{name}": _text(getattr(ticket, name)) for name in before
    }


def _text(id: UUID | None) -> str | None:
    return str(id) if id else None
