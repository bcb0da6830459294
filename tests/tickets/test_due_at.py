"""Due at: what lists are ordered by goes with the clocks of each request."""

from datetime import datetime, timedelta

from foredesk.desk import Desk
from foredesk.people.viewer import SYSTEM
from foredesk.ports import JobContext
from foredesk.sla.calendars import revise_calendar
from foredesk.sla.due_at import NEVER
from foredesk.sla.models import Calendar
from foredesk.tickets.clock_jobs import handle_reproject_clocks
from foredesk.tickets.models import Ticket
from foredesk.tickets.pause import pause_ticket, resume_ticket
from foredesk.tickets.record import record_ticket
from foredesk.tickets.reply import add_reply
from foredesk.tickets.resolve import resolve_ticket
from foredesk.tickets.states import WaitingFor
from foredesk.tickets.verify import differences
from tests.clock import NOW, Clock
from tests.tickets import WORKDAYS, make_agreement, make_crowd

HOUR = timedelta(hours=1)


async def due(ticket: Ticket) -> datetime:
    found = await Ticket.get(id=ticket.id)
    assert await differences(found) == []
    return found.due_at


async def test_it_is_the_nearest_target_of_a_running_clock(desk: Desk, clock: Clock) -> None:
    crowd = await make_crowd(desk)
    await make_agreement(desk, crowd.acme)
    ticket = await record_ticket(desk, crowd.ada, subject="VPN")
    assert await due(ticket) == NOW + HOUR

    clock.advance(2 * HOUR)
    assert await due(ticket) == NOW + HOUR
    await add_reply(desk, crowd.grace, ticket_id=ticket.id, body="We look at it.")
    assert await due(ticket) == NOW + 24 * HOUR  # eight hours of work end tomorrow

    await pause_ticket(desk, crowd.grace, ticket_id=ticket.id, waiting_for=WaitingFor.REQUESTER)
    assert await due(ticket) == NEVER
    clock.advance(HOUR)
    await resume_ticket(desk, crowd.grace, ticket_id=ticket.id)
    assert await due(ticket) == NOW + 25 * HOUR
    await resolve_ticket(desk, crowd.grace, ticket_id=ticket.id, resolution="A new profile.")
    assert await due(ticket) == NEVER


async def test_without_an_agreement_nothing_is_ever_due(desk: Desk) -> None:
    crowd = await make_crowd(desk)

    assert await due(await record_ticket(desk, crowd.zoe, subject="VPN")) == NEVER


async def test_it_moves_with_the_calendar(desk: Desk, clock: Clock) -> None:
    crowd = await make_crowd(desk)
    await make_agreement(desk, crowd.acme)
    ticket = await record_ticket(desk, crowd.ada, subject="VPN")
    calendar = await Calendar.get()
    clock.advance(timedelta(minutes=10))
    later = {day: ["13:00-17:00"] for day in WORKDAYS}
    await revise_calendar(
        desk, SYSTEM, calendar_id=calendar.id, time_zone="Europe/Berlin", weekly=later
    )

    for attempt in range(2):
        payload = {"calendar_id": str(calendar.id)}
        await handle_reproject_clocks(desk, payload, JobContext("key", attempt, clock.now))
        assert await due(ticket) == NOW + timedelta(hours=3, minutes=50)
