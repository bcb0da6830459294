"""The knowledge index of one process."""

import asyncio
import contextlib
import logging
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from foredesk.ports import ArticleFeed, SearchQuery, SearchResult
from search_index.engine import Engine
from search_index.follower import Follower
from search_index.generations import Generations
from search_index.schema import SCHEMA_VERSION
from search_index.search import search
from search_index.whoosh_engine import WHOOSH

POLL_SECONDS = 0.5

log = logging.getLogger(__name__)


class LocalIndex:
    """Fulfils `foredesk.ports.KnowledgeIndex` with a folder on this machine's own disk.

    The folder needs no preparation and may be deleted at any time: it is rebuilt from the feed.
    Every process has its own LocalIndex; those of one machine share the folder and the engine.
    Nothing is found before the first `catch_up()`, which `run()` begins with.
    """

    def __init__(self, feed: ArticleFeed, directory: Path, engine: Engine) -> None:
        self._generations = Generations()
        self._follower = Follower(feed, directory, engine, self._generations)
        self._directory = directory
        self._engine = engine
        self._woken = asyncio.Event()

    async def search(self, query: SearchQuery) -> SearchResult:
        return await asyncio.get_running_loop().run_in_executor(None, self._search, query)

    async def catch_up(self) -> int:
        return await self._follower.catch_up()

    async def rebuild(self) -> int:
        return await self._follower.rebuild()

    async def heal(self) -> int:
        """Compare every article with the feed; returns how many had to be written anew."""
        return await self._follower.heal()

    async def run(self) -> None:
        """Heal, then follow the feed until cancelled. Survives a database that is away."""
        healed = False
        while True:
            self._woken.clear()
            try:
                if not healed:
                    await self.heal()
                    healed = True
                await self.catch_up()
            except Exception:
                log.exception("the search index could not follow the feed; trying again")
            with contextlib.suppress(TimeoutError):
                await asyncio.wait_for(self._woken.wait(), POLL_SECONDS)

    def wake(self) -> None:
        """Look at the feed now: a hint, given on the event loop after a commit."""
        self._woken.set()

    def close(self) -> None:
        """Close the files once the searches under way are done."""
        self._generations.close()

    def status(self) -> Mapping[str, Any]:
        return {
            "revision": self._generations.revision,
            "documents": self._generations.documents,
            "generation": self._generations.swaps,
            "directory": str(self._directory),
            "engine": self._engine.name,
            "analysis": f"{self._engine.name}-{SCHEMA_VERSION}",
        }

    def _search(self, query: SearchQuery) -> SearchResult:
        with self._generations.use() as generations:
            try:
                return search(generations, query)
            except Exception:
                # Damaged files make an engine raise nearly anything, and a search never raises.
                log.exception("a search failed; the index will be checked")
                self._follower.doubt()
                return SearchResult()


class WhooshIndex(LocalIndex):
    """The engine that is chosen where nothing is said."""

    def __init__(self, feed: ArticleFeed, directory: Path) -> None:
        super().__init__(feed, directory, WHOOSH)
