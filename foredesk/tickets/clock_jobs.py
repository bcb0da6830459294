"""Background work on the clocks of tickets."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from foredesk.database import transaction
from foredesk.desk import Desk
from foredesk.ports import JobContext
from foredesk.sla.due_at import due_at
from foredesk.sla.models import ClockState, TicketClock
from foredesk.sla.reproject import reproject_clocks
from foredesk.tickets.models import Ticket


async def handle_reproject_clocks(
    desk: Desk, payload: Mapping[str, Any], context: JobContext
) -> None:
    """`reproject_clocks {"calendar_id"}`: repeating it changes nothing."""
    calendar_id = UUID(payload["calendar_id"])
    await reproject_clocks(calendar_id)
    running = TicketClock.filter(calendar_id=calendar_id, state=ClockState.RUNNING)
    for ticket_id in {clock.ticket_id for clock in await running.only("ticket_id")}:
        await _keep_due_at(ticket_id)


async def _keep_due_at(ticket_id: UUID) -> None:
    async with transaction():
        ticket = await Ticket.filter(id=ticket_id).select_for_update().get()
        at = due_at(await TicketClock.filter(ticket_id=ticket_id))
        if at != ticket.due_at:
            ticket.due_at = at
            await ticket.save(update_fields=["due_at"])
