"""Decide: after a request is closed, whether its requester is asked, and why."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from uuid import UUID

from foredesk.database import transaction
from foredesk.desk import Desk
from foredesk.people.models import Person
from foredesk.sla.priority import Priority
from foredesk.surveys.eligibility import COOLING_DOWN, earlier_chances, objections
from foredesk.surveys.facts import history_of, person_facts, survey_facts
from foredesk.surveys.models import (
    Invitation,
    InvitationDecision,
    InvitationState,
    Survey,
    SurveyState,
    SurveyVersion,
)
from foredesk.surveys.sampling import draw, inclusion_probability, probability
from foredesk.tickets.facts import facts_of
from foredesk.tickets.models import Ticket
from foredesk.tickets.states import TicketState

MONTH = timedelta(days=30)
QUARTER = timedelta(days=90)


async def decide_on_surveys(desk: Desk, ticket_id: UUID) -> None:
    """Decide once for each live survey of the organization. Never touches the ticket.

    Nobody is asked about what a confidential team had: others would read the answers.
    """
    ticket = await Ticket.get_or_none(id=ticket_id, state=TicketState.CLOSED, is_confidential=False)
    if ticket is None:
        return
    surveys = await Survey.filter(
        organization_id=ticket.organization_id, state=SurveyState.LIVE
    ).order_by("created_at", "id")
    for survey in surveys:
        await _decide(desk, survey, ticket)


async def _decide(desk: Desk, survey: Survey, ticket: Ticket) -> None:
    version = await SurveyVersion.filter(survey_id=survey.id).order_by("-number").first()
    if version is None or await _is_decided(survey, ticket):
        return
    # Plugins are never asked while a transaction is open, and only about people we would ask.
    objected: Sequence[str] = ()
    if not await objections(survey, ticket, desk.now()):
        objected = await _plugins_object(desk, survey, version, ticket)
    async with transaction():
        await Person.filter(id=ticket.requester_id).select_for_update(no_key=True).first()
        if not await _is_decided(survey, ticket):
            await _store(desk, survey, version, ticket, objected)


async def _is_decided(survey: Survey, ticket: Ticket) -> bool:
    return await InvitationDecision.exists(survey_id=survey.id, ticket_id=ticket.id)


async def _plugins_object(
    desk: Desk, survey: Survey, version: SurveyVersion, ticket: Ticket
) -> Sequence[str]:
    person = await person_facts(ticket.requester_id)
    outcomes = await desk.hooks.collect(
        "check_survey_eligibility",
        ticket.organization_id,
        survey=await survey_facts(survey, version, person.locale),
        person=person,
        ticket=await facts_of(ticket),
        history=await history_of(ticket.requester_id, desk.now()),
    )
    return [
        f"plugin:{outcome.plugin}:{outcome.value.code}"
        for outcome in outcomes
        if not outcome.error and outcome.value is not None
    ]


async def _store(
    desk: Desk,
    survey: Survey,
    version: SurveyVersion,
    ticket: Ticket,
    objected: Sequence[str],
) -> None:
    now = desk.now()
    reasons = [*await objections(survey, ticket, now), *objected]
    chance = await _chances(desk, survey, ticket, reasons)
    drawn = draw(survey.sampling_secret, ticket.id)
    decision = await InvitationDecision.create(
        at=now,
        eligible=not reasons,
        reasons=reasons,
        stratum=ticket.priority.value,
        probability=chance.now,
        inclusion_probability=chance.ever,
        draw=drawn,
        drawn=not reasons and drawn < chance.now,
        survey_id=survey.id,
        version_id=version.id,
        ticket_id=ticket.id,
        person_id=ticket.requester_id,
    )
    if decision.drawn:
        await _invite(survey, ticket, decision)


@dataclass(frozen=True, slots=True)
class _Chance:
    """`now`, if nothing stands against it; `ever`, with the cool-down counted in."""

    now: float
    ever: float


async def _chances(desk: Desk, survey: Survey, ticket: Ticket, reasons: Sequence[str]) -> _Chance:
    if set(reasons) - {COOLING_DOWN}:
        return _Chance(0.0, 0.0)
    now = survey.probability or await _needed(desk, survey, ticket)
    earlier = await earlier_chances(survey, ticket.requester_id, desk.now())
    return _Chance(now, inclusion_probability(now, earlier))


async def _needed(desk: Desk, survey: Survey, ticket: Ticket) -> float:
    now = desk.now()
    invitations = Invitation.filter(version__survey_id=survey.id, sent_at__gt=now - QUARTER)
    closes = Ticket.filter(
        organization_id=survey.organization_id,
        priority=ticket.priority,
        closed_at__gt=now - MONTH,
        closed_at__lte=now,
    )
    return probability(
        half_width=survey.target_half_width,
        expected_closes=await closes.count(),
        sent=await invitations.count(),
        answered=await invitations.filter(state=InvitationState.ANSWERED).count(),
        strata=len(Priority),
    )


async def _invite(survey: Survey, ticket: Ticket, decision: InvitationDecision) -> None:
    send_at = decision.at + timedelta(seconds=survey.delay_seconds)
    await Invitation.create(
        send_at=send_at,
        expires_at=send_at + timedelta(days=survey.expires_after_days),
        decision_id=decision.id,
        person_id=ticket.requester_id,
        ticket_id=ticket.id,
        version_id=decision.version_id,
    )
