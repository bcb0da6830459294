"""What each act costs the database. A number here grows only for a reason."""

from dataclasses import replace

from foredesk.channels.mail import OutboxMailer
from foredesk.channels.notify import notify_requester
from foredesk.desk import Desk
from foredesk.jobs import PgQueuerJobs
from foredesk.sla.models import AgreementVersion, TicketClock
from foredesk.tickets.models import Ticket, TicketEvent
from foredesk.tickets.record import record_ticket
from foredesk.tickets.reply import add_internal_note, add_reply
from foredesk.tickets.resolve import resolve_ticket
from foredesk.tickets.verify import differences
from tests.clock import Clock
from tests.database.round_trips import round_trips
from tests.tickets import make_agreement, make_crowd


async def test_a_request_is_recorded_and_classified_in_one_round_trip(desk: Desk) -> None:
    """Ticket, number, events, clocks and job."""
    crowd = await make_crowd(desk)
    await make_agreement(desk, crowd.acme)
    await record_ticket(desk, crowd.ada, subject="The first one reads the agreement")

    with round_trips() as sent:
        ticket = await record_ticket(desk, crowd.ada, subject="VPN")

    assert len(sent) == 1, sent
    assert await TicketEvent.filter(ticket_id=ticket.id).count() == 3
    assert await TicketClock.filter(ticket_id=ticket.id).count() == 2
    assert await differences(await Ticket.get(id=ticket.id)) == []


async def test_a_request_goes_by_what_is_agreed_now_whatever_this_process_remembers(
    desk: Desk,
) -> None:
    crowd = await make_crowd(desk)
    before = await record_ticket(desk, crowd.ada, subject="Nothing was promised yet")
    agreement = await make_agreement(desk, crowd.acme)

    ticket = await record_ticket(desk, crowd.ada, subject="VPN")

    assert before.agreement_version_id is None
    version = await AgreementVersion.get(agreement_id=agreement.id)
    assert ticket.agreement_version_id == version.id
    assert (ticket.number, before.number) == (2, 1)
    assert await TicketClock.filter(ticket_id=ticket.id).count() == 2


async def test_a_key_costs_a_request_one_round_trip_more(desk: Desk) -> None:
    crowd = await make_crowd(desk)
    await record_ticket(desk, crowd.ada, subject="VPN")

    with round_trips() as sent:
        await record_ticket(desk, crowd.ada, subject="VPN", idempotency_key="k")
    assert len(sent) == 2, sent

    with round_trips() as sent:
        await record_ticket(desk, crowd.ada, subject="VPN", idempotency_key="k")
    assert len(sent) == 2, sent


async def test_what_moves_no_clock_is_a_lock_and_a_write(desk: Desk) -> None:
    crowd = await make_crowd(desk)
    await make_agreement(desk, crowd.acme)
    ticket = await record_ticket(desk, crowd.ada, subject="VPN")

    with round_trips() as sent:
        await add_internal_note(desk, crowd.grace, ticket_id=ticket.id, body="Old laptop.")

    assert len(sent) == len(["begin", "lock", "write", "commit"]), sent


async def test_what_moves_a_clock_reads_its_history_too(desk: Desk) -> None:
    crowd = await make_crowd(desk)
    await make_agreement(desk, crowd.acme)
    ticket = await record_ticket(desk, crowd.ada, subject="VPN")
    steps = ["begin", "lock", "stamp", "events", "clocks", "write", "commit"]

    with round_trips() as sent:
        await add_reply(desk, crowd.grace, ticket_id=ticket.id, body="We look into it.")
    assert len(sent) == len(steps), sent

    with round_trips() as sent:
        await resolve_ticket(desk, crowd.grace, ticket_id=ticket.id, resolution="Restarted.")
    assert len(sent) == len(["the ticket that plugins are asked about", *steps]), sent
    assert await differences(await Ticket.get(id=ticket.id)) == []


async def test_a_letter_is_read_for_and_put_into_the_outbox_in_three_round_trips(
    desk: Desk, clock: Clock
) -> None:
    crowd = await make_crowd(desk)
    await make_agreement(desk, crowd.acme)
    ticket = await record_ticket(desk, crowd.ada, subject="VPN")
    event = await TicketEvent.get(ticket_id=ticket.id, sequence=1)
    desk = replace(desk, mailer=OutboxMailer(clock, PgQueuerJobs(), "desk.example"))

    with round_trips() as sent:
        await notify_requester(desk, event.id)

    assert len(sent) == len(["event, ticket and addressee", "clocks", "mail and job"]), sent
