"""The mail of a report: in the customer's language and zone, and silent of what is confidential."""

import pytest

from foredesk.channels.notify import notify_requester
from foredesk.desk import Desk
from foredesk.errors import NotFound
from foredesk.outages.content import Content, Moment
from foredesk.outages.mail import mail_outage_report
from foredesk.outages.queries import visible_to
from foredesk.outages.write import (
    draft_outage_report,
    revise_outage_report,
    send_outage_report,
)
from foredesk.people.enroll import form_team
from foredesk.people.models import Person, TeamMember
from foredesk.people.roles import Role
from foredesk.people.viewer import SYSTEM, viewer_of
from foredesk.tickets.assign import assign_ticket
from foredesk.tickets.models import TicketEvent
from foredesk.tickets.resolve import resolve_ticket
from foredesk.tickets.states import EventKind
from tests.clock import NOW
from tests.outages.reports import Outage, action, complete, make_outage
from tests.people import make_agent, make_person
from tests.quiet_parts import QuietJobs, QuietMailer


async def sent_event(desk: Desk, it: Outage, content: Content) -> TicketEvent:
    await draft_outage_report(desk, it.grace, ticket_id=it.ticket.id)
    await revise_outage_report(desk, it.grace, ticket_id=it.ticket.id, content=content)
    await send_outage_report(desk, it.grace, ticket_id=it.ticket.id)
    return await TicketEvent.get(ticket_id=it.ticket.id, kind=EventKind.OUTAGE_REPORT_SENT)


async def test_the_customer_gets_the_report_with_times_on_their_own_clock(desk: Desk) -> None:
    it = await make_outage(desk)
    event = await sent_event(desk, it, complete(action(it.grace)))
    assert isinstance(desk.jobs, QuietJobs)
    assert "mail_outage_report" in [name for name, *_ in desk.jobs.enqueued]
    await Person.filter(id=it.ada.person_id).update(time_zone="America/New_York")

    await mail_outage_report(desk, event.id)

    assert isinstance(desk.mailer, QuietMailer)
    (mail,) = desk.mailer.sent
    ada = await Person.get(id=it.ada.person_id)
    assert (mail.to, mail.key) == (ada.email, f"event:{event.id}")
    assert mail.subject.endswith(f"Your request {it.ticket.number}: The VPN is down")
    assert "- March 2, 2026, 4:00\u202fAM EST: It went down." in mail.text
    assert "- [ ] Watch certificates (Grace, by April 1, 2026)" in mail.text
    assert f"/requests/{it.ticket.number}/report" in mail.text


async def test_the_mail_says_what_was_sent_and_not_what_was_written_since(desk: Desk) -> None:
    it = await make_outage(desk)
    event = await sent_event(desk, it, complete())
    await revise_outage_report(
        desk, it.grace, ticket_id=it.ticket.id, content=complete(cause="Not for them yet.")
    )

    await mail_outage_report(desk, event.id)

    assert isinstance(desk.mailer, QuietMailer)
    assert "Not for them yet" not in desk.mailer.sent[0].text
    assert "A certificate expired" in desk.mailer.sent[0].text


async def test_of_what_is_confidential_the_mail_says_no_word_and_nobody_else_sees_it(
    desk: Desk,
) -> None:
    it = await make_outage(desk)
    trust = await form_team(
        desk, SYSTEM, key="trust", name="Trust", serves=[it.crowd.acme], is_confidential=True
    )
    hanna = await make_agent(desk, it.crowd.acme, name="Hanna")
    await TeamMember.create(team_id=trust.id, person_id=hanna.person_id)
    hanna = await viewer_of(await Person.get(id=hanna.person_id), desk.now())
    await assign_ticket(desk, SYSTEM, ticket_id=it.ticket.id, team_id=trust.id)
    await draft_outage_report(desk, hanna, ticket_id=it.ticket.id)
    with pytest.raises(NotFound) as refused:
        await revise_outage_report(
            desk, hanna, ticket_id=it.ticket.id, content=complete(action(it.grace))
        )
    assert refused.value.field == "actions"
    await revise_outage_report(desk, hanna, ticket_id=it.ticket.id, content=complete(action(hanna)))
    await send_outage_report(desk, hanna, ticket_id=it.ticket.id)
    event = await TicketEvent.get(ticket_id=it.ticket.id, kind=EventKind.OUTAGE_REPORT_SENT)

    await mail_outage_report(desk, event.id)

    assert isinstance(desk.mailer, QuietMailer)
    (mail,) = desk.mailer.sent
    assert "VPN" not in mail.subject + mail.text
    assert "certificate" not in mail.text
    root = await make_person(desk, it.crowd.acme, Role.ADMINISTRATOR)
    for outsider in (it.grace, await viewer_of(root)):
        assert await visible_to(outsider).count() == 0
    assert await visible_to(it.ada).count() == 1


async def test_what_people_wrote_is_no_markup_of_the_export(desk: Desk) -> None:
    it = await make_outage(desk)
    content = Content(
        summary="Down <b>",
        impact="# All\n- of us\n1. and you",
        cause="[click](http://evil.example)",
        timeline=[Moment(NOW, "*It* went `down`.")],
    )
    event = await sent_event(desk, it, content)

    await mail_outage_report(desk, event.id)

    assert isinstance(desk.mailer, QuietMailer)
    text = desk.mailer.sent[0].text
    assert "# Reason for outage: Down \\<b\\>" in text
    assert "\\# All\n\\- of us\n1\\. and you" in text
    assert "\\[click\\](http://evil.example)" in text
    assert "\\*It\\* went \\`down\\`." in text


async def test_the_mail_of_a_solution_promises_no_closing_while_a_report_is_owed(
    desk: Desk,
) -> None:
    it = await make_outage(desk)
    await draft_outage_report(desk, it.grace, ticket_id=it.ticket.id)
    await resolve_ticket(desk, it.grace, ticket_id=it.ticket.id, resolution="Renewed.")
    event = await TicketEvent.get(ticket_id=it.ticket.id, kind=EventKind.RESOLVED)

    await notify_requester(desk, event.id)

    assert isinstance(desk.mailer, QuietMailer)
    (mail,) = desk.mailer.sent
    assert "It stays open until you have accepted our report" in mail.text
    assert "we close" not in mail.text
