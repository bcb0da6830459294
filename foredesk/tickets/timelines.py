"""Timelines: what happened to many tickets at once, and what each second of their clocks was."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from uuid import UUID

from foredesk.people.viewer import Viewer
from foredesk.sla import ledger
from foredesk.sla.ledger import Ledgers
from foredesk.sla.terms import rulebook_for
from foredesk.tickets.clocks import clock_events
from foredesk.tickets.models import Ticket, TicketEvent
from foredesk.tickets.queries import sees_internal
from foredesk.tickets.states import INTERNAL


async def histories(
    viewer: Viewer, tickets: Iterable[Ticket]
) -> Mapping[UUID, Sequence[TicketEvent]]:
    """By ticket, oldest first; internal entries only for those who serve it.

    Ask only for tickets the viewer may see.
    """
    shown = {ticket.id: sees_internal(viewer, ticket) for ticket in tickets}
    events = await _events(shown)
    return {
        ticket_id: [event for event in found if shown[ticket_id] or event.kind not in INTERNAL]
        for ticket_id, found in events.items()
    }


async def ledgers(ticket_ids: Iterable[UUID], now: datetime) -> Mapping[UUID, Ledgers]:
    """By ticket and clock, every second until now. Ask only for tickets the viewer may see."""
    facts = {id: clock_events(events) for id, events in (await _events(ticket_ids)).items()}
    book = await rulebook_for(facts.values())
    return {ticket_id: ledger.ledgers(events, book, now) for ticket_id, events in facts.items()}


async def _events(ticket_ids: Iterable[UUID]) -> dict[UUID, list[TicketEvent]]:
    found: dict[UUID, list[TicketEvent]] = {ticket_id: [] for ticket_id in ticket_ids}
    for event in await TicketEvent.filter(ticket_id__in=list(found)).order_by("sequence"):
        found[event.ticket_id].append(event)
    return found
