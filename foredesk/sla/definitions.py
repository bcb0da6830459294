"""Definitions: which events start, pause, stop and turn a clock, and when its people are told."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum
from typing import Self
from uuid import UUID

from foredesk.sla.facts import ClockEventKind, Status
from foredesk.sla.priority import Priority

RESPONSE, RESOLUTION, NEXT_UPDATE = "response", "resolution", "next_update"
WARN_PERCENT = 75


class Level(StrEnum):
    """What falls due: a share of the target, the target, the minimum."""

    WARNING = "warning"
    TARGET = "target"
    MINIMUM = "minimum"


@dataclass(frozen=True, slots=True)
class PauseRule:
    """While the ticket has this status; with a reason, only for that reason."""

    status: Status
    reason: str | None = None

    @classmethod
    def read(cls, text: str) -> Self:
        """`waiting` or `waiting:vendor`. Raises ValueError."""
        status, _, reason = text.partition(":")
        return cls(Status(status), reason or None)

    def __str__(self) -> str:
        return f"{self.status}:{self.reason}" if self.reason else str(self.status)

    def applies(self, status: Status, reason: str | None) -> bool:
        return self.status is status and self.reason in (None, reason)


REQUESTER = PauseRule(Status.WAITING, "requester")
_Kinds = frozenset[ClockEventKind]


@dataclass(frozen=True, slots=True)
class ClockDefinition:
    """One clock of one version of an agreement.

    `restart` goes on with what `stop` has stopped, or begins a new cycle if more than
    `continue_within` has passed since; `cycle` ends the cycle that runs and begins the next. A
    clock with a team runs only while that team has the ticket. `warnings` are percents of the
    target's working time.
    """

    name: str
    title: str
    start: _Kinds
    stop: _Kinds
    restart: _Kinds = frozenset()
    cycle: _Kinds = frozenset()
    pause: frozenset[PauseRule] = frozenset({REQUESTER})
    warnings: tuple[int, ...] = (WARN_PERCENT,)
    team_id: UUID | None = None
    continue_within: timedelta | None = None

    @property
    def watched(self) -> _Kinds:
        """The events that can move this clock, beside those that change its terms."""
        kinds = self.start | self.stop | self.restart | self.cycle
        if self.pause:
            kinds |= _STATUS_EVENTS
        return kinds | {ClockEventKind.ASSIGNED} if self.team_id else kinds


_STATUS_EVENTS = frozenset(
    {
        ClockEventKind.WAITING,
        ClockEventKind.RESUMED,
        ClockEventKind.RESOLVED,
        ClockEventKind.REOPENED,
        ClockEventKind.CLOSED,
    }
)

TERMS_EVENTS = frozenset(
    {
        ClockEventKind.RECORDED,
        ClockEventKind.PRIORITY_SET,
        ClockEventKind.KIND_SET,
        ClockEventKind.AGREEMENT_SET,
        ClockEventKind.MERGED,
        ClockEventKind.UNMERGED,
    }
)
"""What every clock listens to, whatever its definition says."""

TEMPLATES: Mapping[str, ClockDefinition] = {
    RESPONSE: ClockDefinition(
        RESPONSE,
        "First response",
        start=frozenset({ClockEventKind.RECORDED}),
        stop=frozenset({ClockEventKind.RESPONDED, ClockEventKind.RESOLVED, ClockEventKind.CLOSED}),
    ),
    RESOLUTION: ClockDefinition(
        RESOLUTION,
        "Resolution",
        start=frozenset({ClockEventKind.RECORDED}),
        stop=frozenset({ClockEventKind.RESOLVED, ClockEventKind.CLOSED}),
        restart=frozenset({ClockEventKind.REOPENED}),
    ),
    NEXT_UPDATE: ClockDefinition(
        NEXT_UPDATE,
        "Next update",
        start=frozenset({ClockEventKind.RESPONDED}),
        cycle=frozenset({ClockEventKind.RESPONDED}),
        stop=frozenset({ClockEventKind.RESOLVED, ClockEventKind.CLOSED}),
        restart=frozenset({ClockEventKind.REOPENED}),
    ),
}
"""What an agreement means that only names these clocks."""


@dataclass(frozen=True, slots=True)
class EscalationRule:
    """When a clock reaches a level, hand the ticket to a team, or tell a person or a role.

    Exactly one of `team_id` (functional), `person_id` and `role` (hierarchical) is given; `percent`
    names the warning; without a priority it holds for all.
    """

    id: UUID
    clock: str
    level: Level
    percent: int | None = None
    priority: Priority | None = None
    team_id: UUID | None = None
    person_id: UUID | None = None
    role: str | None = None
