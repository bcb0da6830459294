"""Tickets of a house that wait, are merged, split and moved, for the probe to look at."""

from foredesk.desk import Desk
from foredesk.tickets.merge import merge_ticket
from foredesk.tickets.models import TicketEvent
from foredesk.tickets.move import move_ticket
from foredesk.tickets.pass_on import pass_on
from foredesk.tickets.pause import pause_ticket
from foredesk.tickets.record import record_ticket
from foredesk.tickets.reply import add_reply
from foredesk.tickets.split import split_ticket
from foredesk.tickets.states import EventKind, WaitingFor
from tests.api.world import House


async def join(desk: Desk, house: House) -> None:
    slug, ada, grace, bobs = house.organization.slug, house.ada, house.grace, house.tickets["new"]
    same = await record_ticket(desk, ada, subject=f"My mouse of {slug} too")
    await merge_ticket(desk, grace, ticket_id=same.id, into_id=bobs.id)
    await add_reply(desk, ada, ticket_id=same.id, body=f"Only Ada of {slug} wrote this")
    await pass_on(desk, await TicketEvent.get(ticket_id=same.id, kind=EventKind.REPLIED))
    await pause_ticket(
        desk,
        grace,
        ticket_id=bobs.id,
        waiting_for=WaitingFor.VENDOR,
        note=f"The vendor of {slug} is slow",
    )
    await split_ticket(
        desk, grace, ticket_id=house.tickets["busy"].id, subject=f"A second gateway for {slug}"
    )
    mistaken = await record_ticket(desk, ada, subject=f"A keyboard for {slug}")
    assert house.bob.person_id is not None
    await move_ticket(
        desk,
        grace,
        ticket_id=mistaken.id,
        requester_id=house.bob.person_id,
        reason=f"Ada of {slug} only called",
    )
