"""Repairs: what a ticket's estimates promised, and which promises were kept. Pure."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import Any, Protocol
from uuid import UUID

from foredesk.tickets.states import EventKind


class PromiseLevel(StrEnum):
    """How sure a promised time of repair was meant to be."""

    SINGLE = "single"
    """One time alone: neither half sure nor nine times in ten."""
    P50 = "p50"
    """Probably by then: half of such promises should be kept."""
    P90 = "p90"
    """Almost certainly by then: nine in ten should be kept."""


class PromiseTurn(StrEnum):
    """Which of the estimates of one repair is looked at."""

    FIRST = "first"
    LAST = "last"


AIMS = {PromiseLevel.SINGLE: None, PromiseLevel.P50: 0.5, PromiseLevel.P90: 0.9}
"""The share that should be kept; None where none is meant."""


class Happened(Protocol):
    """As much of an event as is looked at."""

    @property
    def kind(self) -> EventKind: ...

    @property
    def occurred_at(self) -> datetime: ...

    @property
    def data(self) -> Any: ...


@dataclass(frozen=True, slots=True)
class RepairPromise:
    """One promised time that is past, with the team and the service it was made for."""

    level: PromiseLevel
    turn: PromiseTurn
    due_at: datetime
    kept: bool
    revision_count: int
    team_id: UUID | None
    service_id: UUID | None


LOOKED_AT = (
    EventKind.RECORDED,
    EventKind.CLASSIFIED,
    EventKind.ASSIGNED,
    EventKind.ESCALATED,
    EventKind.MOVED,
    EventKind.REPAIR_ESTIMATED,
    EventKind.RESOLVED,
    EventKind.CONFIRMED,
    EventKind.REFUSED,
    EventKind.REOPENED,
    EventKind.MERGED,
    EventKind.UNMERGED,
)
"""Kinds of events that decide about promises; all others may be left out."""


def repair_promises(events: Iterable[Happened], now: datetime) -> list[RepairPromise]:
    """The first and the last promise of each repair of one ticket, as far as their time is past.

    A promise is kept when a solution that held was there by its time. A solution holds unless the
    requester refuses it, or it is reopened before they confirmed it: then the same repair goes
    on, and the promises made before and after belong together. Reopened after it was confirmed,
    it is another repair with promises of its own. A ticket that is merged into another has none.
    """
    fold = _Fold()
    for event in events:
        fold.take(event)
    if fold.is_merged:
        return []
    return [promise for repair in fold.repairs for promise in _judged(repair, now)]


@dataclass(frozen=True, slots=True)
class _Estimate:
    at: datetime
    latest_at: datetime | None
    team_id: UUID | None
    service_id: UUID | None

    def levels(self) -> list[tuple[PromiseLevel, datetime]]:
        if self.latest_at is None:
            return [(PromiseLevel.SINGLE, self.at)]
        return [(PromiseLevel.P50, self.at), (PromiseLevel.P90, self.latest_at)]


@dataclass(slots=True)
class _Repair:
    estimates: list[_Estimate] = field(default_factory=list)
    solved_at: datetime | None = None
    is_confirmed: bool = False


@dataclass(slots=True)
class _Fold:
    repairs: list[_Repair] = field(default_factory=lambda: [_Repair()])
    team_id: UUID | None = None
    service_id: UUID | None = None
    is_merged: bool = False

    def take(self, event: Happened) -> None:
        data, repair = event.data, self.repairs[-1]
        match event.kind:
            case EventKind.RECORDED | EventKind.CLASSIFIED | EventKind.MOVED:
                self.service_id = _id(data.get("service_id"))
            case EventKind.ASSIGNED:
                self.team_id = _id(data.get("team_id"))
            case EventKind.ESCALATED:
                self.team_id = _id(data.get("team_id")) or self.team_id
            case EventKind.REPAIR_ESTIMATED:
                repair.estimates.append(self._estimate(data))
            case EventKind.RESOLVED:
                repair.solved_at, repair.is_confirmed = event.occurred_at, False
            case EventKind.CONFIRMED:
                repair.is_confirmed = True
            case EventKind.REFUSED:
                repair.solved_at, repair.is_confirmed = None, False
            case EventKind.REOPENED if repair.is_confirmed:
                self.repairs.append(_Repair())
            case EventKind.REOPENED:
                repair.solved_at = None
            case EventKind.MERGED | EventKind.UNMERGED:
                self.is_merged = event.kind is EventKind.MERGED

    def _estimate(self, data: Any) -> _Estimate:
        latest = data.get("latest_at")
        return _Estimate(
            at=datetime.fromisoformat(data["repair_at"]),
            latest_at=datetime.fromisoformat(latest) if latest else None,
            team_id=self.team_id,
            service_id=self.service_id,
        )


def _judged(repair: _Repair, now: datetime) -> Iterator[RepairPromise]:
    for turn, place in ((PromiseTurn.FIRST, 0), (PromiseTurn.LAST, -1)):
        for estimate in repair.estimates[place:][:1]:
            for level, due_at in estimate.levels():
                if due_at <= now:
                    yield RepairPromise(
                        level=level,
                        turn=turn,
                        due_at=due_at,
                        kept=repair.solved_at is not None and repair.solved_at <= due_at,
                        revision_count=len(repair.estimates) - 1,
                        team_id=estimate.team_id,
                        service_id=estimate.service_id,
                    )


def _id(value: str | None) -> UUID | None:
    return UUID(value) if value else None
