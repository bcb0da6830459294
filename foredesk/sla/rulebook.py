"""The rulebook: everything beside a ticket's events that its clocks depend on. Pure."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from uuid import UUID

from foredesk.sla.calendar import BusinessTime
from foredesk.sla.definitions import TERMS_EVENTS, ClockDefinition, EscalationRule
from foredesk.sla.facts import ClockEventKind
from foredesk.sla.penalties import Billing, PenaltyRule
from foredesk.sla.priority import Priority


@dataclass(frozen=True, slots=True)
class Goal:
    """In working seconds. Without a minimum nothing is promised beyond the target."""

    target: int
    minimum: int | None = None


Goals = Mapping[tuple[str, Priority, str | None], Goal]
"""By clock, priority and kind of request; None for every kind."""


@dataclass(frozen=True)
class Terms:
    """What one version of an agreement says, ready to be counted with."""

    business: BusinessTime
    goals: Goals
    clocks: Mapping[str, ClockDefinition]
    calendar_id: UUID | None = None
    agreement: str = ""
    calendar: str = ""
    penalties: tuple[PenaltyRule, ...] = ()
    billing: Billing = field(default_factory=Billing)
    escalations: tuple[EscalationRule, ...] = ()

    def goal(self, clock: str, priority: Priority | None, kind: str | None) -> Goal | None:
        """What is promised for the kind of request, or else for any kind."""
        if priority is None:
            return None
        special = self.goals.get((clock, priority, kind)) if kind else None
        return special or self.goals.get((clock, priority, None))

    @cached_property
    def watched(self) -> frozenset[ClockEventKind]:
        """The events that can move any of the clocks."""
        return TERMS_EVENTS.union(*(clock.watched for clock in self.clocks.values()))


@dataclass(frozen=True, slots=True)
class Rulebook:
    """Agreement versions, and the calendars that were chosen instead of theirs, by key."""

    versions: Mapping[UUID, Terms]
    calendars: Mapping[UUID, BusinessTime] = field(default_factory=dict)

    def terms(self, version_id: UUID | None) -> Terms | None:
        return self.versions.get(version_id) if version_id else None

    def business(self, terms: Terms, calendar_id: UUID | None) -> BusinessTime:
        """A calendar that is not there any more gives way to the agreement's own."""
        return self.calendars.get(calendar_id, terms.business) if calendar_id else terms.business
