"""Reports for tests: a crowd with a ticket, and what its report may say."""

from dataclasses import dataclass
from datetime import date, timedelta

from foredesk.desk import Desk
from foredesk.outages.content import Content, Moment, PlannedAction
from foredesk.people.viewer import Viewer
from foredesk.tickets.models import Ticket, TicketEvent
from foredesk.tickets.record import record_ticket
from foredesk.tickets.states import EventKind
from tests.clock import NOW
from tests.tickets import Crowd, make_crowd


@dataclass(frozen=True)
class Outage:
    crowd: Crowd
    ticket: Ticket

    @property
    def ada(self) -> Viewer:
        return self.crowd.ada

    @property
    def grace(self) -> Viewer:
        return self.crowd.grace


async def make_outage(desk: Desk) -> Outage:
    crowd = await make_crowd(desk)
    return Outage(crowd, await record_ticket(desk, crowd.ada, subject="The VPN is down"))


def complete(*actions: PlannedAction, cause: str = "A certificate expired.") -> Content:
    return Content(
        summary="The VPN was down",
        impact="Nobody could work from home.",
        cause=cause,
        workaround="Use the gateway in Munich.",
        timeline=[Moment(NOW, "It went down."), Moment(NOW + timedelta(hours=2), "It was back.")],
        actions=actions,
    )


def action(owner: Viewer, what: str = "Watch certificates", day: int = 1) -> PlannedAction:
    assert owner.person_id is not None
    return PlannedAction(what, owner.person_id, date(2026, 4, day))


async def kinds_of(ticket: Ticket) -> list[EventKind]:
    events = await TicketEvent.filter(ticket_id=ticket.id).order_by("sequence")
    return [event.kind for event in events]
