"""Estimates that have passed: shown, and reminded of once each."""

from datetime import timedelta

from foredesk.channels.estimates import remind_of_estimate
from foredesk.desk import Desk
from foredesk.people.absence import set_absence
from foredesk.people.viewer import SYSTEM
from foredesk.tickets.assign import assign_ticket
from foredesk.tickets.confirm import refuse_resolution
from foredesk.tickets.estimate import set_estimated_repair
from foredesk.tickets.models import Ticket, TicketEvent
from foredesk.tickets.overdue import is_overdue, tell_overdue_estimates
from foredesk.tickets.record import record_ticket
from foredesk.tickets.reply import add_reply
from foredesk.tickets.resolve import resolve_ticket
from foredesk.tickets.states import EventKind
from foredesk.tickets.verify import differences
from tests.clock import Clock
from tests.people import make_agent
from tests.quiet_parts import QuietJobs, QuietMailer
from tests.tickets import Crowd, make_crowd


async def estimated(
    desk: Desk, crowd: Crowd, *, hours: float = 2, latest: float | None = None
) -> Ticket:
    ticket = await record_ticket(desk, crowd.ada, subject="The VPN is down")
    await assign_ticket(desk, crowd.grace, ticket_id=ticket.id, assignee_id=crowd.grace.person_id)
    return await set_estimated_repair(
        desk,
        crowd.grace,
        ticket_id=ticket.id,
        at=desk.now() + timedelta(hours=hours),
        latest_at=desk.now() + timedelta(hours=latest) if latest else None,
    )


async def overdue_events(ticket: Ticket) -> list[TicketEvent]:
    return await TicketEvent.filter(ticket_id=ticket.id, kind=EventKind.ESTIMATE_OVERDUE)


async def test_an_estimate_that_passed_is_told_of_once(desk: Desk, clock: Clock) -> None:
    crowd = await make_crowd(desk)
    ticket = await estimated(desk, crowd)
    clock.advance(timedelta(hours=2, seconds=-1))
    assert await tell_overdue_estimates(desk) == 0
    clock.advance(timedelta(seconds=1))
    assert await tell_overdue_estimates(desk) == 1
    assert await tell_overdue_estimates(desk) == 0

    stored = await Ticket.get(id=ticket.id)
    assert is_overdue(stored, desk.now())
    assert await differences(stored) == []
    assert isinstance(desk.jobs, QuietJobs)
    assert [name for name, *_ in desk.jobs.enqueued].count("remind_of_estimate") == 1

    await set_estimated_repair(
        desk, crowd.grace, ticket_id=ticket.id, at=desk.now() + timedelta(hours=1)
    )
    clock.advance(timedelta(hours=1))
    assert await tell_overdue_estimates(desk) == 1
    assert len(await overdue_events(ticket)) == 2


async def test_of_two_times_the_later_one_is_overdue_and_a_pause_moves_neither(
    desk: Desk, clock: Clock
) -> None:
    crowd = await make_crowd(desk)
    ticket = await estimated(desk, crowd, hours=2, latest=5)
    await add_reply(
        desk, crowd.grace, ticket_id=ticket.id, body="Which city?", waits_for_requester=True
    )
    clock.advance(timedelta(hours=4))
    assert await tell_overdue_estimates(desk) == 0
    clock.advance(timedelta(hours=1))
    assert await tell_overdue_estimates(desk) == 1


async def test_what_is_solved_is_not_overdue_and_taken_up_again_it_has_no_estimate(
    desk: Desk, clock: Clock
) -> None:
    crowd = await make_crowd(desk)
    ticket = await estimated(desk, crowd)
    await resolve_ticket(desk, crowd.grace, ticket_id=ticket.id, resolution="Done.")
    clock.advance(timedelta(hours=3))
    assert await tell_overdue_estimates(desk) == 0
    await refuse_resolution(desk, crowd.ada, ticket_id=ticket.id, reason="No.")
    assert await tell_overdue_estimates(desk) == 0
    stored = await Ticket.get(id=ticket.id)
    assert (stored.estimated_repair_at, stored.estimate_reminder_at) == (None, None)


async def test_who_has_it_is_reminded_by_mail_or_who_stands_in(desk: Desk, clock: Clock) -> None:
    crowd = await make_crowd(desk)
    kim = await make_agent(desk, crowd.acme, team=crowd.desk_team, name="Kim")
    ticket = await estimated(desk, crowd)
    clock.advance(timedelta(hours=2))
    await tell_overdue_estimates(desk)
    (event,) = await overdue_events(ticket)
    assert isinstance(desk.mailer, QuietMailer)

    await remind_of_estimate(desk, event.id)
    await set_absence(
        desk,
        SYSTEM,
        person_id=crowd.grace.person_id,
        substitute_id=kim.person_id,
        starts_at=desk.now(),
        ends_at=desk.now() + timedelta(days=1),
    )
    await remind_of_estimate(desk, event.id)
    await assign_ticket(desk, SYSTEM, ticket_id=ticket.id)
    await remind_of_estimate(desk, event.id)

    first, second = desk.mailer.sent
    assert first.subject == f"Request {ticket.number}: the time you promised is over"
    assert "Hello Grace" in first.text
    assert "Hello Kim" in second.text
    assert "VPN" not in first.subject + first.text
