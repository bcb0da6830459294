"""Joined: the tickets that a ticket leads to, and what may be done about it."""

from dataclasses import dataclass
from typing import Any

from foredesk.people.policy import Act, may
from foredesk.people.viewer import Viewer
from foredesk.tickets.models import Ticket
from foredesk.tickets.queries import history_of, visible_to
from foredesk.tickets.states import EventKind, TicketState, WaitingFor
from portal import labels
from portal.visits import Visit

PARTS_AT_MOST = 20
MESSAGE_LENGTH = 60


@dataclass(frozen=True, slots=True)
class Joined:
    """Other tickets that a ticket leads to, those the viewer may see."""

    into: Ticket | None
    merged: list[Ticket]
    whole: Ticket | None
    parts: list[Ticket]


async def joined(viewer: Viewer, ticket: Ticket) -> Joined:
    seen = visible_to(viewer)
    parts = await seen.filter(split_from_id=ticket.id).order_by("opened_at", "id")
    merged = await seen.filter(merged_into_id=ticket.id).order_by("opened_at", "id")
    return Joined(
        await seen.get_or_none(id=ticket.merged_into_id) if ticket.merged_into_id else None,
        merged[:PARTS_AT_MOST],
        await seen.get_or_none(id=ticket.split_from_id) if ticket.split_from_id else None,
        parts[:PARTS_AT_MOST],
    )


async def choices(visit: Visit, ticket: Ticket) -> dict[str, Any]:
    """What the page of a ticket offers of these acts."""
    is_merged = ticket.merged_into_id is not None
    messages = history_of(visit.viewer, ticket).filter(kind=EventKind.REPLIED)
    return {
        "joined": await joined(visit.viewer, ticket),
        "is_merged": is_merged,
        "waits": ticket.state is TicketState.WAITING,
        "waiting": labels.waiting_for(ticket.waiting_for, visit.words),
        "can_move": not is_merged and may(visit.viewer, Act.MOVE, ticket),
        "can_merge": not is_merged and ticket.state is not TicketState.CLOSED,
        "reasons": [(one.value, labels.waiting_for(one, visit.words)) for one in WaitingFor],
        "messages": [
            (message.sequence, str(message.data["body"])[:MESSAGE_LENGTH])
            for message in await messages.order_by("-sequence").limit(PARTS_AT_MOST)
        ],
    }
