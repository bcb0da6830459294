"""Report: what an import took, and what it could not take and why."""

from collections import Counter, defaultdict
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Remark:
    """About one place in what is brought in; `line` counts from 1 and is None if unknown."""

    place: str
    line: int | None
    reason: str

    def __str__(self) -> str:
        place = f"{self.place}:{self.line}" if self.line else self.place
        return f"{place}: {self.reason}"


class Refused(Exception):
    """One file or row cannot be taken; the rest can."""

    def __init__(self, reason: str, line: int | None = None) -> None:
        super().__init__(reason)
        self.reason = reason
        self.line = line


class UnusableCall(Exception):
    """Nothing can be imported like this; the message says why."""


@dataclass(slots=True)
class Report:
    """`taken` counts by group (a language, or the file) what was added, changed and unchanged."""

    taken: defaultdict[str, Counter[str]] = field(default_factory=lambda: defaultdict(Counter))
    refused: list[Remark] = field(default_factory=list)
    notices: list[Remark] = field(default_factory=list)
    """What was taken, but not quite as it was: links that lead nowhere, tags that were dropped."""
    gone: list[str] = field(default_factory=list)
    """Brought in once and not there any more; nothing is deleted for that."""

    @property
    def exit_code(self) -> int:
        return 1 if self.refused else 0

    def count(self, outcome: str) -> int:
        return sum(counts[outcome] for counts in self.taken.values())
