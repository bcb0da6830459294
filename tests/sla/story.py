"""Short stories of one ticket, told in local times, and what its clock shows."""

from collections.abc import Mapping
from datetime import UTC, datetime
from uuid import UUID, uuid4
from zoneinfo import ZoneInfo

from foredesk.sla.calendar import BusinessTime
from foredesk.sla.clock import RULES, ClockRule, Goal, Reading, Terms, read_clock
from foredesk.sla.facts import ClockEvent, ClockEventKind
from foredesk.sla.hours import read_hours
from foredesk.sla.ledger import Segment, ledger
from foredesk.sla.models import ClockName
from foredesk.sla.priority import Priority

HOUR = 3600
AGREEMENT = uuid4()
OFFICE = {day: ["09:00-17:00"] for day in ("monday", "tuesday", "wednesday", "thursday", "friday")}
ALWAYS = {
    day: ["00:00-24:00"]
    for day in ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
}
GOALS = {
    (ClockName.RESPONSE, Priority.NORMAL): Goal(2 * HOUR, 4 * HOUR),
    (ClockName.RESOLUTION, Priority.NORMAL): Goal(8 * HOUR, 16 * HOUR),
    (ClockName.RESOLUTION, Priority.HIGH): Goal(4 * HOUR, 8 * HOUR),
}


def office(
    zone: str = "Europe/Berlin",
    weekly: Mapping[str, list[str]] = OFFICE,
    exceptions: Mapping[str, list[str]] | None = None,
) -> BusinessTime:
    return BusinessTime.of(read_hours(zone, weekly, exceptions or {}))


class Story:
    """`Story(office()).recorded("2026-03-02 10:00").waiting("2026-03-02 11:00")`, and so on."""

    def __init__(
        self,
        business: BusinessTime,
        *,
        zone: str = "Europe/Berlin",
        goals: Mapping[tuple[ClockName, Priority], Goal] = GOALS,
    ) -> None:
        self.zone = ZoneInfo(zone)
        self.terms: dict[UUID, Terms] = {AGREEMENT: Terms(business, goals)}
        self.events: list[ClockEvent] = []

    def recorded(self, at: str) -> "Story":
        return self.happens(ClockEventKind.RECORDED, at, Priority.NORMAL, AGREEMENT)

    def waiting(self, at: str) -> "Story":
        return self.happens(ClockEventKind.WAITING, at)

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

    def prioritized(self, at: str, priority: Priority) -> "Story":
        return self.happens(ClockEventKind.PRIORITY_SET, at, priority)

    def happens(
        self,
        kind: ClockEventKind,
        at: str,
        priority: Priority | None = None,
        agreement: UUID | None = None,
    ) -> "Story":
        sequence = len(self.events) + 1
        self.events.append(ClockEvent(self.local(at), kind, sequence, priority, agreement))
        return self

    def local(self, at: str) -> datetime:
        return datetime.fromisoformat(at).replace(tzinfo=self.zone).astimezone(UTC)

    def read(self, name: ClockName = ClockName.RESOLUTION) -> Reading:
        reading = read_clock(_rule(name), self.events, self.terms)
        assert reading is not None
        return reading

    def ledger(self, now: str, name: ClockName = ClockName.RESOLUTION) -> tuple[Segment, ...]:
        return ledger(_rule(name), self.events, self.terms, self.local(now))


def _rule(name: ClockName) -> ClockRule:
    return next(rule for rule in RULES if rule.name is name)
