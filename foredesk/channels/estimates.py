"""Estimates: who works on a request is reminded of a time of repair that has passed."""

from uuid import UUID

from foredesk import letters
from foredesk.channels.notify import PACKAGE
from foredesk.desk import Desk
from foredesk.people.models import Person, PersonKind, Team
from foredesk.ports import Mail
from foredesk.tickets.models import TicketEvent
from foredesk.tickets.place import in_place_of


async def remind_of_estimate(desk: Desk, event_id: UUID) -> None:
    """Put a mail into the outbox for who has the request, or who stands in for them; it says no
    word of the request itself. What nobody has is only shown on the board. Repeating it sends
    nothing twice.
    """
    event = await TicketEvent.get(id=event_id).select_related("ticket")
    ticket = event.ticket
    if ticket.assignee_id is None:
        return
    team = await Team.get(id=ticket.team_id) if ticket.is_confidential else None
    there = await in_place_of(desk, ticket.assignee_id, only_of=team)
    if there is None:
        return
    to = await Person.get(id=there).select_related("organization")
    if to.kind is not PersonKind.PERSON:
        return
    locale = to.locale or to.organization.locale
    subject, text = letters.written(
        PACKAGE,
        "estimate_overdue",
        locale,
        {
            "name": to.name,
            "number": ticket.number,
            "link": f"{desk.settings.address}/board/{ticket.number}",
        },
    )
    await desk.mailer.send(Mail(f"estimate:{event.id}", to.email, subject, text, locale))
