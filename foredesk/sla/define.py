"""Define agreements. What was in force stays: a revision is a new, dated version."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from uuid import UUID

from foredesk.database import transaction
from foredesk.desk import Desk
from foredesk.errors import InvalidInput, NotFound, StaleVersion
from foredesk.people.idempotency import Once
from foredesk.people.models import Person, Team
from foredesk.people.viewer import Viewer
from foredesk.sla.agreed import agreements_changed
from foredesk.sla.calendar import NoWorkingTime
from foredesk.sla.dated import cleaned_name, require_for, start_of
from foredesk.sla.definitions import ClockDefinition, EscalationRule
from foredesk.sla.models import (
    Agreement,
    AgreementClock,
    AgreementEscalation,
    AgreementPenalty,
    AgreementTarget,
    AgreementVersion,
)
from foredesk.sla.penalties import Billing, PenaltyRule
from foredesk.sla.proposal import Promised, Proposal
from foredesk.sla.terms import business_times

__all__ = ["Promised", "define_agreement", "revise_agreement"]


async def define_agreement(
    desk: Desk,
    viewer: Viewer,
    *,
    name: str,
    calendar_id: UUID,
    promises: Sequence[Promised],
    clocks: Sequence[ClockDefinition] = (),
    penalties: Sequence[PenaltyRule] = (),
    billing: Billing | None = None,
    escalations: Sequence[EscalationRule] = (),
    organization_id: UUID | None = None,
    service_id: UUID | None = None,
    kind: str | None = None,
    valid_from: datetime | None = None,
    once: Once | None = None,
) -> Agreement:
    """Promise an organization something; without one, everybody, which is for administrators.

    `clocks` define what `TEMPLATES` does not, or otherwise. Raises InvalidInput or NotFound.
    """
    require_for(viewer, organization_id)
    start = valid_from or desk.now()
    proposal = Proposal(promises, clocks, penalties, billing or Billing(), escalations)
    await _check(proposal, calendar_id, organization_id, start)
    async with transaction():
        agreement = await Agreement.create(
            name=cleaned_name(name),
            kind=kind,
            organization_id=organization_id,
            service_id=service_id,
            created_at=desk.now(),
        )
        await _add_version(agreement.id, 1, calendar_id, start, proposal)
        if once is not None:
            await once.remember(agreement.id)
    return agreement


async def revise_agreement(
    desk: Desk,
    viewer: Viewer,
    *,
    agreement_id: UUID,
    calendar_id: UUID,
    promises: Sequence[Promised],
    clocks: Sequence[ClockDefinition] = (),
    penalties: Sequence[PenaltyRule] = (),
    billing: Billing | None = None,
    escalations: Sequence[EscalationRule] = (),
    valid_from: datetime | None = None,
    expected_version: int | None = None,
    once: Once | None = None,
) -> AgreementVersion:
    """Change the terms for requests that are made from now or a later time on.

    Raises InvalidInput or NotFound, and StaleVersion if the newest version is another.
    """
    agreement = await Agreement.get_or_none(id=agreement_id)
    if agreement is None:
        raise NotFound("agreementId")
    require_for(viewer, agreement.organization_id)
    newest = await AgreementVersion.filter(agreement_id=agreement_id).order_by("-number").first()
    number = newest.number if newest else 0
    if expected_version not in (None, number):
        raise StaleVersion(number)
    start = start_of(desk, valid_from, newest.valid_from if newest else desk.now())
    proposal = Proposal(promises, clocks, penalties, billing or Billing(), escalations)
    await _check(proposal, calendar_id, agreement.organization_id, start)
    async with transaction():
        version = await _add_version(agreement_id, number + 1, calendar_id, start, proposal)
        if once is not None:
            await once.remember(version.id)
    return version


async def _check(
    proposal: Proposal, calendar_id: UUID, organization_id: UUID | None, start: datetime
) -> None:
    proposal.check()
    business = (await business_times([calendar_id])).get(calendar_id)
    if business is None:
        raise NotFound("calendarId")
    longest = max(one.minimum or one.target for one in proposal.promises)
    try:
        business.add(start, _seconds(longest))
    except NoWorkingTime:
        raise InvalidInput(
            "promises", "The calendar is not open long enough in ten years for this."
        ) from None
    for clock in proposal.defined.values():
        await _check_team("clocks", clock.team_id, organization_id)
    for rule in proposal.escalations:
        await _check_team("escalations", rule.team_id, organization_id)
        if rule.person_id and not await Person.exists(id=rule.person_id, is_active=True):
            raise NotFound("escalations")


async def _check_team(field: str, team_id: UUID | None, organization_id: UUID | None) -> None:
    """It has to serve the organization that something is promised to."""
    if team_id is None:
        return
    serving = Team.filter(id=team_id)
    if organization_id is not None:
        serving = serving.filter(customers__organization_id=organization_id)
    if not await serving.exists():
        raise NotFound(field)


async def _add_version(
    agreement_id: UUID, number: int, calendar_id: UUID, start: datetime, proposal: Proposal
) -> AgreementVersion:
    await agreements_changed()
    billing = proposal.billing
    version = await AgreementVersion.create(
        agreement_id=agreement_id,
        number=number,
        calendar_id=calendar_id,
        valid_from=start,
        currency=billing.currency,
        monthly_fee=billing.monthly_fee,
        penalty_cap=billing.cap,
        penalty_cap_percent=billing.cap_percent,
    )
    for position, clock in enumerate(proposal.defined.values()):
        await _add_clock(version.id, position, clock)
    for one in proposal.promises:
        await AgreementTarget.create(
            version_id=version.id,
            clock=one.clock,
            priority=one.priority,
            kind=one.kind,
            target_seconds=_seconds(one.target),
            minimum_seconds=None if one.minimum is None else _seconds(one.minimum),
            is_operational=proposal.defined[one.clock].team_id is not None,
        )
    await _add_rules(version.id, proposal)
    return version


async def _add_clock(version_id: UUID, position: int, clock: ClockDefinition) -> None:
    within = clock.continue_within
    await AgreementClock.create(
        version_id=version_id,
        position=position,
        name=clock.name,
        title=clock.title,
        start=sorted(clock.start),
        stop=sorted(clock.stop),
        restart=sorted(clock.restart),
        cycle=sorted(clock.cycle),
        pause=sorted(map(str, clock.pause)),
        warnings=sorted(clock.warnings),
        team_id=clock.team_id,
        continue_within_seconds=None if within is None else _seconds(within),
    )


async def _add_rules(version_id: UUID, proposal: Proposal) -> None:
    for position, penalty in enumerate(proposal.penalties):
        await AgreementPenalty.create(
            version_id=version_id,
            position=position,
            clock=penalty.clock,
            priority=penalty.priority,
            amount=penalty.amount,
            percent=penalty.percent,
            monthly_cap=penalty.monthly_cap,
        )
    for position, rule in enumerate(proposal.escalations):
        await AgreementEscalation.create(
            version_id=version_id,
            position=position,
            clock=rule.clock,
            level=rule.level,
            percent=rule.percent,
            priority=rule.priority,
            team_id=rule.team_id,
            person_id=rule.person_id,
            role=rule.role,
        )


def _seconds(time: timedelta) -> int:
    return int(time.total_seconds())
