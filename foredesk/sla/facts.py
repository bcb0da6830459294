"""Facts: what a clock needs to know of a ticket's life, and nothing else of the ticket."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from uuid import UUID

from foredesk.sla.priority import Priority


class ClockEventKind(StrEnum):
    RECORDED = "recorded"
    PRIORITY_SET = "priority_set"
    AGREEMENT_SET = "agreement_set"
    WAITING = "waiting"
    RESUMED = "resumed"
    RESPONDED = "responded"
    RESOLVED = "resolved"
    REOPENED = "reopened"
    CLOSED = "closed"


@dataclass(frozen=True, slots=True)
class ClockEvent:
    """One thing that happened to a ticket, in the order of `sequence`.

    `priority` counts on RECORDED and PRIORITY_SET; `agreement_version_id` on RECORDED, where None
    means not yet known, and on AGREEMENT_SET, where None means that none applies any more.
    """

    at: datetime
    kind: ClockEventKind
    sequence: int
    priority: Priority | None = None
    agreement_version_id: UUID | None = None
