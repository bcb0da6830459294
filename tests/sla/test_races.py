"""Two at once: a calendar that is revised while a request goes on."""

import asyncio
from datetime import timedelta

from foredesk.database import transaction
from foredesk.desk import Desk
from foredesk.people.viewer import SYSTEM
from foredesk.ports import JobContext
from foredesk.sla.calendars import revise_calendar
from foredesk.sla.definitions import RESOLUTION
from foredesk.sla.models import Calendar, ClockState, TicketClock
from foredesk.tickets.clock_jobs import handle_reproject_clocks
from foredesk.tickets.record import record_ticket
from foredesk.tickets.resolve import resolve_ticket
from foredesk.tickets.verify import differences
from tests.clock import Clock
from tests.tickets import WORKDAYS, make_agreement, make_crowd

A_MOMENT = 0.3


async def test_a_clock_that_stops_while_its_calendar_is_revised_stays_stopped(
    desk: Desk, clock: Clock
) -> None:
    crowd = await make_crowd(desk)
    await make_agreement(desk, crowd.acme)
    first, last = [await record_ticket(desk, crowd.ada, subject="VPN") for _ in range(2)]
    calendar = await Calendar.get()
    clock.advance(timedelta(minutes=10))
    await revise_calendar(
        desk,
        SYSTEM,
        calendar_id=calendar.id,
        time_zone="Europe/Berlin",
        weekly={day: ["10:00-12:00"] for day in WORKDAYS},
    )
    held = asyncio.Event()

    async def hold_the_first_back() -> None:
        async with transaction():
            await TicketClock.filter(ticket_id=first.id).select_for_update()
            held.set()
            await asyncio.sleep(3 * A_MOMENT)

    async def move_the_clocks() -> None:
        await held.wait()
        payload = {"calendar_id": str(calendar.id)}
        await handle_reproject_clocks(desk, payload, JobContext("key", 0, clock.now))

    async def resolve_the_last() -> None:
        await held.wait()
        await asyncio.sleep(A_MOMENT)
        await resolve_ticket(desk, crowd.grace, ticket_id=last.id, resolution="A new profile.")

    await asyncio.gather(hold_the_first_back(), move_the_clocks(), resolve_the_last())

    resolution = await TicketClock.get(ticket_id=last.id, name=RESOLUTION)
    assert resolution.state is ClockState.MET
    await last.refresh_from_db()
    assert await differences(last) == []
