from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from foredesk.desk import Desk
from foredesk.hooks import Objection, SurveyFacts
from foredesk.people.models import Person, PersonKind
from foredesk.people.viewer import SYSTEM
from foredesk.ports import JobContext
from foredesk.surveys.answer import stop_asking
from foredesk.surveys.decide import decide_on_surveys
from foredesk.surveys.define import Asking, pause_survey
from foredesk.surveys.invite import expire_invitations, send_due_invitations
from foredesk.surveys.jobs import handle_decide_on_surveys
from foredesk.surveys.models import (
    Invitation,
    InvitationDecision,
    InvitationState,
    SurveyOptOut,
)
from foredesk.tickets.clocks import clock_events
from foredesk.tickets.confirm import reopen_ticket
from foredesk.tickets.models import Ticket, TicketEvent
from foredesk.tickets.record import record_ticket
from tests.clock import NOW, Clock
from tests.plugins.made import host_with, made
from tests.sla.agreements import make_agreement
from tests.sla.stored import store_clocks
from tests.surveys.rows import (
    ALWAYS,
    close_one,
    last_token,
    make_people,
    make_survey,
    only_invitation,
    sent,
)

HOUR = timedelta(hours=1)


async def test_a_closed_request_leads_to_an_invitation_after_the_delay(
    desk: Desk, clock: Clock
) -> None:
    rows = await make_survey(desk)
    ticket = await close_one(desk, rows.crowd)

    await decide_on_surveys(desk, ticket.id)

    decision = await InvitationDecision.get()
    assert (decision.eligible, decision.drawn, decision.reasons) == (True, True, [])
    assert (decision.probability, decision.inclusion_probability) == (1.0, 1.0)
    assert (await only_invitation()).state is InvitationState.WAITING
    assert await send_due_invitations(desk) == 0

    clock.advance(HOUR)

    assert await send_due_invitations(desk) == 1
    invitation = await only_invitation()
    assert (invitation.state, invitation.sent_at) == (InvitationState.SENT, NOW + HOUR)
    assert invitation.expires_at == NOW + HOUR + timedelta(days=14)
    assert await send_due_invitations(desk) == 0


async def test_the_invitation_is_a_mail_in_the_persons_language_with_a_secret_link(
    desk: Desk, clock: Clock
) -> None:
    rows = await make_survey(desk)
    await Person.filter(id=rows.crowd.ada.person_id).update(locale="de")
    ticket = await close_one(desk, rows.crowd)
    await decide_on_surveys(desk, ticket.id)
    clock.advance(HOUR)
    await send_due_invitations(desk)

    (mail,) = sent(desk)
    invitation = await only_invitation()
    assert mail.key == f"survey-invitation:{invitation.id}"
    assert mail.subject == f"Wie haben wir Ihre Anfrage {ticket.number} erledigt?"
    assert "http://127.0.0.1:8000/survey/" in mail.text
    assert "Der Link gilt bis zum 16. März 2026." in mail.text
    assert last_token(desk) != invitation.token_hash
    assert "$" not in mail.text


async def test_deciding_again_changes_nothing(desk: Desk, clock: Clock) -> None:
    rows = await make_survey(desk)
    ticket = await close_one(desk, rows.crowd)

    for attempt in range(3):
        await handle_decide_on_surveys(
            desk, {"ticket_id": str(ticket.id)}, JobContext("key", attempt, clock.now)
        )

    assert await InvitationDecision.all().count() == await Invitation.all().count() == 1


async def test_nothing_is_decided_on_a_request_that_is_open(desk: Desk) -> None:
    rows = await make_survey(desk)
    ticket = await record_ticket(desk, rows.crowd.ada, subject="VPN")

    await decide_on_surveys(desk, ticket.id)

    assert not await InvitationDecision.exists()


async def test_other_organizations_and_paused_surveys_ask_nobody(desk: Desk) -> None:
    rows = await make_survey(desk)
    foreign = await record_ticket(desk, rows.crowd.zoe, subject="VPN")
    await Ticket.filter(id=foreign.id).update(state="closed")
    await decide_on_surveys(desk, foreign.id)
    await pause_survey(desk, SYSTEM, survey_id=rows.survey.id)
    await decide_on_surveys(desk, (await close_one(desk, rows.crowd)).id)

    assert not await InvitationDecision.exists()


async def test_a_person_is_asked_once_in_the_cool_down_and_the_reason_is_kept(
    desk: Desk, clock: Clock
) -> None:
    rows = await make_survey(desk)
    await _closed_and_decided(desk, rows.crowd)
    clock.advance(timedelta(days=89))
    await _closed_and_decided(desk, rows.crowd)
    clock.advance(timedelta(days=2))
    await _closed_and_decided(desk, rows.crowd)

    decisions = await InvitationDecision.all().order_by("at")
    assert [(one.drawn, one.reasons) for one in decisions] == [
        (True, []),
        (False, ["cooling_down"]),
        (True, []),
    ]
    assert [one.inclusion_probability for one in decisions] == [1.0, 0.0, 1.0]


async def test_with_sampling_every_decision_keeps_its_chance_also_when_nobody_is_asked(
    desk: Desk,
) -> None:
    rows = await make_survey(desk, replace(ALWAYS, probability=0.4))
    for person in await make_people(desk, rows.crowd, 3):
        for _ in range(2):
            ticket = await close_one(desk, rows.crowd, person)
            await decide_on_surveys(desk, ticket.id)

    decisions = await InvitationDecision.all().order_by("at", "id")
    assert [one.probability for one in decisions] == [0.4] * 6
    assert (
        sorted(round(one.inclusion_probability, 10) for one in decisions) == [0.24] * 3 + [0.4] * 3
    )
    for one in decisions:
        assert one.drawn is (not one.reasons and one.draw < 0.4)
    assert await Invitation.all().count() == sum(one.drawn for one in decisions)


async def test_as_needed_a_quiet_month_asks_everybody(desk: Desk) -> None:
    rows = await make_survey(desk, Asking())
    await _closed_and_decided(desk, rows.crowd)

    assert (await InvitationDecision.get()).probability == 1.0


async def test_a_service_account_is_not_asked(desk: Desk) -> None:
    rows = await make_survey(desk, ALWAYS)
    await Person.filter(id=rows.crowd.ada.person_id).update(kind=PersonKind.SERVICE)
    await _closed_and_decided(desk, rows.crowd)

    assert [one.reasons for one in await InvitationDecision.all()] == [["service_account"]]


async def test_whoever_opted_out_or_left_is_not_asked(desk: Desk, clock: Clock) -> None:
    rows = await make_survey(desk, replace(ALWAYS, cool_down_days=0))
    ada = rows.crowd.ada
    assert ada.person_id is not None
    await SurveyOptOut.create(person_id=ada.person_id, at=NOW)
    await _closed_and_decided(desk, rows.crowd)
    await Person.filter(id=ada.person_id).update(is_active=False)
    await _closed_and_decided(desk, rows.crowd)

    reasons = [one.reasons for one in await InvitationDecision.all().order_by("id")]
    assert reasons == [["opted_out"], ["not_active", "opted_out"]]
    assert not await Invitation.exists()


async def test_nobody_is_asked_while_another_of_their_requests_is_late(
    desk: Desk, clock: Clock
) -> None:
    rows = await make_survey(desk)
    await make_agreement(desk, organization=rows.crowd.acme)
    await record_ticket(desk, rows.crowd.ada, subject="The other one")
    clock.advance(timedelta(days=20))
    other = await record_ticket(desk, rows.crowd.ada, subject="Makes the first be read again")
    late = await Ticket.get(subject="The other one")
    await _read_clocks_again(late.id, clock)
    await close_one(desk, rows.crowd)

    await decide_on_surveys(desk, (await Ticket.get(state="closed")).id)

    assert other.id != late.id
    assert (await InvitationDecision.get()).reasons == ["late_request_open"]


async def test_a_yearly_limit_holds_beyond_the_cool_down(desk: Desk, clock: Clock) -> None:
    rows = await make_survey(desk, replace(ALWAYS, cool_down_days=10, yearly_limit=2))
    for _ in range(3):
        await _closed_and_decided(desk, rows.crowd)
        clock.advance(timedelta(days=11))

    reasons = [one.reasons for one in await InvitationDecision.all().order_by("at")]
    assert reasons == [[], [], ["yearly_limit"]]


async def test_one_plugins_objection_is_enough_and_a_failing_plugin_stops_nothing(
    desk: Desk,
) -> None:
    def object_to(survey: SurveyFacts, history: tuple[Any, ...]) -> Objection:
        return Objection("vip", f"{survey.name} is not for them; asked {len(history)} times.")

    def fail(survey: SurveyFacts) -> None:
        raise RuntimeError("no")

    rows = await make_survey(desk, replace(ALWAYS, cool_down_days=0))
    failing = host_with(made("failing", check_survey_eligibility=fail))
    await _closed_and_decided(replace(desk, hooks=failing), rows.crowd)
    objecting = host_with(
        made("failing", check_survey_eligibility=fail),
        made("vips", check_survey_eligibility=object_to),
    )
    await _closed_and_decided(replace(desk, hooks=objecting), rows.crowd)

    decisions = await InvitationDecision.all().order_by("id")
    assert [(one.drawn, one.reasons) for one in decisions] == [
        (True, []),
        (False, ["plugin:vips:vip"]),
    ]


async def test_an_invitation_is_taken_back_when_the_request_was_opened_again(
    desk: Desk, clock: Clock
) -> None:
    rows = await make_survey(desk)
    ticket = await close_one(desk, rows.crowd)
    await decide_on_surveys(desk, ticket.id)
    await reopen_ticket(desk, rows.crowd.ada, ticket_id=ticket.id, reason="Again")
    clock.advance(HOUR)

    assert await send_due_invitations(desk) == 0
    assert (await only_invitation()).state is InvitationState.CANCELED
    assert sent(desk) == []


async def test_an_invitation_expires(desk: Desk, clock: Clock) -> None:
    rows = await make_survey(desk)
    await _closed_and_decided(desk, rows.crowd)
    clock.advance(HOUR)
    await send_due_invitations(desk)
    clock.advance(timedelta(days=14) - timedelta(seconds=1))
    assert await expire_invitations(desk) == 0

    clock.advance(timedelta(seconds=1))

    assert await expire_invitations(desk) == 1
    assert (await only_invitation()).state is InvitationState.EXPIRED


async def test_one_click_stops_all_asking(desk: Desk, clock: Clock) -> None:
    rows = await make_survey(desk, replace(ALWAYS, cool_down_days=0))
    await _closed_and_decided(desk, rows.crowd)
    clock.advance(HOUR)
    await send_due_invitations(desk)

    for _ in range(2):
        await stop_asking(desk, SYSTEM, token=last_token(desk))
    await _closed_and_decided(desk, rows.crowd)

    assert await SurveyOptOut.all().count() == 1
    assert (await InvitationDecision.all().order_by("-id").first()).reasons == ["opted_out"]  # type: ignore[union-attr]


async def _closed_and_decided(desk: Desk, crowd: Any) -> None:
    ticket = await close_one(desk, crowd)
    await decide_on_surveys(desk, ticket.id)


async def _read_clocks_again(ticket_id: Any, clock: Clock) -> None:
    events = await TicketEvent.filter(ticket_id=ticket_id).order_by("sequence")
    await store_clocks(ticket_id, clock_events(events), clock.now)


@pytest.mark.parametrize("probability", [0.0, -1.0, 1.5])
async def test_an_impossible_chance_is_refused(desk: Desk, probability: float) -> None:
    with pytest.raises(Exception, match="Choose a probability above 0"):
        await make_survey(desk, replace(ALWAYS, probability=probability))
