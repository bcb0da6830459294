"""Whoever is asked to see to a request hears of it by mail, once."""

import pytest

from foredesk.channels.escalations import notify_escalation
from foredesk.desk import Desk
from foredesk.people.models import Person, Team, TeamCustomer
from foredesk.people.viewer import SYSTEM
from foredesk.tickets.assign import assign_ticket
from foredesk.tickets.escalate import escalate_ticket
from foredesk.tickets.models import Ticket, TicketEvent
from foredesk.tickets.record import record_ticket
from foredesk.tickets.states import EventKind
from tests.people import make_agent
from tests.quiet_parts import QuietMailer
from tests.tickets import make_crowd


async def mails(desk: Desk, ticket: Ticket) -> list[tuple[str, str, str]]:
    """What was sent of its last event, asked for twice."""
    event = await TicketEvent.filter(ticket_id=ticket.id).order_by("-sequence").first()
    assert event is not None
    await notify_escalation(desk, event.id)
    await notify_escalation(desk, event.id)
    assert isinstance(desk.mailer, QuietMailer)
    sent = {mail.key: mail for mail in desk.mailer.sent if mail.key.startswith("escalation:")}
    return [(mail.to, mail.subject, mail.text) for mail in sent.values()]


async def test_a_person_reads_who_is_asked_and_why_and_a_team_gets_no_mail(desk: Desk) -> None:
    crowd = await make_crowd(desk)
    boss = await make_agent(desk, crowd.acme, team=crowd.desk_team, name="Boss")
    ticket = await record_ticket(desk, crowd.ada, subject="VPN drops")
    await escalate_ticket(
        desk, crowd.grace, ticket_id=ticket.id, person_id=boss.person_id, reason="Board meeting."
    )

    ((to, subject, text),) = await mails(desk, ticket)
    assert to == (await Person.get(id=boss.person_id)).email
    assert subject == f"Request {ticket.number}: please see to it"
    assert "Board meeting." in text
    assert f"/board/{ticket.number}" in text

    await escalate_ticket(
        desk, crowd.grace, ticket_id=ticket.id, team_id=crowd.network_team.id, reason="Routing."
    )
    assert len(await mails(desk, ticket)) == 1


async def test_of_what_a_confidential_team_has_the_reason_stays_inside(desk: Desk) -> None:
    crowd = await make_crowd(desk)
    board = await Team.create(key="board", name="Board", is_confidential=True)
    await TeamCustomer.create(team_id=board.id, organization_id=crowd.acme.id)
    mia = await make_agent(desk, crowd.acme, team=board, name="Mia")
    ticket = await record_ticket(desk, crowd.ada, subject="A word in confidence")
    await assign_ticket(desk, SYSTEM, ticket_id=ticket.id, team_id=board.id)
    await escalate_ticket(
        desk, mia, ticket_id=ticket.id, person_id=mia.person_id, reason="A secret."
    )

    ((_, subject, text),) = await mails(desk, ticket)
    assert "secret" not in subject + text
    assert "confidence" not in subject + text


@pytest.mark.parametrize(
    ("level", "percent", "subject"),
    [
        ("warning", 75, "75 % of the time is used"),
        ("target", None, "the target is missed"),
        ("minimum", None, "the promised minimum is missed"),
    ],
)
async def test_an_agreement_that_asks_says_which_clock_it_is(
    desk: Desk, level: str, percent: int | None, subject: str
) -> None:
    crowd = await make_crowd(desk)
    ticket = await record_ticket(desk, crowd.ada, subject="VPN drops")
    await TicketEvent.create(
        ticket_id=ticket.id,
        sequence=99,
        kind=EventKind.ESCALATED,
        occurred_at=desk.now(),
        recorded_at=desk.now(),
        data={
            "told": [str(crowd.grace.person_id)],
            "clock": "next_update",
            "level": level,
            "percent": percent,
            "reason": "",
        },
    )
    ((_, written, text),) = await mails(desk, ticket)
    assert written == f"Request {ticket.number}: {subject}"
    assert '"next_update"' in text
