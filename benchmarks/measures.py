"""How long the figures of a large desk take.

python -m benchmarks.measures --tickets 100000 [--database postgresql://…/name]

Prints one JSON line: seconds for all figures of two years by month, by team and week of the last
half year, and for a control chart. A database that has tickets is measured as it is; an empty one
is filled first, SQLite in a folder of its own without one.
"""

import argparse
import asyncio
import resource
import tempfile
from datetime import timedelta
from pathlib import Path
from time import perf_counter

import orjson

from benchmarks.graphql.dataset.load import load_desk
from benchmarks.graphql.dataset.scale import DAYS, Scale
from foredesk.composition import open_desk
from foredesk.measures.chart import Charted, control_chart
from foredesk.measures.facts import Cut
from foredesk.measures.measure import service_measures
from foredesk.measures.periods import Period
from foredesk.measures.selection import Selection
from foredesk.people.viewer import SYSTEM
from foredesk.settings import Settings
from foredesk.tickets.models import Ticket


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--tickets", type=int, default=100_000)
    parser.add_argument("--database", default="")
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        url = given.database or f"sqlite:///{folder}/foredesk.sqlite3"
        found = asyncio.run(measured(url, given.tickets, Path(folder)))
    print(orjson.dumps(found).decode())


async def measured(url: str, tickets: int, folder: Path) -> dict[str, float]:
    scale = Scale.of(tickets)
    settings = Settings(data_dir=folder, database_url=url, log_level="WARNING")
    if not await _is_filled(settings):
        await load_desk(url, scale)
    begin = scale.until - timedelta(days=DAYS)
    whole = Selection(since=begin, until=scale.until, time_zone="Europe/Berlin")
    half = Selection(until=scale.until, time_zone="Europe/Berlin")
    async with open_desk(settings, now=lambda: scale.until) as parts:
        desk, found = parts.desk, {"tickets": float(await Ticket.all().count())}
        period = Period.MONTH
        started = perf_counter()
        await control_chart(
            desk, SYSTEM, selection=whole, measure=Charted.TIME_TO_RESOLVE, period=period
        )
        found["chart_of_two_years_seconds"] = _since(started)
        started = perf_counter()
        await service_measures(desk, SYSTEM, selection=half, by=Cut.TEAM, period=Period.WEEK)
        found["half_a_year_by_team_and_week_seconds"] = _since(started)
    found["peak_mb"] = round(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024)
    return found


async def _is_filled(settings: Settings) -> bool:
    try:
        async with open_desk(settings):
            return await Ticket.exists()
    except Exception:
        return False


def _since(started: float) -> float:
    return round(perf_counter() - started, 2)


if __name__ == "__main__":
    main()
