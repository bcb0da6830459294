"""While somebody is away, their substitute hears what their requesters say."""

from datetime import timedelta
from uuid import UUID

from foredesk.channels.substitutes import notify_substitute
from foredesk.desk import Desk
from foredesk.people.absence import set_absence
from foredesk.people.viewer import SYSTEM
from foredesk.tickets.assign import assign_ticket
from foredesk.tickets.models import TicketEvent
from foredesk.tickets.record import record_ticket
from foredesk.tickets.reply import add_reply
from tests.clock import Clock
from tests.people import make_agent, make_organization, make_requester, make_team
from tests.quiet_parts import QuietMailer


async def test_the_substitute_is_told_and_only_while_they_stand_in(
    desk: Desk, clock: Clock
) -> None:
    acme = await make_organization(desk, "acme")
    team = await make_team(desk, acme)
    ada = await make_requester(desk, acme)
    grace = await make_agent(desk, acme, team=team, name="Grace")
    kim = await make_agent(desk, acme, team=team, name="Kim")
    ticket = await record_ticket(desk, ada, subject="The printer jams")
    await assign_ticket(desk, grace, ticket_id=ticket.id, assignee_id=grace.person_id)
    mailer = desk.mailer
    assert isinstance(mailer, QuietMailer)

    async def heard(viewer_id: UUID | None) -> int:
        """Mails that a reply of this person makes."""
        mailer.sent.clear()
        who = {ada.person_id: ada, kim.person_id: kim}[viewer_id]
        await add_reply(desk, who, ticket_id=ticket.id, body="Still there?")
        event = await TicketEvent.filter(ticket_id=ticket.id).order_by("-sequence").first()
        assert event is not None
        await notify_substitute(desk, event.id)
        return len(mailer.sent)

    assert await heard(ada.person_id) == 0
    await set_absence(
        desk,
        SYSTEM,
        person_id=grace.person_id,
        substitute_id=kim.person_id,
        starts_at=desk.now(),
        ends_at=desk.now() + timedelta(days=1),
    )
    assert await heard(kim.person_id) == 0
    assert await heard(ada.person_id) == 1
    (mail,) = mailer.sent
    assert mail.subject == f"Request {ticket.number}: an answer came while Grace is away"
    assert "printer" not in mail.subject + mail.text
    clock.advance(timedelta(days=1))
    assert await heard(ada.person_id) == 0
