"""Mail: the customer gets a reason for outage in their language, with times in their zone."""

from uuid import UUID

from foredesk import letters
from foredesk.desk import Desk
from foredesk.outages.markdown import as_markdown
from foredesk.outages.models import OutageReport
from foredesk.outages.queries import actions_in, of_version, version_of
from foredesk.people.models import Person, PersonKind
from foredesk.people.queries import visible_people
from foredesk.people.viewer import viewer_of
from foredesk.ports import Mail
from foredesk.tickets.models import Ticket, TicketEvent

PACKAGE = "foredesk.outages"


async def mail_outage_report(desk: Desk, event_id: UUID) -> None:
    """Put the mail of a report that was sent into the outbox; repeating it sends nothing twice.

    Of what a confidential team has it says no word, as all our mail.
    """
    event = await TicketEvent.get(id=event_id).select_related("ticket")
    to = await Person.get(id=event.ticket.requester_id).select_related("organization")
    if to.kind is not PersonKind.PERSON:
        return
    ticket, locale = event.ticket, to.locale or to.organization.locale
    facts = {
        "name": to.name,
        "number": ticket.number,
        "subject": ticket.subject,
        "link": f"{desk.settings.address}/requests/{ticket.number}/report",
    }
    name = "confidential" if ticket.is_confidential else "report"
    if not ticket.is_confidential:
        facts["body"] = await _body(ticket, event, to, locale)
    subject, text = letters.written(PACKAGE, name, locale, facts)
    await desk.mailer.send(Mail(f"event:{event.id}", to.email, subject, text, locale))


async def _body(ticket: Ticket, event: TicketEvent, to: Person, locale: str) -> str:
    number = int(str(event.data["version"]))
    report = await OutageReport.get(ticket_id=ticket.id)
    actions = of_version((await actions_in([report.id]))[report.id], number)
    people = visible_people(await viewer_of(to)).filter(id__in=[one.owner_id for one in actions])
    return as_markdown(
        await version_of(report, number),
        actions,
        {person.id: person.name for person in await people},
        number=ticket.number,
        locale=locale,
        zone=to.time_zone or to.organization.time_zone,
    ).strip()
