"""Differences between two agreements, or two calendars, in words: what was and what will be."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import timedelta
from decimal import Decimal
from enum import StrEnum
from typing import Any

from foredesk.agreement_files.clocks import clock_content
from foredesk.agreement_files.durations import write_duration
from foredesk.agreement_files.proposed import (
    ProposedAgreement,
    ProposedCalendar,
    clocks_in_order,
)
from foredesk.agreement_files.rules import escalations_content, penalties_content
from foredesk.sla.hours import WEEKDAYS

CLOSED = "closed"


class DifferencePart(StrEnum):
    AGREEMENT = "agreement"
    CALENDAR = "calendar"
    CLOCK = "clock"
    TARGET = "target"
    PENALTY = "penalty"
    ESCALATION = "escalation"


@dataclass(frozen=True, slots=True)
class Difference:
    """`subject` says of what; without `before` it is new, without `after` it goes."""

    part: DifferencePart
    subject: str
    before: str | None
    after: str | None

    @property
    def words(self) -> str:
        if self.before is None:
            return f"{self.subject} {self.after} is new"
        if self.after is None:
            return f"{self.subject} {self.before} goes"
        return f"{self.subject} {self.before} → {self.after}"


def agreement_differences(before: ProposedAgreement, after: ProposedAgreement) -> list[Difference]:
    """In the order of a file."""
    scopes = [
        {"name": one.name, "organization": one.organization, "service": one.service}
        | {"kind": one.kind or ""}
        for one in (before, after)
    ]
    return [
        *_changes(DifferencePart.AGREEMENT, *(_said(scope) for scope in scopes)),
        *calendar_differences(before.calendar, after.calendar),
        *_changes(DifferencePart.CLOCK, _clocks(before), _clocks(after)),
        *_changes(DifferencePart.TARGET, _targets(before), _targets(after)),
        *_changes(DifferencePart.PENALTY, _penalties(before), _penalties(after)),
        *_changes(DifferencePart.ESCALATION, _escalations(before), _escalations(after)),
    ]


def calendar_differences(before: ProposedCalendar, after: ProposedCalendar) -> list[Difference]:
    part = DifferencePart.CALENDAR
    return list(_changes(part, _calendar(before), _calendar(after)))


def _changes(
    part: DifferencePart, before: Mapping[str, str], after: Mapping[str, str]
) -> Iterator[Difference]:
    for subject in dict.fromkeys((*before, *after)):
        was, will_be = before.get(subject), after.get(subject)
        if was != will_be:
            yield Difference(part, subject, was, will_be)


def _calendar(calendar: ProposedCalendar) -> dict[str, str]:
    written, source = calendar.written, calendar.written.holidays
    said = {"calendar": calendar.name, "time zone": written.time_zone}
    said |= {day: _hours(written.weekly.get(day, ())) for day in WEEKDAYS}
    if source:
        place = " ".join(filter(None, (source.country, source.region, *source.categories)))
        said["holidays"] = f"{place} {', '.join(map(str, source.years))}"
    for day in sorted(written.exceptions):
        name = written.names.get(day, "")
        said[day] = " ".join(filter(None, (name, _hours(written.exceptions[day]))))
    return said


def _hours(spans: Any) -> str:
    return ", ".join(spans) or CLOSED


def _clocks(agreement: ProposedAgreement) -> dict[str, str]:
    said: dict[str, str] = {}
    for name, clock in clocks_in_order(agreement.proposal).items():
        said[f"clock {name}"] = clock.title
        content = clock_content(clock, (), agreement.stood_for, timedelta(0))
        content.pop("title", None)
        said |= {f"{name} {key}": _text(one) for key, one in content.items()}
    return said


def _targets(agreement: ProposedAgreement) -> dict[str, str]:
    day, said = agreement.calendar.working_day, dict[str, str]()
    for one in agreement.proposal.promises:
        subject = " ".join(filter(None, (one.clock, one.kind, one.priority.value)))
        said[f"{subject}: target"] = _time(one.target, day)
        if one.minimum is not None:
            said[f"{subject}: minimum"] = _time(one.minimum, day)
    return said


def _penalties(agreement: ProposedAgreement) -> dict[str, str]:
    proposal = agreement.proposal
    content = penalties_content(proposal.penalties, proposal.billing)
    rules = content.pop("rules", [])
    said = {key.replace("_", " "): _text(one) for key, one in content.items()}
    for rule in rules:
        subject = f"penalty {rule.pop('clock')} {_text(rule.pop('priority', 'every priority'))}"
        said[subject] = _pairs(rule)
    return said


def _escalations(agreement: ProposedAgreement) -> dict[str, str]:
    said: dict[str, str] = {}
    for rule in escalations_content(agreement.proposal.escalations, agreement.stood_for):
        priority = str(rule.pop("priority", ""))
        subject = " ".join(filter(None, (rule.pop("clock"), priority, "at", rule.pop("at"))))
        said[subject] = "; ".join(filter(None, (said.get(subject), _pairs(rule))))
    return said


def _time(time: timedelta, day: timedelta) -> str:
    """What is written in days is told in hours, too: a day of another calendar is another time."""
    in_days, in_hours = write_duration(time, day), write_duration(time, None)
    return in_days if in_days == in_hours else f"{in_days} ({in_hours})"


def _said(values: Mapping[str, str]) -> dict[str, str]:
    return {key: one for key, one in values.items() if one}


def _pairs(values: Mapping[str, Any]) -> str:
    return ", ".join(f"{key.replace('_', ' ')} {_text(one)}" for key, one in values.items())


def _text(value: Any) -> str:
    if isinstance(value, list):
        return ", ".join(map(_text, value)) or "none"
    if isinstance(value, Decimal):
        whole = int(value)
        return str(whole) if whole == value else format(value.normalize(), "f")
    return str(value) or "none"
