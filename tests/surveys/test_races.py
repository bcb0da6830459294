"""Two at once: whatever the interleaving, people are asked once and answer once."""

import asyncio
from dataclasses import replace
from datetime import timedelta

from foredesk.channels.mail import OutboxMailer
from foredesk.channels.models import OutboxMail
from foredesk.desk import Desk
from foredesk.people.models import Person
from foredesk.people.policy import Act
from foredesk.people.viewer import ANONYMOUS
from foredesk.surveys.answer import answer_survey
from foredesk.surveys.decide import decide_on_surveys
from foredesk.surveys.facts import answers_of
from foredesk.surveys.invite import send_due_invitations
from foredesk.surveys.models import Invitation, InvitationDecision, Response, Score
from foredesk.tickets.change import changing
from foredesk.tickets.states import EventKind
from tests.clock import Clock
from tests.people import make_requester
from tests.surveys.rows import close_one, last_token, make_survey, sent


async def test_two_requests_closed_at_once_lead_to_one_invitation(desk: Desk) -> None:
    rows = await make_survey(desk)
    tickets = [await close_one(desk, rows.crowd) for _ in range(4)]

    await asyncio.gather(*[decide_on_surveys(desk, ticket.id) for ticket in tickets * 2])

    assert await InvitationDecision.all().count() == 4
    assert await Invitation.all().count() == 1


async def test_a_request_that_goes_on_while_it_is_decided_on_is_no_deadlock(desk: Desk) -> None:
    """The one holds the request and needs the person, the other holds the person and needs the
    request."""
    rows = await make_survey(desk)
    ticket = await close_one(desk, rows.crowd)
    held = asyncio.Event()

    async def take_it_up_again() -> None:
        async with changing(desk, rows.crowd.ada, ticket.id, Act.REOPEN) as change:
            held.set()
            await asyncio.sleep(0.3)
            change.append(EventKind.REOPENED, reason="It dropped again.")

    async def decide() -> None:
        await held.wait()
        await decide_on_surveys(desk, ticket.id)

    await asyncio.gather(take_it_up_again(), decide())


async def test_two_sweeps_at_once_send_one_mail(desk: Desk, clock: Clock) -> None:
    rows = await make_survey(desk)
    await decide_on_surveys(desk, (await close_one(desk, rows.crowd)).id)
    clock.advance(timedelta(hours=1))

    left = await asyncio.gather(*[send_due_invitations(desk) for _ in range(4)])

    assert sorted(left) == [0, 0, 0, 1]
    assert len(sent(desk)) == 1


async def test_an_invitation_that_cannot_be_sent_keeps_no_other_back(
    desk: Desk, clock: Clock
) -> None:
    desk = replace(desk, mailer=OutboxMailer(clock, desk.jobs, "desk.example"))
    rows = await make_survey(desk)
    eve = await make_requester(desk, rows.crowd.acme, "Eve")
    for requester in (eve, rows.crowd.ada):
        ticket = await close_one(desk, rows.crowd, requester)
        await decide_on_surveys(desk, ticket.id)
        clock.advance(timedelta(minutes=1))
    await Person.filter(id=eve.person_id).update(email="no address")
    clock.advance(timedelta(hours=1))

    assert await send_due_invitations(desk) == 1
    assert await OutboxMail.all().count() == 1


async def test_a_double_click_hands_in_one_response(desk: Desk, clock: Clock) -> None:
    rows = await make_survey(desk)
    await decide_on_surveys(desk, (await close_one(desk, rows.crowd)).id)
    clock.advance(timedelta(hours=1))
    await send_due_invitations(desk)
    token = last_token(desk)

    answers = [
        answer_survey(desk, ANONYMOUS, token=token, answers={"satisfaction": score})
        for score in (1, 2, 3, 4, 5)
    ]
    responses = await asyncio.gather(*answers)

    assert len({response.id for response in responses}) == 1
    response = await Response.get()
    assert await Score.all().count() == 1
    assert len(await answers_of(response.id)) == 1
