"""What a viewer may read of the clocks of tickets that they see."""

from collections.abc import Mapping, Sequence
from uuid import UUID

from tortoise.expressions import Q
from tortoise.queryset import QuerySet

from foredesk.people.viewer import Viewer
from foredesk.sla.models import TicketClock
from foredesk.tickets.queries import handled_by


def visible_clocks(viewer: Viewer) -> QuerySet[TicketClock]:
    """The last cycle of each clock; what a team is measured by only where they handle the ticket.

    Whoever may see a ticket may see the other clocks: ask for no others'.
    """
    current = TicketClock.filter(is_current=True)
    if viewer.is_system:
        return current
    seen = Q(is_operational=False)
    if viewer.is_agent:
        seen |= handled_by(viewer, "ticket__")
    return current.filter(seen)


async def finished_cycles(ticket_ids: Sequence[UUID]) -> Mapping[UUID, Sequence[TicketClock]]:
    """By ticket, all cycles but the last of each clock, oldest first. Show those of a clock only
    to whom the clock is shown.
    """
    found: dict[UUID, list[TicketClock]] = {ticket_id: [] for ticket_id in ticket_ids}
    cycles = TicketClock.filter(ticket_id__in=list(ticket_ids), is_current=False)
    for clock in await cycles.order_by("name", "cycle"):
        found[clock.ticket_id].append(clock)
    return found
