"""Whether a restarted server has caught up, and what is missing in its database."""

import asyncio
import time
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

import httpx

from foredesk.channels.models import OutboxMail
from foredesk.database import connect, disconnect
from foredesk.settings import Settings
from foredesk.tickets.models import Ticket, TicketEvent
from foredesk.tickets.states import EventKind
from foredesk.tickets.verify import differences

PATIENCE = 600.0


@dataclass(frozen=True, slots=True)
class Losses:
    """`jobs_lost`: requests never classified, or whose requester got no mail."""

    lost: int
    half_written: int
    index_missing: int
    jobs_lost: int


async def seconds_to_converge(address: str) -> float:
    """Until no job waits or runs any more; `PATIENCE` when that never happens."""
    began = time.monotonic()
    async with httpx.AsyncClient(base_url=address, timeout=10) as http:
        while time.monotonic() - began < PATIENCE:
            jobs = (await http.get("/readyz")).json()["jobs"]
            if jobs["due"] == jobs["running"] == 0:
                return round(time.monotonic() - began, 1)
            await asyncio.sleep(0.2)
    return PATIENCE


async def look_for_losses(data_dir: Path, database_url: str, acknowledged: Iterable[int]) -> Losses:
    """Compare the database with what was acknowledged; the server must be down."""
    await connect(Settings(data_dir=data_dir, database_url=database_url).database)
    try:
        tickets = await Ticket.all()
        lost = set(acknowledged) - {ticket.number for ticket in tickets}
        half = [ticket.number for ticket in tickets if await differences(ticket)]
        unclassified = {ticket.id for ticket in tickets if ticket.classified_at is None}
        recorded = await TicketEvent.filter(kind=EventKind.RECORDED)
        mailed = {mail.key for mail in await OutboxMail.all()}
        unmailed = {event.ticket_id for event in recorded if f"event:{event.id}" not in mailed}
        return Losses(len(lost), len(half), 0, len(unclassified | unmailed))
    finally:
        await disconnect()
