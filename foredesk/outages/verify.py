"""Verify: what is stored of a report is what its ticket's events say."""

from foredesk.outages.models import OutageReport
from foredesk.outages.moves import MOVES
from foredesk.outages.projection import PROJECTED, rebuild
from foredesk.tickets.models import Ticket, TicketEvent
from foredesk.tickets.verify import Difference


async def report_differences(ticket: Ticket) -> list[Difference]:
    """Everything that a rebuild of its report would change; empty, always."""
    kinds = [kind.value for kind in MOVES]
    events = await TicketEvent.filter(ticket_id=ticket.id, kind__in=kinds).order_by("sequence")
    rebuilt, stored = rebuild(events), await OutageReport.get_or_none(ticket_id=ticket.id)
    if rebuilt is None or stored is None:
        same = rebuilt is None and stored is None
        return [] if same else [Difference(ticket.number, "outage report", stored, rebuilt)]
    return [
        Difference(ticket.number, f"outage report {name}", getattr(stored, name), expected)
        for name in PROJECTED
        if getattr(stored, name) != (expected := getattr(rebuilt, name))
    ]
