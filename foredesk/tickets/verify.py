"""Verify: what is stored of a ticket is what its events say."""

from dataclasses import dataclass

from foredesk.sla.clocks import differing_clocks
from foredesk.sla.due_at import due_at
from foredesk.sla.models import TicketClock
from foredesk.tickets.clocks import clock_events
from foredesk.tickets.models import Ticket, TicketEvent
from foredesk.tickets.projection import PROJECTED, rebuild


@dataclass(frozen=True, slots=True)
class Difference:
    """A column or clock that is not what the events lead to."""

    ticket_number: int
    what: str
    stored: object
    rebuilt: object


async def differences(ticket: Ticket) -> list[Difference]:
    """Everything that a rebuild would change; empty, always."""
    events = await TicketEvent.filter(ticket_id=ticket.id).order_by("sequence")
    rebuilt = rebuild(events)
    columns = [
        Difference(ticket.number, name, getattr(ticket, name), getattr(rebuilt, name))
        for name in ("number", *PROJECTED)
        if getattr(ticket, name) != getattr(rebuilt, name)
    ]
    due = due_at(await TicketClock.filter(ticket_id=ticket.id))
    if ticket.due_at != due:
        columns.append(Difference(ticket.number, "due_at", ticket.due_at, due))
    clocks = await differing_clocks(ticket.id, clock_events(events))
    return columns + [
        Difference(ticket.number, f"clock {name}, cycle {cycle}", "", "") for name, cycle in clocks
    ]
