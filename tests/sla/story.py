"""Short stories of one ticket, told in local times, and what its clock shows."""

from collections.abc import Iterable, Mapping
from datetime import UTC, datetime
from typing import Any
from uuid import UUID, uuid4
from zoneinfo import ZoneInfo

from foredesk.sla.calendar import BusinessTime
from foredesk.sla.clock import Reading, read_clocks
from foredesk.sla.definitions import RESOLUTION, RESPONSE, TEMPLATES, ClockDefinition
from foredesk.sla.facts import ClockEvent, ClockEventKind
from foredesk.sla.hours import read_hours
from foredesk.sla.ledger import Segment, ledgers
from foredesk.sla.priority import Priority
from foredesk.sla.rulebook import Goal, Goals, Rulebook, Terms

HOUR = 3600
AGREEMENT = uuid4()
OFFICE = {day: ["09:00-17:00"] for day in ("monday", "tuesday", "wednesday", "thursday", "friday")}
ALWAYS = {
    day: ["00:00-24:00"]
    for day in ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
}
GOALS: Goals = {
    (RESPONSE, Priority.NORMAL, None): Goal(2 * HOUR, 4 * HOUR),
    (RESOLUTION, Priority.NORMAL, None): Goal(8 * HOUR, 16 * HOUR),
    (RESOLUTION, Priority.HIGH, None): Goal(4 * HOUR, 8 * HOUR),
}
CLOCKS = (TEMPLATES[RESPONSE], TEMPLATES[RESOLUTION])


def office(
    zone: str = "Europe/Berlin",
    weekly: Mapping[str, list[str]] = OFFICE,
    exceptions: Mapping[str, list[str]] | None = None,
) -> BusinessTime:
    return BusinessTime.of(read_hours(zone, weekly, exceptions or {}))


def terms(
    business: BusinessTime, goals: Goals = GOALS, clocks: Iterable[ClockDefinition] = CLOCKS
) -> Terms:
    return Terms(business, goals, {clock.name: clock for clock in clocks})


class Story:
    """`Story(office()).recorded("2026-03-02 10:00").waiting("2026-03-02 11:00")`, and so on."""

    def __init__(
        self,
        business: BusinessTime,
        *,
        zone: str = "Europe/Berlin",
        goals: Goals = GOALS,
        clocks: Iterable[ClockDefinition] = CLOCKS,
    ) -> None:
        self.zone = ZoneInfo(zone)
        self.versions: dict[UUID, Terms] = {AGREEMENT: terms(business, goals, clocks)}
        self.calendars: dict[UUID, BusinessTime] = {}
        self.events: list[ClockEvent] = []

    def recorded(self, at: str, **more: Any) -> "Story":
        begun = {"priority": Priority.NORMAL, "agreement_version_id": AGREEMENT, **more}
        return self.happens(ClockEventKind.RECORDED, at, **begun)

    def waiting(self, at: str, reason: str = "requester") -> "Story":
        return self.happens(ClockEventKind.WAITING, at, reason=reason)

    def resumed(self, at: str) -> "Story":
        return self.happens(ClockEventKind.RESUMED, at)

    def responded(self, at: str) -> "Story":
        return self.happens(ClockEventKind.RESPONDED, at)

    def resolved(self, at: str) -> "Story":
        return self.happens(ClockEventKind.RESOLVED, at)

    def closed(self, at: str) -> "Story":
        return self.happens(ClockEventKind.CLOSED, at)

    def reopened(self, at: str) -> "Story":
        return self.happens(ClockEventKind.REOPENED, at)

    def merged(self, at: str) -> "Story":
        return self.happens(ClockEventKind.MERGED, at)

    def unmerged(self, at: str) -> "Story":
        return self.happens(ClockEventKind.UNMERGED, at)

    def prioritized(self, at: str, priority: Priority) -> "Story":
        return self.happens(ClockEventKind.PRIORITY_SET, at, priority=priority)

    def assigned(self, at: str, team_id: UUID | None) -> "Story":
        return self.happens(ClockEventKind.ASSIGNED, at, team_id=team_id)

    def agreed(self, at: str, version_id: UUID | None, calendar_id: UUID | None = None) -> "Story":
        return self.happens(
            ClockEventKind.AGREEMENT_SET,
            at,
            agreement_version_id=version_id,
            calendar_id=calendar_id,
        )

    def happens(self, kind: ClockEventKind, at: str, **what: Any) -> "Story":
        sequence = len(self.events) + 1
        self.events.append(ClockEvent(self.local(at), kind, sequence, **what))
        return self

    def local(self, at: str) -> datetime:
        return datetime.fromisoformat(at).replace(tzinfo=self.zone).astimezone(UTC)

    @property
    def book(self) -> Rulebook:
        return Rulebook(self.versions, self.calendars)

    def readings(self, name: str | None = None) -> list[Reading]:
        """Every cycle, of one clock or of all."""
        found = read_clocks(self.events, self.book)
        return [reading for reading in found if name in (None, reading.name)]

    def read(self, name: str = RESOLUTION) -> Reading:
        return self.readings(name)[-1]

    def ledger(self, now: str, name: str = RESOLUTION, cycle: int = 1) -> tuple[Segment, ...]:
        return ledgers(self.events, self.book, self.local(now))[name, cycle]
