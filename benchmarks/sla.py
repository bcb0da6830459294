"""How often our verdict agrees with that of another desk, for an agreement found in its log.

    python -m benchmarks.sla FILE [--zone UTC]

FILE is a log of incidents as `foredesk import incidents` takes it. An agreement (which clock, which
opening hours, a target for each priority) is fitted on half of the incidents, chosen by a hash of
their numbers; on the other half our clock's verdict is compared with `made_sla`. A table by
priority and the reasons for what differs go to stderr, one line of JSON to stdout.
"""

import argparse
import json
from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from rich.console import Console
from rich.progress import Progress
from rich.table import Table

from benchmarks.incidents.fit import Outcome, fit, verdicts
from benchmarks.incidents.judged import Judged, judged
from foredesk.estimates import wilson
from foredesk.importing.incidents.log import IncidentLog
from foredesk.sla.priority import Priority
from foredesk.tickets.states import TicketState

CANDIDATES_SHOWN = 6
told = Console(stderr=True, highlight=False)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("file", type=Path)
    parser.add_argument("--zone", default="UTC")
    asked = parser.parse_args()
    print(json.dumps(report(asked.file, asked.zone)))


def report(file: Path, zone: str) -> dict[str, Any]:
    log = IncidentLog(file, ZoneInfo(zone))
    incidents = list(judged(log))
    learned = [one for one in incidents if one.is_fitted_on]
    others = [one for one in incidents if not one.is_fitted_on]
    if not learned or not others:
        raise SystemExit("The log has too few incidents to fit on one half and try on the other.")
    with _bar() as heard:
        outcomes = fit(learned, zone, heard)
    ours = verdicts(outcomes[0].fitted, zone, others)
    _tell_candidates(outcomes, len(learned))
    by_priority = list(_by_priority(others, ours))
    _tell(by_priority)
    differences = _differences(others, ours)
    for reason, numbers in differences.items():
        told.print(f"{len(numbers)} differ: {reason}: {', '.join(numbers[:10])}")
    fitted = outcomes[0].fitted
    return {
        **by_priority[-1],
        "refused_rows": len(log.refused),
        "fitted_on": len(learned),
        "fitted_agrees": outcomes[0].agrees,
        "clock": fitted.clock,
        "calendar": fitted.calendar,
        "target_hours": {key: round(value / 3600, 2) for key, value in fitted.targets.items()},
        "by_priority": by_priority[:-1],
        "differences": {reason: len(numbers) for reason, numbers in differences.items()},
    }


def _by_priority(
    incidents: Sequence[Judged], ours: Sequence[bool | None]
) -> Iterator[dict[str, Any]]:
    """Each priority that occurs, and all of them last."""
    pairs = list(zip(incidents, ours, strict=True))
    for priority in (*Priority, None):
        some = [(one, our) for one, our in pairs if priority in (None, one.priority)]
        if some:
            yield _figures(priority, some)


def _figures(
    priority: Priority | None, pairs: Sequence[tuple[Judged, bool | None]]
) -> dict[str, Any]:
    """`always_the_same` is how often one would agree who gave the commoner verdict every time."""
    agrees = sum(our is one.made_sla for one, our in pairs)
    found = wilson(agrees, len(pairs))
    kept = sum(one.made_sla for one, _ in pairs)
    return {
        "priority": priority or "all",
        "n": len(pairs),
        "agrees": agrees,
        "agreement": found.value,
        "low": found.low,
        "high": found.high,
        "always_the_same": max(kept, len(pairs) - kept) / len(pairs),
        "kept_in_the_log": kept,
        "kept_by_us": sum(our is True for _, our in pairs),
    }


def _differences(incidents: Sequence[Judged], ours: Sequence[bool | None]) -> dict[str, list[str]]:
    """Numbers by the first reason that fits, the commonest first."""
    found: dict[str, list[str]] = {}
    for one, our in zip(incidents, ours, strict=True):
        if our is not one.made_sla:
            found.setdefault(_reason(one, our), []).append(one.incident.number)
    count = Counter({reason: len(numbers) for reason, numbers in found.items()})
    return {reason: found[reason] for reason, _ in count.most_common()}


def _reason(one: Judged, our: bool | None) -> str:
    entries = one.incident.entries
    said = "kept" if one.made_sla else "missed"
    if our is None:
        return "no target could be fitted for its priority"
    if len({entry.priority for entry in entries}) > 1:
        return f"its priority was changed on the way, the log says {said}"
    if entries[-1].reopenings:
        return f"it was reopened, the log says {said}"
    resolved = [
        entry for entry in entries if (entry.standing or (None,))[0] is TicketState.RESOLVED
    ]
    if len(resolved) > 1:
        return f"it was resolved by several updates, the log says {said}"
    if entries[-1].resolved_at is None:
        return f"the log tells no time of resolution, and says {said}"
    if any((entry.standing or (None,))[0] is TicketState.WAITING for entry in entries):
        return f"it waited for somebody, the log says {said}"
    return f"it took longer or shorter than the others of its verdict, the log says {said}"


def _tell_candidates(outcomes: Sequence[Outcome], n: int) -> None:
    told.print(f"Fitted on {n} incidents; clocks and hours that agree most often:")
    for outcome in outcomes[:CANDIDATES_SHOWN]:
        hours = ", ".join(
            f"{priority.value} {outcome.fitted.targets[priority] / 3600:.1f} h"
            for priority in Priority
            if priority in outcome.fitted.targets
        )
        fitted = outcome.fitted
        told.print(f"  {outcome.agrees} of {n}: {fitted.clock}, {fitted.calendar}: {hours}")


def _tell(rows: Sequence[dict[str, Any]]) -> None:
    table = Table("priority", "n", "agrees", "share", "interval", "one verdict for all")
    for row in rows:
        share, low, high = (f"{row[name]:.1%}" for name in ("agreement", "low", "high"))
        same = f"{row['always_the_same']:.1%}"
        table.add_row(
            row["priority"], str(row["n"]), str(row["agrees"]), share, f"{low} to {high}", same
        )
    told.print(table)


@contextmanager
def _bar() -> Iterator[Any]:
    with Progress(console=told, disable=not told.is_terminal) as bar:
        task = bar.add_task("Fitting", total=None)
        yield lambda done, all_: bar.update(task, completed=done, total=all_)


if __name__ == "__main__":
    main()
