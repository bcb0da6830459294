"""Selection: of which tickets, which time and which zone figures are wanted."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from foredesk.errors import InvalidInput
from foredesk.measures.periods import Period, Span, spans, zone_of

USUAL = timedelta(days=182)
LONGEST_LIST = 100
EARLIEST, LATEST = datetime(1990, 1, 1, tzinfo=UTC), datetime(2200, 1, 1, tzinfo=UTC)
LONGEST_WINDOW = 365


@dataclass(frozen=True, slots=True)
class Selection:
    """Conditions that tickets meet, all of them; those left out are met by all, an empty list by
    none.

    Without times, the last 26 weeks. `reopen_window_days` is how long after its first resolution
    a ticket may come back to count as not solved.
    """

    since: datetime | None = None
    until: datetime | None = None
    time_zone: str = "UTC"
    organization_ids: Sequence[UUID] | None = None
    service_ids: Sequence[UUID] | None = None
    team_ids: Sequence[UUID] | None = None
    categories: Sequence[str] | None = None
    priorities: Sequence[str] | None = None
    kinds: Sequence[str] | None = None
    is_imported: bool | None = None
    reopen_window_days: int = 14

    def conditions(self) -> Mapping[str, Any]:
        """Columns of a ticket, in Tortoise's words. Raises InvalidInput for too many values."""
        listed = {
            "organizationIds": ("organization_id", self.organization_ids),
            "serviceIds": ("service_id", self.service_ids),
            "teamIds": ("team_id", self.team_ids),
            "categories": ("category", self.categories),
            "priorities": ("priority", self.priorities),
            "kinds": ("kind", self.kinds),
        }
        for name, (_, values) in listed.items():
            if len(values or ()) > LONGEST_LIST:
                raise InvalidInput(name, f"At most {LONGEST_LIST} values.")
        found: dict[str, Any] = {
            f"{column}__in": list(values)
            for column, values in listed.values()
            if values is not None
        }
        if self.is_imported is not None:
            found["channel" if self.is_imported else "channel__not"] = "import"
        return found


@dataclass(frozen=True, slots=True)
class Window:
    """The time in question: whole periods of a zone, the last of which may not be over."""

    spans: tuple[Span, ...]
    until: datetime
    zone: ZoneInfo
    now: datetime

    @property
    def since(self) -> datetime:
        return self.spans[0].start

    def is_complete(self, span: Span) -> bool:
        return span.end <= min(self.until, self.now)


def window_of(selection: Selection, period: Period | None, now: datetime) -> Window:
    """With a period, from the beginning of the first one. Raises InvalidInput for no time at all,
    times that no ticket has, an unknown zone, and more than 400 periods.
    """
    zone = zone_of(selection.time_zone)
    until = selection.until or now
    since = selection.since or until - USUAL
    if not EARLIEST <= since < until <= LATEST:
        raise InvalidInput("from", "The end must come after the start, both from 1990 to 2200.")
    if not 0 <= selection.reopen_window_days <= LONGEST_WINDOW:
        raise InvalidInput("reopenWindowDays", f"0 to {LONGEST_WINDOW} days.")
    if period is None:
        whole = Span(since.astimezone(zone).date(), since, until)
        return Window((whole,), until, zone, now)
    return Window(tuple(spans(period, since, until, zone)), until, zone, now)


def in_days(window: Window) -> Window:
    """The same time, by day. Raises InvalidInput for more than 400."""
    return replace(window, spans=tuple(spans(Period.DAY, window.since, window.until, window.zone)))
