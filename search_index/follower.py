"""Keeping the index in step with the feed. Only one process of a machine writes at a time."""

import asyncio
import logging
import shutil
from collections.abc import Callable, Sequence
from contextlib import ExitStack
from pathlib import Path
from uuid import UUID

from whoosh.index import LockError

from foredesk.ports import ArticleFeed
from search_index.engine import Engine
from search_index.generations import Generations
from search_index.heal import differing, stored_revisions
from search_index.store import Store, writing
from search_index.threads import in_thread
from search_index.write import Build, replace_articles

BATCH = 200
PATIENCE_SECONDS = 60.0
RETRY_SECONDS = 0.02

log = logging.getLogger(__name__)


class Damaged(Exception):
    """The index on disk cannot be used."""


class IndexInUse(Exception):
    """Another process has been writing the index for too long."""

    def __init__(self, root: Path) -> None:
        super().__init__(f"Another process is writing the index in {root}. Try again when it ends.")


class Follower:
    """Reads the feed on the event loop, writes in threads, and shows what is written."""

    def __init__(
        self, feed: ArticleFeed, root: Path, engine: Engine, generations: Generations
    ) -> None:
        self._feed = feed
        self._root = root
        self._engine = engine
        self._generations = generations
        self._turn = asyncio.Lock()
        self._checked: Path | None = None

    def doubt(self) -> None:
        """Check the files again before they are next relied upon."""
        self._checked = None

    async def catch_up(self) -> int:
        """Returns the revision shown: at least the feed's at the time of the call."""
        async with self._turn:
            goal = await self._feed.latest_revision()
            deadline = asyncio.get_running_loop().time() + PATIENCE_SECONDS
            while not await self._is_shown(goal):
                try:
                    with writing(self._root):
                        await self._follow()
                except LockError:
                    if asyncio.get_running_loop().time() > deadline:
                        break
                    await asyncio.sleep(RETRY_SECONDS)
            return self._generations.revision

    async def heal(self) -> int:
        """Compare every article with the feed; returns how many had to be written anew."""
        await self.catch_up()
        async with self._turn:
            with await self._lock():
                return await self._mend(await self._whole_store())

    async def rebuild(self) -> int:
        """Returns the number of articles."""
        async with self._turn:
            with await self._lock():
                await self._rebuild()
            return self._generations.documents

    async def _is_shown(self, goal: int) -> bool:
        """Whether the index on disk has reached the goal, and searches see it."""
        store = Store.current(self._root, self._engine)
        if store is None or store.path != self._checked:
            return False
        try:
            await in_thread(self._generations.show, store)
        except Exception:
            # Damaged bytes make engines raise nearly anything; another process may replace it.
            log.warning("the search index cannot be opened; it will be checked", exc_info=True)
            self.doubt()
            return False
        return goal <= self._generations.revision <= await self._feed.latest_revision()

    async def _lock(self) -> ExitStack:
        """The right to write, until the stack is left. Raises IndexInUse when it is kept."""
        deadline = asyncio.get_running_loop().time() + PATIENCE_SECONDS
        while True:
            stack = ExitStack()
            try:
                stack.enter_context(writing(self._root))
            except LockError as held:
                if asyncio.get_running_loop().time() > deadline:
                    raise IndexInUse(self._root) from held
                await asyncio.sleep(RETRY_SECONDS)
            else:
                return stack

    async def _follow(self) -> None:
        store = await self._whole_store()
        try:
            while changes := await self._feed.changes_after(store.revision, limit=BATCH):
                await self._replace(store, [change.article_id for change in changes])
                store.revision = changes[-1].revision
            await _on_disk(self._generations.show, store)
        except Damaged:
            await self._rebuild()

    async def _whole_store(self) -> Store:
        """The current store if it can be used, else a new one."""
        store = Store.current(self._root, self._engine)
        if store is None or not await self._can_use(store):
            return await self._rebuild()
        return store

    async def _can_use(self, store: Store) -> bool:
        try:
            if store.path != self._checked:
                await _on_disk(store.check)
                await in_thread(store.remove_others)
                self._checked = store.path
        except Damaged:
            return False
        return store.revision <= await self._feed.latest_revision()

    async def _replace(self, store: Store, article_ids: Sequence[UUID]) -> None:
        ids = list(dict.fromkeys(article_ids))
        documents = await self._feed.documents(ids)
        await _on_disk(replace_articles, store, ids, documents)

    async def _mend(self, store: Store) -> int:
        stored = await in_thread(stored_revisions, store)
        wrong = await differing(self._feed, stored)
        for i in range(0, len(wrong), BATCH):
            await self._replace(store, wrong[i : i + BATCH])
        await in_thread(self._generations.show, store)
        return len(wrong)

    async def _rebuild(self) -> Store:
        store = Store.create(self._root, self._engine)
        build = Build(store)
        try:
            revision = await self._feed.latest_revision()
            async for documents in self._feed.every_document():
                await in_thread(build.add, documents)
            await in_thread(build.finish, revision)
        except BaseException:
            build.cancel()
            shutil.rmtree(store.path, ignore_errors=True)
            raise
        store.make_current()
        self._checked = store.path
        await in_thread(self._generations.show, store)
        await in_thread(store.remove_others)
        return store


async def _on_disk(work: Callable[..., object], *args: object) -> None:
    """Raises Damaged in place of whatever an engine raises for what it cannot read."""
    try:
        await in_thread(work, *args)
    except Exception as problem:
        log.warning("the search index is damaged and will be rebuilt: %r", problem)
        raise Damaged from problem
