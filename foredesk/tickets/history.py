"""History: what an organization's requests were about, as people said it, for plugins to learn."""

from collections.abc import Sequence
from uuid import UUID

from foredesk.hooks import ClassifiedTicket
from foredesk.tickets.models import Ticket, TicketEvent
from foredesk.tickets.states import EventKind

_BATCH = 500


async def classified_tickets(organization_id: UUID, limit: int) -> Sequence[ClassifiedTicket]:
    """The newest that a person or an import put into a category, or whose requester confirmed.

    What a plugin guessed and nobody ever looked at teaches nothing, and what a confidential team
    has teaches nobody.
    """
    found: list[ClassifiedTicket] = []
    offset = 0
    while len(found) < limit:
        batch = (
            await Ticket.filter(
                organization_id=organization_id, category__isnull=False, is_confidential=False
            )
            .order_by("-opened_at", "-id")
            .offset(offset)
            .limit(_BATCH)
        )
        by_person = await _decided_by_people([ticket.id for ticket in batch])
        found += [
            ClassifiedTicket(f"{ticket.subject}\n{ticket.details}", ticket.category or "")
            for ticket in batch
            if ticket.id in by_person or ticket.confirmed_at is not None
        ]
        if len(batch) < _BATCH:
            break
        offset += _BATCH
    return found[:limit]


async def _decided_by_people(ticket_ids: Sequence[UUID]) -> set[UUID]:
    """Those whose last classification was a person's or came with an import."""
    if not ticket_ids:
        return set()
    events = await TicketEvent.filter(
        ticket_id__in=list(ticket_ids), kind=EventKind.CLASSIFIED
    ).order_by("sequence")
    decided_by = {event.ticket_id: str(event.data["decided_by"]) for event in events}
    return {id_ for id_, by in decided_by.items() if not by.startswith(("plugin:", "default"))}
