"""Kill what writes the knowledge index again and again, and look for what is wrong afterwards.

    python -m benchmarks.index_faults --kills 60 [--engine tantivy]

A process follows a feed of articles that change, move to another language and go, and says when a
change can be found; it is killed with SIGKILL at a moment of chance: most kills hit a write.
Prints one line of JSON; these three must be 0, and it exits with 1 when they are not:

- `lost`: changes that were acknowledged and are not on disk, and articles not found afterwards;
- `unreadable`: indexes that could not be used as they lay there, or had to be built anew;
- `stale`: hits that were removed or are of an older revision, in a new process and in one that
  has had the index open all the time.
"""

import argparse
import asyncio
import json
import random
import subprocess
import sys
import tempfile
import time
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any
from uuid import UUID

from benchmarks.changing_feed import LOCALES, WORD, ChangingFeed
from foredesk.ports import SearchQuery
from search_index.engines import ENGINES, index_on, store_of
from search_index.index import LocalIndex
from search_index.store import Store

LONGEST_LIFE = 0.6
"""Seconds after its first acknowledgment in which the writer is killed."""


@dataclass(slots=True)
class Faults:
    lost: int = 0
    unreadable: int = 0
    stale: int = 0

    def compare(self, found: Mapping[UUID, int], expected: Mapping[UUID, int]) -> None:
        """Count what is missing, and what is there no more or at another revision."""
        self.lost += len(expected.keys() - found.keys())
        self.stale += sum(expected.get(id) != revision for id, revision in found.items())


def main() -> None:
    parser = argparse.ArgumentParser(description="Kill the writer of the knowledge index.")
    parser.add_argument("--kills", type=int, default=60)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--engine", choices=ENGINES, default="whoosh")
    parser.add_argument("--follow", nargs=2, metavar=("FOLDER", "REVISION"), help="be the writer")
    asked = parser.parse_args()
    if asked.follow:
        asyncio.run(follow(asked.engine, Path(asked.follow[0]), int(asked.follow[1])))
    figures = asyncio.run(report(asked.kills, asked.seed, asked.engine))
    print(json.dumps(figures))
    sys.exit(any(figures[name] for name in asdict(Faults())))


async def report(kills: int, seed: int, engine: str = "whoosh") -> dict[str, Any]:
    chance, faults, began = random.Random(seed), Faults(), time.monotonic()
    with tempfile.TemporaryDirectory() as folder:
        directory, feed = Path(folder) / "index", ChangingFeed()
        open_all_the_time = index_on(engine, feed, directory)
        for _ in range(kills):
            acknowledged = await _killed(engine, directory, feed.revision + 1, chance)
            before = store_of(engine, directory)
            faults.lost += max(0, acknowledged - _revision_on_disk(before))
            feed.advance(acknowledged + 1)
            fresh = index_on(engine, feed, directory)
            for index in (fresh, open_all_the_time):
                await _look(index, feed, faults)
            now = store_of(engine, directory)
            faults.unreadable += before is None or now is None or before.path != now.path
            fresh.close()
        open_all_the_time.close()
    return {
        "kills": kills,
        "changes": feed.revision,
        **asdict(faults),
        "seconds": round(time.monotonic() - began, 1),
    }


async def follow(engine: str, directory: Path, revision: int) -> None:
    """Take in one change after the other until somebody kills this process."""
    feed = ChangingFeed(revision)
    index = index_on(engine, feed, directory)
    while True:
        print(await index.catch_up(), flush=True)
        feed.advance(feed.revision + 1)


async def _killed(engine: str, directory: Path, revision: int, chance: random.Random) -> int:
    """Let a writer begin at a revision and kill it; returns the last one it acknowledged."""
    with _writer(engine, directory, revision) as writer:
        assert writer.stdout
        first = await asyncio.to_thread(writer.stdout.readline)
        await asyncio.sleep(chance.uniform(0.0, LONGEST_LIFE))
        writer.kill()
        acknowledged = [first, *writer.stdout.read().split("\n")]
    if writer.returncode != -9 or not first:
        raise RuntimeError(f"the writer ended by itself with {writer.returncode}")
    return max(int(line) for line in acknowledged if line.strip())


def _writer(engine: str, directory: Path, revision: int) -> "subprocess.Popen[str]":
    command = [sys.executable, "-m", "benchmarks.index_faults", "--engine", engine, "--follow"]
    return subprocess.Popen(
        [*command, directory, str(revision)],
        cwd=Path(__file__).parents[1],
        stdout=subprocess.PIPE,
        text=True,
    )


def _revision_on_disk(store: Store | None) -> int:
    try:
        return store.revision if store else 0
    except (OSError, ValueError):
        return 0


async def _look(index: LocalIndex, feed: ChangingFeed, faults: Faults) -> None:
    """Catch up, and compare what each language finds with what there is."""
    await index.catch_up()
    for locale in LOCALES:
        result = await index.search(SearchQuery(WORD, locale, limit=1000, language=locale))
        found = {hit.article_id: hit.revision for hit in result.hits}
        faults.compare(found, feed.expected(locale))


if __name__ == "__main__":
    main()
