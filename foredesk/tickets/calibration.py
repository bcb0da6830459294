"""Calibration: how often promised times of repair are kept, counted from the event log."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from uuid import UUID
from zoneinfo import ZoneInfo

from foredesk.desk import Desk
from foredesk.errors import InvalidInput
from foredesk.estimates import Estimate, wilson
from foredesk.people.policy import Act, require
from foredesk.people.viewer import Viewer
from foredesk.tickets.models import TicketEvent
from foredesk.tickets.queries import handled_by
from foredesk.tickets.repairs import (
    AIMS,
    LOOKED_AT,
    PromiseLevel,
    PromiseTurn,
    RepairPromise,
    repair_promises,
)
from foredesk.tickets.states import EventKind

USUAL_PERIOD = timedelta(days=365)
LONGEST_PERIOD = timedelta(days=5 * 366)
_BATCH = 500

DEFINITION = (
    "A promise counts once its time is past, in the month of that time by the reader's clock. It "
    "is kept when a solution that held was there by then: one that was neither refused nor "
    "reopened before it was confirmed. The first promise is the first estimate of a repair, the "
    "last one its last revision. Merged requests are left out. Of “probably by” 50 % should be "
    "kept, of “almost certainly by” 90 %; a single time has no aim. The limits are Wilson's "
    "interval of 95 % (Wilson 1927, JASA 22, 209–212)."
)


class CalibrationCut(StrEnum):
    """By what promises are told apart."""

    ALL = "all"
    TEAM = "team"
    MONTH = "month"
    SERVICE = "service"


class CalibrationVerdict(StrEnum):
    """What the interval says of the aim."""

    CALIBRATED = "calibrated"
    """The aim lies within the interval."""
    TOO_OPTIMISTIC = "too_optimistic"
    """Fewer are kept than were meant to be: promise later."""
    TOO_CAUTIOUS = "too_cautious"
    """More are kept than were meant to be: promise earlier."""


@dataclass(frozen=True, slots=True)
class CalibrationRow:
    """Promises of one kind in one part. Of `team_id`, `month` and `service_id` only the one that
    the cut is by is set, and even that is None where there was none."""

    level: PromiseLevel
    turn: PromiseTurn
    kept_count: int
    estimate: Estimate
    mean_revisions: float
    team_id: UUID | None = None
    month: str | None = None
    service_id: UUID | None = None

    @property
    def aim(self) -> float | None:
        return AIMS[self.level]

    @property
    def verdict(self) -> CalibrationVerdict | None:
        """None without an aim."""
        low, high, aim = self.estimate.low, self.estimate.high, self.aim
        if aim is None or low is None or high is None:
            return None
        if high < aim:
            return CalibrationVerdict.TOO_OPTIMISTIC
        return CalibrationVerdict.TOO_CAUTIOUS if low > aim else CalibrationVerdict.CALIBRATED


@dataclass(frozen=True, slots=True)
class Calibration:
    since: datetime
    until: datetime
    rows: Sequence[CalibrationRow]


async def repair_estimate_calibration(
    desk: Desk,
    viewer: Viewer,
    *,
    cut: CalibrationCut = CalibrationCut.ALL,
    since: datetime | None = None,
    until: datetime | None = None,
) -> Calibration:
    """Of the tickets that the viewer handles, the promises whose time was in `since <= t < until`;
    without them, of the last 365 days.

    Raises NotPermitted for who handles none, InvalidInput for a period that is none or too long.
    """
    require(viewer, Act.SEE_INTERNAL)
    until = min(until or desk.now(), desk.now())
    since = since if since is not None else until - USUAL_PERIOD
    if since >= until:
        raise InvalidInput("since", "Choose a start before the end, and before now.")
    if until - since > LONGEST_PERIOD:
        raise InvalidInput("since", "Choose at most five years.")
    promises = [
        promise
        for events in await _histories(viewer, until)
        for promise in repair_promises(events, until)
        if since <= promise.due_at < until
    ]
    return Calibration(since, until, calibrated(promises, cut, ZoneInfo(viewer.time_zone)))


def calibrated(
    promises: Iterable[RepairPromise], cut: CalibrationCut, zone: ZoneInfo
) -> list[CalibrationRow]:
    """A row for each part, turn and level that there are promises of."""
    parts: defaultdict[tuple[object, PromiseTurn, PromiseLevel], list[RepairPromise]]
    parts = defaultdict(list)
    part_of = _PART_OF[cut]
    for promise in promises:
        parts[part_of(promise, zone), promise.turn, promise.level].append(promise)
    return [
        _row(found, cut, turn, level, part)
        for (part, turn, level), found in sorted(parts.items(), key=lambda one: _order(one[0]))
    ]


_PART_OF: dict[CalibrationCut, Callable[[RepairPromise, ZoneInfo], object]] = {
    CalibrationCut.ALL: lambda promise, zone: None,
    CalibrationCut.TEAM: lambda promise, zone: promise.team_id,
    CalibrationCut.MONTH: lambda promise, zone: f"{promise.due_at.astimezone(zone):%Y-%m}",
    CalibrationCut.SERVICE: lambda promise, zone: promise.service_id,
}


def _row(
    found: Sequence[RepairPromise],
    cut: CalibrationCut,
    turn: PromiseTurn,
    level: PromiseLevel,
    part: object,
) -> CalibrationRow:
    kept = sum(promise.kept for promise in found)
    return CalibrationRow(
        level=level,
        turn=turn,
        kept_count=kept,
        estimate=wilson(kept, len(found)),
        mean_revisions=sum(promise.revision_count for promise in found) / len(found),
        team_id=part if cut is CalibrationCut.TEAM and isinstance(part, UUID) else None,
        month=str(part) if cut is CalibrationCut.MONTH else None,
        service_id=part if cut is CalibrationCut.SERVICE and isinstance(part, UUID) else None,
    )


def _order(key: tuple[object, PromiseTurn, PromiseLevel]) -> tuple[str, int, int]:
    part, turn, level = key
    return str(part or ""), list(PromiseTurn).index(turn), list(PromiseLevel).index(level)


async def _histories(viewer: Viewer, until: datetime) -> list[list[TicketEvent]]:
    """What decides about the promises that were made until then, by ticket, oldest first.

    Events after `until` count too: what was solved is known by then or was not solved by then.
    """
    estimated = TicketEvent.filter(
        handled_by(viewer, "ticket__"),
        kind=EventKind.REPAIR_ESTIMATED,
        occurred_at__lt=until,
    )
    ids: list[UUID] = sorted(set(await estimated.values_list("ticket_id", flat=True)))  # type: ignore[arg-type]  # one column
    kinds = [kind.value for kind in LOOKED_AT]
    found: dict[UUID, list[TicketEvent]] = {id: [] for id in ids}
    for start in range(0, len(ids), _BATCH):
        some = ids[start : start + _BATCH]
        events = TicketEvent.filter(ticket_id__in=some, kind__in=kinds)
        for event in await events.order_by("ticket_id", "sequence"):
            found[event.ticket_id].append(event)
    return list(found.values())
