from datetime import UTC, datetime, timedelta

import pytest

from foredesk.desk import Desk
from foredesk.errors import InvalidInput, NotPermitted
from foredesk.people.models import Person
from foredesk.people.viewer import SYSTEM
from foredesk.tickets.bring_in import PastTicket, bring_in_ticket
from foredesk.tickets.models import Ticket
from foredesk.tickets.states import TicketState
from foredesk.tickets.verify import differences
from tests.tickets import make_crowd

OPENED = datetime(2019, 5, 6, 7, 8, tzinfo=UTC)


async def test_a_past_request_keeps_its_times_and_comes_in_once(desk: Desk) -> None:
    crowd = await make_crowd(desk)
    ada = await Person.get(id=crowd.ada.person_id)
    past = PastTicket(
        external_key="old-1",
        subject="Printer jams",
        category="printing",
        opened_at=OPENED,
        closed_at=OPENED + timedelta(days=2),
        resolution="New roller.",
    )

    ticket = await bring_in_ticket(desk, SYSTEM, requester=ada, past=past)

    assert ticket is not None
    assert ticket.opened_at == OPENED
    assert ticket.closed_at == OPENED + timedelta(days=2)
    assert ticket.state is TicketState.CLOSED
    assert ticket.category == "printing"
    assert await differences(await Ticket.get(id=ticket.id)) == []
    assert await bring_in_ticket(desk, SYSTEM, requester=ada, past=past) is None
    assert await Ticket.all().count() == 1


async def test_times_out_of_order_are_refused(desk: Desk) -> None:
    crowd = await make_crowd(desk)
    ada = await Person.get(id=crowd.ada.person_id)

    with pytest.raises(InvalidInput):
        await bring_in_ticket(
            desk,
            SYSTEM,
            requester=ada,
            past=PastTicket(
                external_key="old-1",
                subject="Printer jams",
                opened_at=OPENED,
                resolved_at=OPENED - timedelta(seconds=1),
            ),
        )

    assert not await Ticket.exists()


async def test_only_who_may_import_brings_requests_in(desk: Desk) -> None:
    crowd = await make_crowd(desk)
    ada = await Person.get(id=crowd.ada.person_id)

    with pytest.raises(NotPermitted):
        await bring_in_ticket(
            desk, crowd.grace, requester=ada, past=PastTicket(external_key="1", subject="x")
        )
