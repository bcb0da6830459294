"""Clocks stored for tests, as a use case stores them with an event."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from foredesk.database import Writes, transaction
from foredesk.sla.agreed import agreed
from foredesk.sla.clocks import show_clocks
from foredesk.sla.facts import ClockEvent
from foredesk.sla.models import TicketClock


async def store_clocks(ticket_id: UUID, events: Sequence[ClockEvent], now: datetime) -> None:
    async with transaction():
        writes, stored = Writes(), await TicketClock.filter(ticket_id=ticket_id)
        (await show_clocks(await agreed(), ticket_id, events, now, stored)).add_to(writes)
        await writes.send()
