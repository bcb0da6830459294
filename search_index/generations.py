"""What searches see now: replaced as a whole at each commit, closed after the last use.

Whoosh's `Searcher.refresh()` is never used: it keeps deleted documents findable and leaks files.
"""

import contextlib
import threading
from collections.abc import Iterator, Mapping
from pathlib import Path

from search_index.generation import Generation
from search_index.store import Store


class Generations:
    """A generation per locale, of one store, at one revision of the feed."""

    def __init__(self) -> None:
        self._turn = threading.Lock()
        self._current: dict[str, Generation] = {}
        self.path: Path | None = None
        self.revision = 0
        self.swaps = 0

    @contextlib.contextmanager
    def use(self) -> Iterator[Mapping[str, Generation]]:
        """The generations of now, kept open until the caller is done with them."""
        with self._turn:
            used = dict(self._current)
            for generation in used.values():
                generation.retain()
        try:
            yield used
        finally:
            self._release(used)

    def show(self, store: Store) -> None:
        """Make the store's newest commits visible. Raises what an engine does for damaged files."""
        revision = store.revision
        kept = self._current if store.path == self.path else {}
        newer: dict[str, Generation] = {}
        try:
            for locale in store.locales():
                index = store.open(locale)
                if locale not in kept or kept[locale].number != index.latest():
                    newer[locale] = index.generation(locale)
        except BaseException:
            self._release(newer)
            raise
        self._swap(dict(kept) | newer, store.path, revision)

    def close(self) -> None:
        self._swap({}, None, 0)

    @property
    def documents(self) -> int:
        return sum(generation.documents for generation in self._current.values())

    def _swap(self, generations: dict[str, Generation], path: Path | None, revision: int) -> None:
        with self._turn:
            before, self._current = self._current, generations
            self.path, self.revision = path, revision
        gone = {
            locale: generation
            for locale, generation in before.items()
            if generations.get(locale) is not generation
        }
        self.swaps += generations != before
        self._release(gone)

    def _release(self, generations: Mapping[str, Generation]) -> None:
        with self._turn:
            for generation in generations.values():
                generation.release()
