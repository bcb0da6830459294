"""Substitutes: who stands in for an absent agent is told what their requesters say."""

from uuid import UUID

from foredesk import letters
from foredesk.channels.notify import PACKAGE
from foredesk.desk import Desk
from foredesk.people.models import Person, Team
from foredesk.people.standing_in import standing_in
from foredesk.ports import Mail
from foredesk.tickets.models import Ticket, TicketEvent
from foredesk.tickets.place import in_place_of


async def notify_substitute(desk: Desk, event_id: UUID) -> None:
    """Put a mail into the outbox when who has the request is absent and its requester spoke. It
    says no word of the request itself. Repeating it sends nothing twice.
    """
    event = await TicketEvent.get(id=event_id).select_related("ticket")
    ticket = event.ticket
    absent = ticket.assignee_id
    if absent is None or event.actor_id != ticket.requester_id:
        return
    substitute = await _substitute(desk, ticket, absent)
    if substitute is None:
        return
    to = await Person.get(id=substitute).select_related("organization")
    locale, person = to.locale or to.organization.locale, await Person.get(id=absent)
    subject, text = letters.written(
        PACKAGE,
        "substitute",
        locale,
        {
            "name": to.name,
            "number": ticket.number,
            "absent": person.name,
            "link": f"{desk.settings.address}/board/{ticket.number}",
        },
    )
    await desk.mailer.send(Mail(f"substitute:{event.id}", to.email, subject, text, locale))


async def _substitute(desk: Desk, ticket: Ticket, absent: UUID) -> UUID | None:
    if not (await standing_in(desk.now())).is_absent(absent):
        return None
    team = await Team.get(id=ticket.team_id) if ticket.is_confidential else None
    return await in_place_of(desk, absent, only_of=team)
