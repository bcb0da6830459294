"""Facts: what the figures know of a ticket. Pure."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from uuid import UUID

RESPONSE, RESOLUTION = "response", "resolution"
"""Clocks whose business time is that of acknowledging and of resolving."""


class Cut(StrEnum):
    """What figures are cut by: what the ticket has now."""

    ORGANIZATION = "organization"
    SERVICE = "service"
    TEAM = "team"
    CATEGORY = "category"
    PRIORITY = "priority"


CutValue = UUID | str | None


@dataclass(frozen=True, slots=True)
class MeasuredClock:
    """One cycle of one clock. `late_at` is when the target was over, and `too_late_at` when the
    minimum was; None if it was not (yet).
    """

    name: str
    cycle: int
    stopped_at: datetime | None
    late_at: datetime | None
    too_late_at: datetime | None
    elapsed: int
    target: int
    minimum: int | None


@dataclass(slots=True)
class MeasuredTicket:
    """`resolutions` and `returns` are the times at which it was resolved, and came back."""

    organization_id: UUID
    service_id: UUID | None
    team_id: UUID | None
    category: str | None
    priority: str
    is_imported: bool
    opened_at: datetime
    responded_at: datetime | None
    resolved_at: datetime | None
    hand_offs: int
    resolutions: Sequence[datetime] = ()
    returns: Sequence[datetime] = ()
    clocks: list[MeasuredClock] = field(default_factory=list)

    def value_of(self, cut: Cut | None) -> CutValue:
        match cut:
            case Cut.ORGANIZATION:
                return self.organization_id
            case Cut.SERVICE:
                return self.service_id
            case Cut.TEAM:
                return self.team_id
            case Cut.CATEGORY:
                return self.category
            case Cut.PRIORITY:
                return self.priority
        return None

    @property
    def first_resolved_at(self) -> datetime | None:
        return self.resolutions[0] if self.resolutions else None

    def came_back_within(self, seconds: float) -> bool:
        """Whether it came back that soon after it was resolved for the first time."""
        first = self.first_resolved_at
        return first is not None and any(
            (at - first).total_seconds() <= seconds for at in self.returns
        )

    def elapsed_of(self, clock: str) -> int | None:
        """Business time of all cycles; None if there is no such clock, or it has not stopped."""
        cycles = [one for one in self.clocks if one.name == clock]
        if not cycles or any(one.stopped_at is None for one in cycles):
            return None
        return sum(one.elapsed for one in cycles)
