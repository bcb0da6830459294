"""Escalations: who is asked to see to a request hears of it, at the desk and by mail."""

from uuid import UUID

from foredesk import letters
from foredesk.channels.notifications import notify
from foredesk.channels.notify import PACKAGE
from foredesk.desk import Desk
from foredesk.people.models import Person, PersonKind
from foredesk.ports import Mail
from foredesk.tickets.models import TicketEvent


async def notify_escalation(desk: Desk, event_id: UUID) -> None:
    """Tell everybody the escalation names, by a notification and a mail.

    It says why, but no word of a request that a confidential team has. A team that takes over finds
    it on its board. Repeating it tells nothing twice.
    """
    event = await TicketEvent.get(id=event_id).select_related("ticket")
    people = Person.filter(id__in=_named(event), is_active=True, kind=PersonKind.PERSON)
    for to in await people.select_related("organization").order_by("id"):
        locale = to.locale or to.organization.locale
        subject, text = _letter(desk, event, to, locale)
        key = f"escalation:{event.id}:{to.id}"
        await notify(desk, event, to.id)
        await desk.mailer.send(Mail(key, to.email, subject, text, locale))


def _named(event: TicketEvent) -> list[UUID]:
    told = event.data.get("told")
    return [UUID(str(one)) for one in told] if isinstance(told, list) else []


def _letter(desk: Desk, event: TicketEvent, to: Person, locale: str) -> tuple[str, str]:
    data = event.data
    facts = {
        "name": to.name,
        "number": event.ticket.number,
        "link": f"{desk.settings.address}/board/{event.ticket.number}",
        "clock": data.get("clock"),
        "percent": data.get("percent"),
        "reason": "" if event.ticket.is_confidential else data["reason"],
    }
    name = f"escalated_at_{data['level']}" if data.get("clock") else "escalated"
    return letters.written(PACKAGE, name, locale, facts)
