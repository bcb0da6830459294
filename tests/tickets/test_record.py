from datetime import timedelta
from uuid import uuid4

import pytest

from foredesk.desk import Desk
from foredesk.errors import IdempotencyKeyReused, InvalidInput, NotFound, NotPermitted
from foredesk.people.viewer import ANONYMOUS
from foredesk.sla.priority import Impact, Priority, Urgency
from foredesk.tickets.classify import classify_forgotten
from foredesk.tickets.models import Ticket, TicketEvent, TicketKind
from foredesk.tickets.record import record_ticket
from foredesk.tickets.states import EventKind, TicketState
from tests.clock import NOW, Clock
from tests.tickets import make_crowd


async def test_a_recorded_ticket_is_open_numbered_and_classified(desk: Desk) -> None:
    crowd = await make_crowd(desk)

    ticket = await record_ticket(
        desk, crowd.ada, subject="  VPN drops\nevery hour ", details=" since Monday "
    )

    assert ticket.subject == "VPN drops every hour"
    assert ticket.details == "since Monday"
    assert ticket.number == 1
    assert ticket.state is TicketState.OPEN
    assert ticket.priority is Priority.NORMAL
    assert ticket.opened_at == ticket.classified_at == NOW
    assert ticket.organization_id == crowd.acme.id
    assert [event.kind for event in await TicketEvent.all().order_by("sequence")] == [
        EventKind.RECORDED,
        EventKind.CLASSIFIED,
    ]


@pytest.mark.parametrize("subject", ["", " \n\t", "x" * 201, "x" * 100_000, "a\x00b", "a\ud800"])
async def test_a_subject_nobody_can_read_is_refused(desk: Desk, subject: str) -> None:
    crowd = await make_crowd(desk)

    with pytest.raises(InvalidInput) as refusal:
        await record_ticket(desk, crowd.ada, subject=subject)

    assert refusal.value.field == "subject"
    assert not await Ticket.exists()
    assert not await TicketEvent.exists()


async def test_impact_and_urgency_give_the_priority(desk: Desk) -> None:
    crowd = await make_crowd(desk)

    ticket = await record_ticket(
        desk,
        crowd.ada,
        subject="Nobody can print",
        kind=TicketKind.INCIDENT,
        impact=Impact.HIGH,
        urgency=Urgency.HIGH,
    )

    assert ticket.priority is Priority.CRITICAL
    assert ticket.kind is TicketKind.INCIDENT


async def test_numbers_have_no_gaps_after_a_refusal(desk: Desk) -> None:
    crowd = await make_crowd(desk)
    await record_ticket(desk, crowd.ada, subject="First")
    with pytest.raises(NotFound):
        await record_ticket(desk, crowd.ada, subject="No such service", service_id=uuid4())

    ticket = await record_ticket(desk, crowd.ada, subject="Second")

    assert ticket.number == 2


async def test_the_same_key_makes_one_ticket(desk: Desk) -> None:
    crowd = await make_crowd(desk)
    first = await record_ticket(desk, crowd.ada, subject="VPN", idempotency_key="k")
    again = await record_ticket(desk, crowd.ada, subject="VPN", idempotency_key="k")

    assert again.id == first.id
    assert await Ticket.all().count() == 1
    with pytest.raises(IdempotencyKeyReused):
        await record_ticket(desk, crowd.ada, subject="Printer", idempotency_key="k")


async def test_agents_record_for_those_they_serve_and_nobody_else_for_others(desk: Desk) -> None:
    crowd = await make_crowd(desk)

    ticket = await record_ticket(
        desk, crowd.grace, subject="By phone", requester_id=crowd.ada.person_id, channel="phone"
    )
    assert ticket.requester_id == crowd.ada.person_id
    assert ticket.channel == "phone"

    for viewer, requester in ((crowd.grace, crowd.zoe), (crowd.ada, crowd.zoe)):
        with pytest.raises(NotFound):
            await record_ticket(desk, viewer, subject="x", requester_id=requester.person_id)
    with pytest.raises(NotPermitted):
        await record_ticket(desk, crowd.ada, subject="x", requester_id=crowd.grace.person_id)


async def test_nobody_records_without_signing_in(desk: Desk) -> None:
    with pytest.raises(NotPermitted):
        await record_ticket(desk, ANONYMOUS, subject="Hello")


async def test_what_a_dead_process_left_unclassified_is_classified_by_the_sweep(
    desk: Desk, clock: Clock
) -> None:
    crowd = await make_crowd(desk)
    ticket = await record_ticket(desk, crowd.ada, subject="VPN")
    await TicketEvent.filter(ticket_id=ticket.id, kind=EventKind.CLASSIFIED).delete()
    await Ticket.filter(id=ticket.id).update(classified_at=None, version=1)

    assert await classify_forgotten(desk) == 0
    clock.advance(timedelta(seconds=10))
    assert await classify_forgotten(desk) == 1

    assert (await Ticket.get(id=ticket.id)).classified_at == clock.now
    assert await classify_forgotten(desk) == 0
