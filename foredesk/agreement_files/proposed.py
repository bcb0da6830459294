"""Proposed: an agreement as a file says it. Nothing of it is stored, and nothing is looked up."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import timedelta
from uuid import NAMESPACE_URL, UUID, uuid5

from foredesk.agreement_files.durations import working_day
from foredesk.sla.calendar import BusinessTime
from foredesk.sla.definitions import TEMPLATES, ClockDefinition
from foredesk.sla.priority import Priority
from foredesk.sla.proposal import Proposal
from foredesk.sla.rulebook import Goal, Terms
from foredesk.sla.written import WrittenHours


@dataclass(frozen=True, slots=True)
class ProposedCalendar:
    """`is_named_only`: the file names a calendar that the desk has, and says nothing of it."""

    name: str
    written: WrittenHours
    is_named_only: bool = field(default=False, compare=False)

    @property
    def working_day(self) -> timedelta:
        return working_day(self.written.weekly)


@dataclass(frozen=True, slots=True)
class ProposedAgreement:
    """Organizations, services, teams and people go by their slug, key and e-mail address.

    In `proposal` a `stand_in` takes the place of each team and person; `stood_for` says of whom.
    """

    name: str
    calendar: ProposedCalendar
    proposal: Proposal
    organization: str = ""
    service: str = ""
    kind: str | None = None
    stood_for: Mapping[UUID, str] = field(default_factory=dict)

    def terms(self) -> Terms:
        """Ready for the clock, as if it were in force."""
        goals = {
            (one.clock, one.priority, one.kind): Goal(
                _seconds(one.target), None if one.minimum is None else _seconds(one.minimum)
            )
            for one in self.proposal.promises
        }
        return Terms(
            business=BusinessTime.of(self.calendar.written.read()),
            goals=goals,
            clocks=self.proposal.defined,
            agreement=self.name,
            calendar=self.calendar.name,
            penalties=tuple(self.proposal.penalties),
            billing=self.proposal.billing,
            escalations=tuple(self.proposal.escalations),
        )


def clocks_in_order(proposal: Proposal) -> Mapping[str, ClockDefinition]:
    """The built-in ones first."""
    defined = proposal.defined
    names = [*(name for name in TEMPLATES if name in defined), *defined]
    return {name: defined[name] for name in names}


def in_order(proposal: Proposal) -> Proposal:
    """The same, with clocks and promises in the order of a file, and nothing said twice."""
    clocks, priorities = list(clocks_in_order(proposal)), list(Priority)
    return replace(
        proposal,
        clocks=tuple(
            clock
            for name, clock in clocks_in_order(proposal).items()
            if clock != TEMPLATES.get(name)
        ),
        promises=tuple(
            sorted(
                proposal.promises,
                key=lambda one: (
                    clocks.index(one.clock),
                    one.kind or "",
                    priorities.index(one.priority),
                ),
            )
        ),
        penalties=tuple(proposal.penalties),
        escalations=tuple(proposal.escalations),
    )


def stand_in(noun: str, name: str) -> UUID:
    """The same for the same, and no key of any row."""
    return uuid5(NAMESPACE_URL, f"foredesk:{noun}:{name}")


def _seconds(time: timedelta) -> int:
    return int(time.total_seconds())
