"""What an engine must give: folders with one locale's articles, written in commits."""

from collections.abc import Iterable
from pathlib import Path
from typing import Protocol
from uuid import UUID

from foredesk.ports import IndexDocument
from search_index.generation import Generation


class Writer(Protocol):
    """One commit in the making. Nothing of it is seen before `commit`."""

    def remove(self, id: str) -> None: ...

    def add(self, document: IndexDocument) -> None: ...

    def commit(self) -> None: ...

    def cancel(self) -> None: ...


class LocaleIndex(Protocol):
    """One locale's index, opened."""

    def latest(self) -> int:
        """The number of the newest commit."""
        ...

    def generation(self, locale: str) -> Generation:
        """A view of the newest commit, for the caller to release."""
        ...

    def writer(self) -> Writer: ...

    def known(self, ids: Iterable[str]) -> list[str]:
        """Those of the ids that it has."""
        ...

    def revisions(self) -> dict[UUID, int]:
        """Every article in it, with its revision."""
        ...


class Engine(Protocol):
    """Whatever it raises for files that it cannot read is an Exception."""

    @property
    def name(self) -> str: ...

    @property
    def suffixes(self) -> tuple[str, ...]:
        """Of the files that never change once committed: these have checksums."""
        ...

    def create(self, folder: Path) -> None:
        """An empty index in a folder that exists."""
        ...

    def open(self, folder: Path) -> LocaleIndex: ...
