"""Scale: how much of everything there is, and until when it happened."""

from dataclasses import dataclass, field
from datetime import UTC, datetime

DAYS = 730


@dataclass(frozen=True, slots=True)
class Scale:
    tickets: int = 100_000
    people: int = 20_000
    events: int = 1_000_000
    agents_per_team: int = 12
    seed: int = 2026
    until: datetime = field(default_factory=lambda: datetime.now(UTC).replace(microsecond=0))

    @classmethod
    def of(cls, tickets: int) -> "Scale":
        """So many tickets, and of the rest as many as belong to them."""
        agents = min(12, 1 + tickets // 1000)
        return cls(tickets, max(tickets // 5, 80), tickets * 10, agents)
