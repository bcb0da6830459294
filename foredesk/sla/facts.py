"""Facts: what a clock needs to know of a ticket's life, and nothing else of the ticket."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from uuid import UUID

from foredesk.sla.priority import Priority


class ClockEventKind(StrEnum):
    RECORDED = "recorded"
    PRIORITY_SET = "priority_set"
    KIND_SET = "kind_set"
    AGREEMENT_SET = "agreement_set"
    ASSIGNED = "assigned"
    WAITING = "waiting"
    RESUMED = "resumed"
    RESPONDED = "responded"
    REQUESTER_REPLIED = "requester_replied"
    ESTIMATED = "estimated"
    RESOLVED = "resolved"
    REOPENED = "reopened"
    CLOSED = "closed"
    MERGED = "merged"
    UNMERGED = "unmerged"


class Status(StrEnum):
    """The categories that pause rules speak of."""

    OPEN = "open"
    WAITING = "waiting"
    RESOLVED = "resolved"
    CLOSED = "closed"


@dataclass(frozen=True, slots=True)
class ClockEvent:
    """One thing that happened to a ticket, in the order of `sequence`.

    What an event sets counts only on the kinds that set it:

    - `priority` on RECORDED and PRIORITY_SET, `request_kind` on RECORDED and KIND_SET;
    - `agreement_version_id` on RECORDED, where None means not yet known, and on AGREEMENT_SET,
      where None means that none applies any more; beside it `calendar_id`, a calendar that was
      chosen instead of the agreement's own;
    - `team_id` on RECORDED and ASSIGNED, where None means nobody's;
    - `reason` on WAITING: what for.
    """

    at: datetime
    kind: ClockEventKind
    sequence: int
    priority: Priority | None = None
    agreement_version_id: UUID | None = None
    calendar_id: UUID | None = None
    team_id: UUID | None = None
    reason: str | None = None
    request_kind: str | None = None
