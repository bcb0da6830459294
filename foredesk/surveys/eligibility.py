"""Eligibility: who is not asked after a request is closed, and why."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from uuid import UUID

from tortoise.expressions import Q
from tortoise.queryset import QuerySet

from foredesk.people.models import Person, PersonKind
from foredesk.sla.models import TicketClock
from foredesk.surveys.models import (
    Invitation,
    InvitationDecision,
    InvitationState,
    Survey,
    SurveyOptOut,
)
from foredesk.tickets.models import Ticket
from foredesk.tickets.states import TicketState

YEAR = timedelta(days=365)
COOLING_DOWN = "cooling_down"


async def objections(survey: Survey, ticket: Ticket, now: datetime) -> list[str]:
    """The desk's own reasons not to ask, as codes; none means that they may be asked."""
    person_id = ticket.requester_id
    found = {
        "not_active": not await Person.exists(id=person_id, is_active=True),
        "service_account": await Person.exists(id=person_id, kind=PersonKind.SERVICE),
        "opted_out": await SurveyOptOut.exists(person_id=person_id),
        "handled_by_themselves": ticket.assignee_id == person_id,
        "late_request_open": await _has_late_request(ticket),
        COOLING_DOWN: await _asked_since(person_id, now - timedelta(days=survey.cool_down_days)),
        "yearly_limit": await _asked_often(person_id, now - YEAR, survey.yearly_limit),
    }
    return [code for code, applies in found.items() if applies]


async def earlier_chances(survey: Survey, person_id: UUID, now: datetime) -> Sequence[float]:
    """Inclusion probabilities of the person's other tickets within the cool-down."""
    decisions = await InvitationDecision.filter(
        person_id=person_id, at__gt=now - timedelta(days=survey.cool_down_days)
    )
    return [decision.inclusion_probability for decision in decisions]


async def _has_late_request(ticket: Ticket) -> bool:
    return await TicketClock.filter(
        Q(target_breached_at__isnull=False) | Q(minimum_breached_at__isnull=False),
        ticket__requester_id=ticket.requester_id,
        ticket__state__in=[TicketState.OPEN, TicketState.WAITING],
    ).exists()


async def _asked_since(person_id: UUID, since: datetime) -> bool:
    return await _asked(person_id, since).exists()


async def _asked_often(person_id: UUID, since: datetime, limit: int) -> bool:
    return await _asked(person_id, since).count() >= limit


def _asked(person_id: UUID, since: datetime) -> QuerySet[Invitation]:
    return Invitation.filter(person_id=person_id, decision__at__gt=since).exclude(
        state=InvitationState.CANCELED
    )
