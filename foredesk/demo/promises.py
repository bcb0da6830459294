"""What the demo's provider has promised: calendars, and agreements with target and minimum."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import timedelta
from decimal import Decimal
from uuid import UUID

from foredesk.demo.holidays import Exceptions, berlin_exceptions, new_york_exceptions
from foredesk.demo.people import BERLIN, INFRASTRUCTURE, NEW_YORK
from foredesk.people.roles import Role
from foredesk.sla.define import Promised
from foredesk.sla.definitions import (
    NEXT_UPDATE,
    RESOLUTION,
    RESPONSE,
    TEMPLATES,
    ClockDefinition,
    EscalationRule,
    Level,
)
from foredesk.sla.holidays import HolidaySource, holidays_of
from foredesk.sla.penalties import Billing, PenaltyRule
from foredesk.sla.priority import Priority
from foredesk.tickets.models import TicketKind

BERLIN_HOURS, NEW_YORK_HOURS, ALWAYS = (
    "Berlin office hours",
    "New York office hours",
    "Around the clock",
)
_WORKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday")


@dataclass(frozen=True, slots=True)
class Hours:
    name: str
    time_zone: str
    weekly: Mapping[str, list[str]]
    exceptions: Exceptions
    holidays: HolidaySource | None = None

    @property
    def names(self) -> Mapping[str, str]:
        """Of those exceptions that are public holidays."""
        named = holidays_of(self.holidays) if self.holidays else ()
        days = {one.date.isoformat(): one.name for one in named}
        return {day: name for day, name in days.items() if day in self.exceptions}


@dataclass(frozen=True, slots=True)
class Terms:
    """`from_month` on: 0 is the beginning of the story. `team` has the operational clock."""

    calendar: str
    promises: tuple[Promised, ...]
    from_month: int = 0
    team: str = ""
    penalties: tuple[PenaltyRule, ...] = ()
    billing: Billing = field(default_factory=Billing)
    escalations: tuple[EscalationRule, ...] = ()

    def clocks(self, teams: Mapping[str, UUID]) -> list[ClockDefinition]:
        """Those that are not built in, or otherwise."""
        if not self.team:
            return []
        update = replace(TEMPLATES[NEXT_UPDATE], warnings=(50, 90))
        return [update, replace(OPERATIONAL, team_id=teams[self.team])]


@dataclass(frozen=True, slots=True)
class Deal:
    """Without a company it is for everybody; `terms` are its versions, the oldest first."""

    name: str
    terms: tuple[Terms, ...]
    company: str = ""
    service: str = ""
    kind: str | None = None


def calendars(years: Iterable[int]) -> tuple[Hours, ...]:
    years = tuple(years)
    berlin = _each(_WORKDAYS, "08:00-12:00", "12:45-17:00")
    return (
        Hours(
            BERLIN_HOURS,
            BERLIN,
            berlin | {"friday": ["08:00-12:00", "12:45-15:30"]},
            berlin_exceptions(years),
            HolidaySource("DE", "BE", years=years),
        ),
        Hours(
            NEW_YORK_HOURS,
            NEW_YORK,
            _each(_WORKDAYS, "08:30-12:30", "13:15-18:00"),
            new_york_exceptions(years),
            HolidaySource("US", "NY", years=years),
        ),
        Hours(
            ALWAYS,
            "UTC",
            _each((*_WORKDAYS, "saturday", "sunday"), "00:00-24:00"),
            {},
        ),
    )


def _each(days: Iterable[str], *spans: str) -> dict[str, list[str]]:
    return {day: list(spans) for day in days}


_Hours = tuple[float, float]
"""Target and minimum, in working hours."""


def _promises(
    response: Mapping[Priority, _Hours], resolution: Mapping[Priority, _Hours]
) -> tuple[Promised, ...]:
    return tuple(
        Promised(clock, priority, timedelta(hours=target), timedelta(hours=minimum))
        for clock, goals in ((RESPONSE, response), (RESOLUTION, resolution))
        for priority, (target, minimum) in goals.items()
    )


_CRITICAL, _HIGH, _NORMAL, _LOW = Priority.CRITICAL, Priority.HIGH, Priority.NORMAL, Priority.LOW
_STANDARD = _promises(
    {_CRITICAL: (1, 2), _HIGH: (2, 4), _NORMAL: (4, 8), _LOW: (8, 16)},
    {_CRITICAL: (8, 16), _HIGH: (16, 24), _NORMAL: (32, 48), _LOW: (80, 120)},
)
_TANNQUELL = _promises(
    {_CRITICAL: (0.5, 1), _HIGH: (1, 2), _NORMAL: (3, 6), _LOW: (6, 12)},
    {_CRITICAL: (4, 8), _HIGH: (8, 12), _NORMAL: (20, 32), _LOW: (40, 64)},
)
_TANNQUELL_FASTER = _promises(
    {_CRITICAL: (0.25, 0.5), _HIGH: (1, 2), _NORMAL: (2, 4), _LOW: (4, 8)},
    {_CRITICAL: (4, 6), _HIGH: (8, 12), _NORMAL: (16, 24), _LOW: (32, 48)},
)
_LARKMEADOW = _promises(
    {_CRITICAL: (0.5, 1), _HIGH: (1, 2), _NORMAL: (2, 4), _LOW: (4, 8)},
    {_CRITICAL: (4, 8), _HIGH: (8, 16), _NORMAL: (16, 32), _LOW: (40, 60)},
)
OPERATIONAL = replace(TEMPLATES[RESOLUTION], name="second_line", title="With the second line")
_TANNQUELL_UPDATES = (
    *(
        Promised(NEXT_UPDATE, priority, timedelta(hours=hours), None)
        for priority, hours in ((_CRITICAL, 2), (_HIGH, 4), (_NORMAL, 24), (_LOW, 48))
    ),
    *(
        Promised(OPERATIONAL.name, priority, timedelta(hours=hours), None)
        for priority, hours in ((_CRITICAL, 2), (_HIGH, 4), (_NORMAL, 8), (_LOW, 16))
    ),
)
_TANNQUELL_PENALTIES = (
    PenaltyRule(RESPONSE, amount=Decimal(50), monthly_cap=Decimal(250)),
    PenaltyRule(RESOLUTION, _CRITICAL, percent=Decimal(5)),
    PenaltyRule(RESOLUTION, percent=Decimal(1)),
)
_TANNQUELL_FEE = Billing("EUR", Decimal(4800), cap_percent=Decimal(15))
_TANNQUELL_ESCALATIONS = (
    EscalationRule(UUID(int=1), RESOLUTION, Level.TARGET, role=Role.INCIDENT_COORDINATOR),
    EscalationRule(UUID(int=2), RESOLUTION, Level.MINIMUM, role=Role.CUSTOMER_SERVICE_MANAGER),
)
_COLD_STORE = _promises(
    {_CRITICAL: (0.25, 0.5), _HIGH: (0.5, 1), _NORMAL: (1, 2), _LOW: (4, 8)},
    {_CRITICAL: (2, 4), _HIGH: (4, 8), _NORMAL: (12, 24), _LOW: (48, 72)},
)

DEALS = (
    Deal("Fernwick standard", (Terms(BERLIN_HOURS, _STANDARD),)),
    Deal(
        "Tannquell, office hours",
        (
            Terms(BERLIN_HOURS, _TANNQUELL),
            Terms(
                BERLIN_HOURS,
                _TANNQUELL_FASTER + _TANNQUELL_UPDATES,
                from_month=3,
                team=INFRASTRUCTURE,
                penalties=_TANNQUELL_PENALTIES,
                billing=_TANNQUELL_FEE,
                escalations=_TANNQUELL_ESCALATIONS,
            ),
        ),
        company="tannquell",
    ),
    Deal("Larkmeadow, office hours", (Terms(NEW_YORK_HOURS, _LARKMEADOW),), company="larkmeadow"),
    Deal(
        "Larkmeadow, cold stores around the clock",
        (Terms(ALWAYS, _COLD_STORE),),
        company="larkmeadow",
        service="cold-store",
        kind=TicketKind.INCIDENT.value,
    ),
)
