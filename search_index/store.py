"""Where indexes lie on disk: one folder per rebuild, a pointer to the current one, one lock."""

import contextlib
import re
import secrets
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Self
from urllib.parse import quote, unquote

from whoosh import index
from whoosh.filedb.filestore import FileStorage
from whoosh.index import LockError

from foredesk.faults import point
from search_index.checksums import write_checksums, wrong_files
from search_index.files import replace_text
from search_index.schema import SCHEMA_VERSION, schema

_POINTER = "current"
_REVISION = "revision"
_LOCALE = "locale-"
_VERSION = f"v{SCHEMA_VERSION}-"
_STORE_NAME = re.compile(r"v\d+-[0-9a-f]{16}")


class Store:
    """One complete set of indexes, a folder per locale, and the feed's revision they reflect."""

    def __init__(self, path: Path) -> None:
        self.path = path

    @classmethod
    def current(cls, root: Path) -> Self | None:
        """The store the pointer names, if it exists and has this schema version."""
        try:
            name = (root / _POINTER).read_text(encoding="utf-8")
        except (OSError, UnicodeDecodeError):
            return None
        path = root / name
        usable = name.startswith(_VERSION) and path.parent == root and path.is_dir()
        return cls(path) if usable else None

    @classmethod
    def create(cls, root: Path) -> Self:
        path = root / f"{_VERSION}{secrets.token_hex(8)}"
        path.mkdir(parents=True)
        return cls(path)

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

    def open(self, locale: str) -> Any:
        """The Whoosh index of the locale. Raises whatever Whoosh does when it is damaged."""
        return index.open_dir(str(self._folder(locale)))

    def open_or_create(self, locale: str) -> Any:
        folder = self._folder(locale)
        if folder.exists():
            return self.open(locale)
        unfinished = self.path / f"unfinished-{secrets.token_hex(8)}"
        unfinished.mkdir()
        index.create_in(str(unfinished), schema())
        unfinished.rename(folder)
        return self.open(locale)

    def commit(self, locale: str, writer: Any) -> None:
        point("before-index-commit")
        writer.commit()
        point("after-index-commit")
        write_checksums(self._folder(locale))

    def check(self) -> None:
        """Raises when a file is missing, unreadable or not what was written."""
        if self.revision < 0:
            raise ValueError("the revision is negative")
        for locale in self.locales():
            if wrong := wrong_files(self._folder(locale)):
                raise ValueError(f"damaged: {', '.join(wrong)}")
            self.open(locale).reader().close()

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
