"""Parse: what a file says, as a proposed agreement. Pure; every refusal names line and key."""

from collections.abc import Mapping
from datetime import timedelta
from typing import NoReturn
from uuid import UUID

from foredesk.agreement_files.calendars import AGREEMENT_KEYS, read_calendar
from foredesk.agreement_files.clocks import member, read_clock, read_promises
from foredesk.agreement_files.durations import working_day
from foredesk.agreement_files.proposed import ProposedAgreement, ProposedCalendar, in_order
from foredesk.agreement_files.rules import read_billing, read_escalations, read_penalties
from foredesk.agreement_files.tree import FileFormat, Section, UnreadableFile, Value, read_tree
from foredesk.errors import InvalidInput
from foredesk.sla.dated import cleaned_name
from foredesk.sla.proposal import Promised, Proposal
from foredesk.sla.written import WrittenHours
from foredesk.tickets.models import TicketKind

Known = Mapping[str, WrittenHours]
"""Calendars that a file may name instead of defining them."""


def parse_agreement_file(
    text: str, format: FileFormat | None = None, *, calendars: Known | None = None
) -> ProposedAgreement:
    """Raises UnreadableFile."""
    file = read_tree(text, format).section(*AGREEMENT_KEYS)
    calendar = _calendar(file["calendar"], calendars or {})
    stood_for: dict[UUID, str] = {}
    day = working_day(calendar.written.weekly)
    proposal = _proposal(file, day, stood_for)
    return ProposedAgreement(
        name=_name(file["agreement"]),
        calendar=calendar,
        proposal=proposal,
        organization=file.text("organization"),
        service=file.text("service"),
        kind=_kind(file.content.get("kind")),
        stood_for=stood_for,
    )


def parse_calendar_file(text: str, format: FileFormat | None = None) -> ProposedCalendar:
    """A file with nothing but a calendar. Raises UnreadableFile."""
    file = read_tree(text, format).section("calendar")
    return _calendar(file["calendar"], {})


def _calendar(value: Value, known: Known) -> ProposedCalendar:
    if not isinstance(value.content, str):
        return read_calendar(value)
    name = value.text()
    if name not in known:
        value.refuse(f"there is no calendar named {name!r}; say in the file when it is open.")
    return ProposedCalendar(name, known[name], is_named_only=True)


def _proposal(file: Section, day: timedelta, stood_for: dict[UUID, str]) -> Proposal:
    promises: list[Promised] = []
    clocks = []
    for name, value in file["clocks"].mapping().items():
        definition = read_clock(name, value, stood_for)
        clocks += [definition] if definition else []
        promises += read_promises(name, value, day)
    penalties = file.content.get("penalties")
    proposal = Proposal(
        promises,
        clocks,
        read_penalties(penalties) if penalties else (),
        read_billing(penalties),
        read_escalations(file.items("escalations"), stood_for),
    )
    try:
        proposal.check()
    except InvalidInput as refused:
        _refuse(file, refused)
    return in_order(proposal)


_PLACES: Mapping[str, str] = {
    "promises": "clocks",
    "currency": "penalties",
    "monthlyFee": "penalties",
    "penaltyCap": "penalties",
    "penaltyCapPercent": "penalties",
}


def _refuse(file: Section, refused: InvalidInput) -> NoReturn:
    """What contradicts itself is told of the part of the file that it is in."""
    name = _PLACES.get(refused.field, refused.field)
    place = file.content.get(name)
    raise UnreadableFile(
        refused.message, line=place.line if place else None, key=place.key if place else name
    ) from refused


def _kind(value: Value | None) -> str | None:
    return member(TicketKind, value.text(), value).value if value and value.text() else None


def _name(value: Value) -> str:
    try:
        return cleaned_name(value.text())
    except InvalidInput as refused:
        value.refuse(refused.message)
