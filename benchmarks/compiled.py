"""What compiled execution saves: processor time for a list of tickets with what belongs to them.

python -m benchmarks.compiled [--tickets 50] [--rounds 15]

In one process without HTTP, on SQLite: each round asks the same with the plans off, of Level 1 and
full. Prints one JSON line: milliseconds for one operation, median of the rounds, and the ratios.
"""

import argparse
import asyncio
import statistics
import tempfile
import time
from dataclasses import replace
from pathlib import Path
from typing import Any

import orjson

from api.admission import Caller, Standing
from api.app import operations_of
from api.context import Context
from api.operations.execute import Operations, Plans
from api.operations.prepare import Prepared
from api.operations.request import OperationRequest
from benchmarks.small_desk import make_small_desk
from foredesk.composition import open_desk
from foredesk.desk import Desk
from foredesk.people.models import Person
from foredesk.people.viewer import Viewer, viewer_of
from foredesk.settings import Settings
from foredesk.tickets.record import record_ticket

TEXT = """query List($first: Int!) { tickets(first: $first) {
  nodes {
    id number subject state priority openedAt updatedAt
    requester { id name } assignee { id name } team { id name } service { id name }
    organization { id name } clocks { name state dueAt }
  }
  pageInfo { hasNextPage endCursor }
} }"""
TIMES = 5


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--tickets", type=int, default=50)
    parser.add_argument("--rounds", type=int, default=15)
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        found = asyncio.run(measure(Path(folder), given.tickets, given.rounds))
    print(orjson.dumps(found).decode())


async def measure(folder: Path, tickets: int, rounds: int) -> dict[str, Any]:
    await make_small_desk(folder, "")
    settings = Settings(data_dir=folder, log_level="ERROR")
    async with open_desk(settings) as parts:
        agent = await viewer_of(await Person.get(name="Grace"))
        await _record(parts.desk, tickets)
        kinds = {
            plans.value: operations_of(replace(settings, graphql_plans=plans.value))
            for plans in Plans
        }
        took: dict[str, list[float]] = {name: [] for name in kinds}
        for _ in range(rounds + 2):
            for name, operations in kinds.items():
                took[name].append(await _seconds(operations, parts.desk, agent, tickets))
    spent = {name: statistics.median(times[2:]) * 1000 for name, times in took.items()}
    return {
        "tickets": tickets,
        "cpu_ms": {name: round(value, 2) for name, value in spent.items()},
        "times_faster": {
            name: round(spent[Plans.OFF] / value, 1)
            for name, value in spent.items()
            if name != Plans.OFF
        },
    }


async def _record(desk: Desk, tickets: int) -> None:
    requester = await viewer_of(await Person.get(name="Ada"))
    for number in range(tickets):
        await record_ticket(desk, requester, subject=f"Printer {number} jams")


async def _seconds(operations: Operations, desk: Desk, viewer: Viewer, tickets: int) -> float:
    """Processor time of one operation, from its text to its bytes."""
    caller = Caller(viewer)

    async def admit() -> Caller:
        return caller

    def prepared() -> Prepared:
        return operations.prepare(
            OperationRequest(TEXT, None, {"first": tickets}), may_introspect=False
        )

    prepared()
    began = time.process_time()
    for _ in range(TIMES):
        answer = await operations.execute(
            prepared(), lambda: Context(desk, Standing(caller, admit))
        )
        body = answer.as_json()
    assert body.count(b'"subject"') == tickets, body[:500]
    return (time.process_time() - began) / TIMES


if __name__ == "__main__":
    main()
