"""Proposal: the terms of an agreement as somebody writes them, and whether they make sense."""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import timedelta
from decimal import Decimal
from typing import NoReturn

from babel.numbers import list_currencies

from foredesk.errors import InvalidInput
from foredesk.people.roles import AGENT_ROLES
from foredesk.sla.definitions import TEMPLATES, ClockDefinition, EscalationRule, Level
from foredesk.sla.penalties import Billing, PenaltyRule
from foredesk.sla.priority import Priority

SHORTEST = timedelta(minutes=1)
MOST_CLOCKS, MOST_WARNINGS, MOST_PROMISES, MOST_RULES = 12, 10, 400, 60
TITLE_LIMIT = 80
_NAME = re.compile(r"[a-z][a-z0-9_]{0,31}")


@dataclass(frozen=True, slots=True)
class Promised:
    """For one clock and priority, in working time: what we aim at, and what may be counted on.

    With a kind of request it holds for that kind only.
    """

    clock: str
    priority: Priority
    target: timedelta
    minimum: timedelta | None
    kind: str | None = None


@dataclass(frozen=True, slots=True)
class Proposal:
    """What a version is to say. `clocks` need not name those that `TEMPLATES` define."""

    promises: Sequence[Promised]
    clocks: Sequence[ClockDefinition] = ()
    penalties: Sequence[PenaltyRule] = ()
    billing: Billing = field(default_factory=Billing)
    escalations: Sequence[EscalationRule] = ()

    @property
    def defined(self) -> Mapping[str, ClockDefinition]:
        """Every clock that is promised something: as it is defined here, or as it is built in."""
        own = {clock.name: clock for clock in self.clocks}
        for promised in self.promises:
            if promised.clock not in own and promised.clock in TEMPLATES:
                own[promised.clock] = TEMPLATES[promised.clock]
        return own

    def check(self) -> None:
        """Raises InvalidInput for terms that contradict themselves or that nobody could keep."""
        _check_clocks(self.clocks)
        _check_promises(self.promises, self.defined)
        _check_billing(self.billing)
        _check_penalties(self)
        _check_escalations(self)


def _check_clocks(clocks: Sequence[ClockDefinition]) -> None:
    if len(clocks) > MOST_CLOCKS:
        _refuse("clocks", f"Define at most {MOST_CLOCKS} clocks.")
    if len({clock.name for clock in clocks}) < len(clocks):
        _refuse("clocks", "Give each clock a name of its own.")
    for clock in clocks:
        _check_clock(clock)


def _check_clock(clock: ClockDefinition) -> None:
    if not _NAME.fullmatch(clock.name):
        _refuse("clocks", f"Name a clock like next_update, not {clock.name!r}.")
    if not 0 < len(clock.title) <= TITLE_LIMIT or not clock.title.isprintable():
        _refuse("clocks", f"Give {clock.name} a title of at most {TITLE_LIMIT} characters.")
    if not clock.start or not clock.stop | clock.cycle:
        _refuse("clocks", f"Say which events start {clock.name}, and which stop it.")
    if clock.stop & (clock.start | clock.restart | clock.cycle):
        _refuse("clocks", f"An event can't both start and stop {clock.name}.")
    if clock.restart & clock.cycle:
        _refuse("clocks", f"An event can't both continue {clock.name} and begin it anew.")
    if len(clock.warnings) > MOST_WARNINGS:
        _refuse("clocks", f"Warn of {clock.name} at most {MOST_WARNINGS} times.")
    if len(set(clock.warnings)) < len(clock.warnings):
        _refuse("clocks", f"Give each warning of {clock.name} once.")
    if not all(1 <= percent <= 99 for percent in clock.warnings):
        _refuse("clocks", f"Warn of {clock.name} at 1 to 99 percent of its target.")
    if clock.continue_within is not None and clock.continue_within < timedelta(0):
        _refuse("clocks", f"{clock.name} can't be continued in the past.")


def _check_promises(promises: Sequence[Promised], defined: Mapping[str, ClockDefinition]) -> None:
    if not promises:
        _refuse("promises", "Promise at least one thing.")
    if len(promises) > MOST_PROMISES:
        _refuse("promises", f"Promise at most {MOST_PROMISES} things.")
    if len({(one.clock, one.priority, one.kind) for one in promises}) < len(promises):
        _refuse("promises", "Give each clock and priority once.")
    for one in promises:
        if one.clock not in defined:
            _refuse("promises", f"Define the clock {one.clock!r} first.")
        if one.target < SHORTEST or (one.minimum is not None and one.minimum < one.target):
            _refuse(
                "promises", "A target is at least a minute, and its minimum no shorter than it."
            )
    if idle := defined.keys() - {one.clock for one in promises}:
        _refuse("clocks", f"Promise something for the clock {min(idle)}.")


def _check_billing(billing: Billing) -> None:
    if billing.currency is not None and billing.currency not in list_currencies():
        _refuse("currency", f"{billing.currency!r} is no currency; write EUR.")
    for name, amount in (("monthlyFee", billing.monthly_fee), ("penaltyCap", billing.cap)):
        _check_amount(name, amount)
        if amount is not None and billing.currency is None:
            _refuse("currency", "Say in which currency.")
    _check_percent("penaltyCapPercent", billing.cap_percent)
    if billing.cap_percent is not None and billing.monthly_fee is None:
        _refuse("monthlyFee", "A cap in percent needs the monthly fee.")


def _check_penalties(proposal: Proposal) -> None:
    rules, billing = proposal.penalties, proposal.billing
    if len(rules) > MOST_RULES:
        _refuse("penalties", f"Agree on at most {MOST_RULES} penalties.")
    if len({(rule.clock, rule.priority) for rule in rules}) < len(rules):
        _refuse("penalties", "Give each clock and priority once.")
    for rule in rules:
        _check_minimum("penalties", rule.clock, rule.priority, proposal)
        if (rule.amount is None) == (rule.percent is None):
            _refuse("penalties", "A penalty is either an amount or a share of the monthly fee.")
        _check_amount("penalties", rule.amount)
        _check_amount("penalties", rule.monthly_cap)
        _check_percent("penalties", rule.percent)
        if billing.currency is None:
            _refuse("currency", "Say in which currency.")
        if rule.percent is not None and billing.monthly_fee is None:
            _refuse("monthlyFee", "A penalty in percent needs the monthly fee.")


def _check_escalations(proposal: Proposal) -> None:
    rules, defined = proposal.escalations, proposal.defined
    if len(rules) > MOST_RULES:
        _refuse("escalations", f"Agree on at most {MOST_RULES} escalations.")
    for rule in rules:
        clock = defined.get(rule.clock)
        if clock is None:
            _refuse("escalations", f"There is no clock {rule.clock!r} to escalate by.")
        if (rule.level is Level.WARNING) != (rule.percent is not None):
            _refuse("escalations", "Give the percent of a warning, and of nothing else.")
        if rule.percent is not None and rule.percent not in clock.warnings:
            _refuse("escalations", f"{rule.clock} has no warning at {rule.percent} percent.")
        if rule.level is Level.MINIMUM:
            _check_minimum("escalations", rule.clock, rule.priority, proposal)
        if sum(one is not None for one in (rule.team_id, rule.person_id, rule.role)) != 1:
            _refuse("escalations", "Escalate to a team, to a person, or to a role.")
        if rule.role is not None and rule.role not in AGENT_ROLES:
            _refuse("escalations", f"{rule.role!r} is no role of those who handle requests.")


def _check_minimum(field: str, clock: str, priority: Priority | None, proposal: Proposal) -> None:
    """Something that hangs on a minimum needs one wherever it holds."""
    promises = _promises_for(clock, priority, proposal.promises)
    if not promises:
        _refuse(field, f"Nothing is promised that {clock!r} could miss.")
    if any(one.minimum is None for one in promises):
        _refuse(field, f"The clock {clock} has no minimum that could be missed.")


def _promises_for(
    clock: str, priority: Priority | None, promises: Iterable[Promised]
) -> list[Promised]:
    return [one for one in promises if one.clock == clock and priority in (None, one.priority)]


def _check_amount(field: str, amount: Decimal | None) -> None:
    if amount is not None and not (amount.is_finite() and 0 < amount < 10**10):
        _refuse(field, "Give an amount above nothing.")


def _check_percent(field: str, percent: Decimal | None) -> None:
    if percent is not None and not (percent.is_finite() and 0 < percent <= 100):
        _refuse(field, "Give a percent above 0 and up to 100.")


def _refuse(field: str, message: str) -> NoReturn:
    raise InvalidInput(field, message)
