"""Where indexes lie on disk: one folder per rebuild, a pointer to the current one, one lock."""

import contextlib
import re
import secrets
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Self
from urllib.parse import quote, unquote

from whoosh.filedb.filestore import FileStorage
from whoosh.index import LockError

from foredesk.faults import point
from search_index.checksums import write_checksums, wrong_files
from search_index.engine import Engine, LocaleIndex, Writer
from search_index.files import replace_text
from search_index.schema import SCHEMA_VERSION

_POINTER = "current"
_REVISION = "revision"
_LOCALE = "locale-"
_STORE_NAME = re.compile(r"v\d+-(?:[a-z]+-)?[0-9a-f]{16}")


class Store:
    """One complete set of indexes, a folder per locale, and the feed's revision they reflect."""

    def __init__(self, path: Path, engine: Engine) -> None:
        self.path = path
        self._engine = engine

    @classmethod
    def current(cls, root: Path, engine: Engine) -> Self | None:
        """The store the pointer names, if it exists, is the engine's and has this version."""
        try:
            name = (root / _POINTER).read_text(encoding="utf-8")
        except (OSError, UnicodeDecodeError):
            return None
        path = root / name
        usable = name.startswith(_prefix(engine)) and path.parent == root and path.is_dir()
        return cls(path, engine) if usable else None

    @classmethod
    def create(cls, root: Path, engine: Engine) -> Self:
        path = root / f"{_prefix(engine)}{secrets.token_hex(8)}"
        path.mkdir(parents=True)
        return cls(path, engine)

    @property
    def revision(self) -> int:
        """Raises OSError or ValueError when it cannot be read."""
        return int((self.path / _REVISION).read_text(encoding="utf-8"))

    @revision.setter
    def revision(self, revision: int) -> None:
        replace_text(self.path / _REVISION, str(revision))

    def locales(self) -> list[str]:
        """Raises OSError when the folder is gone."""
        return sorted(
            unquote(path.name.removeprefix(_LOCALE))
            for path in self.path.iterdir()
            if path.name.startswith(_LOCALE)
        )

    def open(self, locale: str) -> LocaleIndex:
        """The index of the locale. Raises whatever the engine does when it is damaged."""
        return self._engine.open(self._folder(locale))

    def open_or_create(self, locale: str) -> LocaleIndex:
        folder = self._folder(locale)
        if folder.exists():
            return self.open(locale)
        unfinished = self.path / f"unfinished-{secrets.token_hex(8)}"
        unfinished.mkdir()
        self._engine.create(unfinished)
        unfinished.rename(folder)
        return self.open(locale)

    def commit(self, locale: str, writer: Writer) -> None:
        point("before-index-commit")
        writer.commit()
        point("after-index-commit")
        write_checksums(self._folder(locale), self._engine.suffixes)

    def check(self) -> None:
        """Raises when a file is missing, unreadable or not what was written."""
        if self.revision < 0:
            raise ValueError("the revision is negative")
        for locale in self.locales():
            if wrong := wrong_files(self._folder(locale), self._engine.suffixes):
                raise ValueError(f"damaged: {', '.join(wrong)}")
            self.open(locale).generation(locale).release()

    def make_current(self) -> None:
        """Switch the pointer to this store, at once for every process that looks."""
        replace_text(self.path.parent / _POINTER, self.path.name)

    def remove_others(self) -> None:
        """Delete all other stores; who still reads one keeps its open files until done."""
        for path in self.path.parent.iterdir():
            if _STORE_NAME.fullmatch(path.name) and path != self.path:
                shutil.rmtree(path, ignore_errors=True)

    def _folder(self, locale: str) -> Path:
        return self.path / (_LOCALE + quote(locale, safe=""))


def _prefix(engine: Engine) -> str:
    """Of the names of its stores; one of another engine is rebuilt like one of another version."""
    return f"v{SCHEMA_VERSION}-{engine.name}-"


@contextlib.contextmanager
def writing(root: Path) -> Iterator[None]:
    """Be the only one on this machine that writes below `root`. Raises LockError if another is."""
    root.mkdir(parents=True, exist_ok=True)
    storage: Any = FileStorage
    lock = storage(str(root)).lock("writer.lock")
    if not lock.acquire():
        raise LockError(f"another process writes to {root}")
    try:
        yield
    finally:
        lock.release()
