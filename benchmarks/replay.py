"""How many recorded tickets a second are replayed, and in how much memory.

    python -m benchmarks.replay --tickets 100000 [--processes 2] [--database URL]

makes a desk with realistic histories in an empty database (SQLite in a temporary folder, unless a
URL is given), replays all of it under an agreement with other targets and hours, and prints one
line of JSON: `tickets_per_second`, `seconds` (starting the processes is part of it), `peak_mb` (of
the largest process), `processes`, `tickets`, `breaches`. Making the desk is not measured.
"""

import asyncio
import json
import os
import resource
import sys
import tempfile
import time
from argparse import ArgumentParser
from dataclasses import replace
from pathlib import Path

from rich.console import Console
from rich.progress import Progress as Bar

from benchmarks.graphql.dataset.load import load_desk
from benchmarks.graphql.dataset.scale import DAYS, Scale
from foredesk.composition import open_desk
from foredesk.people.viewer import SYSTEM
from foredesk.replay.proposal import Proposal
from foredesk.replay.run import Bounds, Replay, replay_agreement
from foredesk.settings import Settings
from foredesk.sla.models import Agreement, AgreementVersion
from foredesk.sla.rulebook import Goal, Terms
from foredesk.sla.terms import terms_of

EVENTS_PER_TICKET = 10


def scale_of(tickets: int) -> Scale:
    return replace(
        Scale(), tickets=tickets, events=tickets * EVENTS_PER_TICKET, people=max(tickets // 5, 100)
    )


async def proposal() -> Proposal:
    """The agreement of the desk with a tenth less time for everything."""
    version = await AgreementVersion.all().order_by("-valid_from").first()
    assert version is not None, "the desk has an agreement"
    terms: Terms = (await terms_of([version.id]))[version.id]
    agreement = await Agreement.get(id=version.agreement_id)
    goals = {place: _shorter(goal) for place, goal in terms.goals.items()}
    return Proposal(agreement.name, replace(terms, goals=goals), replaces=agreement.id)


def _shorter(goal: Goal) -> Goal:
    minimum = None if goal.minimum is None else goal.minimum * 9 // 10
    return Goal(goal.target * 9 // 10, minimum)


async def replayed(url: str, scale: Scale, processes: int) -> tuple[Replay, float]:
    with tempfile.TemporaryDirectory() as folder:
        settings = Settings(data_dir=Path(folder), database_url=url, log_level="WARNING")
        async with open_desk(settings, now=lambda: scale.until) as parts:
            proposed = await proposal()
            console = Console(stderr=True)
            with Bar(console=console, disable=not console.is_terminal) as bar:
                task = bar.add_task("Replaying", total=None)
                begun = time.perf_counter()
                found = await replay_agreement(
                    parts.desk,
                    SYSTEM,
                    proposal=proposed,
                    since=scale.until.replace(year=scale.until.year - DAYS // 365 - 1),
                    bounds=Bounds(processes=processes),
                    progress=lambda done, all_: bar.update(task, completed=done, total=all_),
                )
                return found, time.perf_counter() - begun


def peak_mb() -> float:
    """Of the largest process that there was, this one or one of its children."""
    most = max(
        resource.getrusage(who).ru_maxrss
        for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)
    )
    return most / (1024 * 1024 if sys.platform == "darwin" else 1024)


async def main() -> None:
    parser = ArgumentParser(description=__doc__)
    parser.add_argument("--tickets", type=int, default=100_000)
    parser.add_argument("--processes", type=int, default=os.cpu_count() or 1)
    parser.add_argument("--database", default="")
    asked = parser.parse_args()
    scale = scale_of(asked.tickets)
    with tempfile.TemporaryDirectory() as folder:
        url = asked.database or f"sqlite:///{folder}/foredesk.sqlite3?synchronous=OFF"
        print(f"Making {scale.tickets} tickets …", file=sys.stderr)
        await load_desk(url, scale)
        found, seconds = await replayed(url, scale, asked.processes)
    figures = {
        "tickets_per_second": round(found.tally.tickets / seconds),
        "seconds": round(seconds, 1),
        "peak_mb": round(peak_mb()),
        "processes": asked.processes,
        "tickets": found.tally.tickets,
        "breaches": sum(cell.target.missed for cell in found.tally.cells.values()),
    }
    print(json.dumps(figures))


if __name__ == "__main__":
    asyncio.run(main())
