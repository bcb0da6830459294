"""Told: what a replay found, in words and figures that everybody reads the same way."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from statistics import median
from typing import Any

from foredesk.estimates import Estimate, wilson
from foredesk.replay.causes import Causes
from foredesk.replay.run import Replay
from foredesk.replay.tally import Breach, Cell, Share
from foredesk.sla.hours import WEEKDAYS
from foredesk.sla.priority import Priority

MOST_HOURS = 10
_PRIORITIES = list(Priority)


@dataclass(frozen=True, slots=True)
class Row:
    """One clock for one priority, or for all of them where it is None."""

    clock: str
    priority: Priority | None
    target: Share
    minimum: Share
    median_late: int | None


def rows_of(replay: Replay) -> Iterator[Row]:
    """By clock: all priorities together, and each by itself."""
    cells = replay.tally.cells
    for clock in dict.fromkeys(clock for clock, _ in sorted(cells)):
        own = {priority: cell for (name, priority), cell in cells.items() if name == clock}
        whole = Cell()
        for cell in own.values():
            whole.join(cell)
        yield _row(clock, None, whole)
        for priority in sorted(own, key=_PRIORITIES.index):
            yield _row(clock, priority, own[priority])


def _row(clock: str, priority: Priority | None, cell: Cell) -> Row:
    late = round(median(cell.late)) if cell.late else None
    return Row(clock, priority, cell.target, cell.minimum, late)


def share_of(share: Share) -> Estimate:
    """Of those that are decided, how many were kept."""
    return wilson(share.kept, share.n)


def reason_for(breach: Breach) -> str:
    """Why it would have been missed, in one sentence."""
    target, ran = duration(breach.target_seconds), duration(breach.elapsed_seconds)
    if breach.stopped_at is None:
        return f"It still runs; the target of {target} passed."
    if breach.elapsed_seconds < breach.target_seconds:
        return f"An earlier, shorter target passed before it became {target}; it took {ran}."
    over = duration(breach.elapsed_seconds - breach.target_seconds)
    return f"It took {ran} of working time, {over} more than {target}."


def duration(seconds: int) -> str:
    hours, minutes = divmod(seconds // 60, 60)
    if hours and minutes:
        return f"{hours} h {minutes} min"
    return f"{hours} h" if hours else f"{minutes} min"


def latest_hours(causes: Causes) -> list[tuple[str, int]]:
    """The hours of the week in which most time ran after the target, and how much."""
    found = sorted(enumerate(causes.late), key=lambda one: (-one[1], one[0]))
    return [(hour_of_week(hour), seconds) for hour, seconds in found[:MOST_HOURS] if seconds]


def hour_of_week(hour: int) -> str:
    return f"{WEEKDAYS[hour // 24]} {hour % 24:02}:00"


def without_hours(causes: Causes) -> list[tuple[str, int]]:
    """Which hours, were they not open, would have kept most targets, and how many."""
    found = sorted(causes.without.items(), key=lambda one: (-one[1], one[0]))
    return found[:MOST_HOURS]


def as_json(replay: Replay) -> dict[str, Any]:
    """For programs; times are UTC, durations are seconds of working time."""
    tally = replay.tally
    return {
        "agreement": replay.proposal.name,
        "replaces": replay.replaces or None,
        "since": replay.since.isoformat(),
        "until": replay.until.isoformat(),
        "tickets": tally.tickets,
        "covered": tally.covered,
        "shares": [_row_json(row) for row in rows_of(replay)],
        "changes": [
            {
                "clock": clock,
                "level": level,
                "both_kept": change.both_kept,
                "both_missed": change.both_missed,
                "newly_missed": change.newly_missed,
                "newly_kept": change.newly_kept,
                "undecided": change.undecided,
                "first_newly_missed": change.numbers_missed,
                "first_newly_kept": change.numbers_kept,
            }
            for (clock, level), change in sorted(tally.changes.items())
        ],
        "causes": [
            {
                "clock": clock,
                "missed": causes.missed,
                "late_seconds_by_hour_of_week": causes.late,
                "kept_without": causes.without,
            }
            for clock, causes in sorted(tally.causes.items())
        ],
        "breaches": [_breach_json(breach) for breach in tally.breaches],
        "penalties": {
            "currency": replay.statement.currency,
            "total": str(replay.statement.total),
            "months": [
                {"month": f"{one.month:%Y-%m}", "gross": str(one.gross), "amount": str(one.amount)}
                for one in replay.statement.months
            ],
        },
    }


def _row_json(row: Row) -> dict[str, Any]:
    return {
        "clock": row.clock,
        "priority": row.priority,
        "target": _share_json(row.target),
        "minimum": _share_json(row.minimum),
        "median_late_seconds": row.median_late,
    }


def _share_json(share: Share) -> dict[str, Any]:
    found = share_of(share)
    return {
        "n": share.n,
        "kept": share.kept,
        "open": share.open,
        "share": found.value,
        "low": found.low,
        "high": found.high,
    }


def _breach_json(breach: Breach) -> dict[str, Any]:
    return {
        "ticket": breach.number,
        "clock": breach.clock,
        "cycle": breach.cycle,
        "priority": breach.priority,
        "target_missed_at": breach.at.isoformat(),
        "minimum_missed_at": _iso(breach.minimum_missed_at),
        "reason": reason_for(breach),
    }


def _iso(at: datetime | None) -> str | None:
    return at.isoformat() if at else None
