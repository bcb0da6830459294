from datetime import timedelta

from foredesk.channels.notify import notify_requester
from foredesk.desk import Desk
from foredesk.people.models import Person, PersonKind
from foredesk.ports import Mail
from foredesk.tickets.confirm import confirm_resolution
from foredesk.tickets.models import Ticket, TicketEvent
from foredesk.tickets.record import record_ticket
from foredesk.tickets.reply import add_internal_note, add_reply
from foredesk.tickets.resolve import resolve_ticket
from tests.clock import Clock
from tests.quiet_parts import QuietMailer
from tests.sla.agreements import make_agreement
from tests.tickets import Crowd, make_crowd


async def test_a_request_that_was_received_is_confirmed_with_the_promise(desk: Desk) -> None:
    crowd = await make_crowd(desk)
    await make_agreement(desk, organization=crowd.acme)
    ticket = await record_ticket(desk, crowd.ada, subject="VPN drops")

    (mail,) = await _told(desk, ticket)

    ada = await Person.get(id=crowd.ada.person_id)
    assert (mail.to, mail.locale) == (ada.email, "en")
    assert mail.subject == f"We have your request {ticket.number}: VPN drops"
    assert mail.text.startswith("Hello Ada,\n")
    assert "by Monday, March 2, 2026, 2:00 PM.\n" in mail.text.replace("\u202f", " ")
    assert f"http://127.0.0.1:8000/requests/{ticket.number}\n" in mail.text


async def test_a_service_account_gets_no_mail(desk: Desk) -> None:
    crowd = await make_crowd(desk)
    await Person.filter(id=crowd.ada.person_id).update(kind=PersonKind.SERVICE)

    assert await _told(desk, await record_ticket(desk, crowd.ada, subject="Disk is full")) == []


async def test_without_an_agreement_no_time_is_promised(desk: Desk) -> None:
    crowd = await make_crowd(desk)
    ticket = await record_ticket(desk, crowd.ada, subject="VPN drops")

    (mail,) = await _told(desk, ticket)

    assert "You will hear from us.\n" in mail.text


async def test_the_whole_story_is_told_once_and_only_what_the_requester_may_read(
    desk: Desk, clock: Clock
) -> None:
    crowd = await make_crowd(desk)
    ticket = await _story(desk, crowd, clock)

    told = [await _told(desk, ticket) for _ in range(2)]

    assert [mail.subject.split(" your")[0] for mail in told[0]] == [
        "We have",
        "An answer to",
        "Does it work now? Your request 1: VPN drops",
    ]
    assert [mail.key for mail in told[0]] == [mail.key for mail in told[1]]
    question = told[0][1]
    assert "Grace wrote:\n\nWhich $city?\n" in question.text
    assert "We go on when we have your answer." in question.text
    assert "nobody must read this" not in "".join(mail.text for mail in told[0])
    assert "If we hear nothing by March 7, 2026" in told[0][2].text


async def test_mails_are_in_the_persons_language(desk: Desk, clock: Clock) -> None:
    crowd = await make_crowd(desk)
    await Person.filter(id=crowd.ada.person_id).update(locale="de-AT")
    ticket = await _story(desk, crowd, clock)

    mails = await _told(desk, ticket)

    assert [mail.text.split("\n")[0] for mail in mails] == ["Guten Tag Ada,"] * 3
    assert mails[2].subject == "Geht es wieder? Ihre Anfrage 1: VPN drops"
    assert "Hören wir bis zum 7. März 2026 nichts" in mails[2].text


async def test_a_language_nobody_wrote_in_gets_english(desk: Desk) -> None:
    crowd = await make_crowd(desk)
    await Person.filter(id=crowd.ada.person_id).update(locale="../de")
    ticket = await record_ticket(desk, crowd.ada, subject="VPN drops")

    (mail,) = await _told(desk, ticket)

    assert mail.text.startswith("Hello Ada,")


async def _story(desk: Desk, crowd: Crowd, clock: Clock) -> Ticket:
    ticket = await record_ticket(desk, crowd.ada, subject="VPN drops")
    await add_internal_note(desk, crowd.grace, ticket_id=ticket.id, body="nobody must read this")
    await add_reply(
        desk, crowd.grace, ticket_id=ticket.id, body="Which $city?", waits_for_requester=True
    )
    await add_reply(desk, crowd.ada, ticket_id=ticket.id, body="Bonn")
    clock.advance(timedelta(hours=1))
    await resolve_ticket(desk, crowd.grace, ticket_id=ticket.id, resolution="A new profile.")
    return await confirm_resolution(desk, crowd.ada, ticket_id=ticket.id)


async def _told(desk: Desk, ticket: Ticket) -> list[Mail]:
    """The mails of all events of the ticket."""
    assert isinstance(desk.mailer, QuietMailer)
    desk.mailer.sent.clear()
    for event in await TicketEvent.filter(ticket_id=ticket.id).order_by("sequence"):
        await notify_requester(desk, event.id)
    return list(desk.mailer.sent)
