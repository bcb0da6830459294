"""Compile: a stored version of an agreement, made ready for the clock once and for all."""

from datetime import timedelta

from foredesk.sla.calendar import BusinessTime
from foredesk.sla.definitions import ClockDefinition, EscalationRule, PauseRule
from foredesk.sla.facts import ClockEventKind
from foredesk.sla.models import AgreementClock, AgreementVersion
from foredesk.sla.penalties import Billing, PenaltyRule
from foredesk.sla.rulebook import Goal, Goals, Terms


def compiled(version: AgreementVersion, business: BusinessTime) -> Terms:
    """The version has to come with all that refers to it, its agreement and its calendar."""
    return Terms(
        business=business,
        goals=_goals(version),
        clocks={clock.name: definition_of(clock) for clock in version.clocks},
        calendar_id=version.calendar_id,
        agreement=f"“{version.agreement.name}” (version {version.number})",
        calendar=version.calendar.name,
        penalties=_penalties(version),
        billing=billing_of(version),
        escalations=_escalations(version),
    )


def definition_of(clock: AgreementClock) -> ClockDefinition:
    within = clock.continue_within_seconds
    return ClockDefinition(
        name=clock.name,
        title=clock.title,
        start=_kinds(clock.start),
        stop=_kinds(clock.stop),
        restart=_kinds(clock.restart),
        cycle=_kinds(clock.cycle),
        pause=frozenset(PauseRule.read(text) for text in clock.pause),
        warnings=tuple(sorted(clock.warnings)),
        team_id=clock.team_id,
        continue_within=None if within is None else timedelta(seconds=within),
    )


def billing_of(version: AgreementVersion) -> Billing:
    return Billing(
        version.currency, version.monthly_fee, version.penalty_cap, version.penalty_cap_percent
    )


def _kinds(written: list[str]) -> frozenset[ClockEventKind]:
    return frozenset(ClockEventKind(kind) for kind in written)


def _goals(version: AgreementVersion) -> Goals:
    return {
        (target.clock, target.priority, target.kind): Goal(
            target.target_seconds, target.minimum_seconds
        )
        for target in version.targets
    }


def _penalties(version: AgreementVersion) -> tuple[PenaltyRule, ...]:
    return tuple(
        PenaltyRule(row.clock, row.priority, row.amount, row.percent, row.monthly_cap)
        for row in version.penalties
    )


def _escalations(version: AgreementVersion) -> tuple[EscalationRule, ...]:
    return tuple(
        EscalationRule(
            id=row.id,
            clock=row.clock,
            level=row.level,
            percent=row.percent,
            priority=row.priority,
            team_id=row.team_id,
            person_id=row.person_id,
            role=row.role,
        )
        for row in version.escalations
    )
