"""Tree: the Markdown files of a folder, with the language that each is in."""

import os
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

from babel.localedata import exists, normalize_locale

from foredesk.importing.report import UnusableCall

SUFFIXES = (".md", ".mdx", ".markdown")


@dataclass(frozen=True, slots=True)
class SourceFile:
    """`relative` is the path below the language's folder: the same for every translation."""

    file: Path
    path: str
    relative: PurePosixPath
    locale: str | None

    @property
    def key(self) -> str:
        """What translations have in common."""
        return str(self.relative.with_suffix(""))


@dataclass(frozen=True, slots=True)
class Tree:
    name: str
    files: tuple[SourceFile, ...]


def scan(directory: Path) -> Tree:
    """Raises UnusableCall when there is nothing to import from."""
    if not directory.is_dir():
        raise UnusableCall(f"{directory} is not a folder.")
    files = tuple(_files_of(directory))
    if not files:
        raise UnusableCall(f"{directory} has no Markdown files.")
    return Tree(directory.resolve().name, files)


def _files_of(directory: Path) -> Iterator[SourceFile]:
    """Every Markdown file, in a stable order; hidden ones and Docusaurus partials (`_…`) not."""
    own = locale_of(directory.resolve().name)
    for folder, folders, names in os.walk(directory):
        folders[:] = sorted(name for name in folders if not name.startswith((".", "_")))
        for name in sorted(names):
            if name.lower().endswith(SUFFIXES) and not name.startswith((".", "_")):
                yield _source(directory, Path(folder) / name, own)


def locale_of(name: str) -> str | None:
    """The language that a folder's name stands for, as `de` or `pt-BR`; None if for none."""
    known = normalize_locale(name.replace("-", "_"))
    return known.replace("_", "-") if known and exists(known) and known != "root" else None


def _source(directory: Path, file: Path, own: str | None) -> SourceFile:
    relative = PurePosixPath(file.relative_to(directory).as_posix())
    first = locale_of(relative.parts[0]) if len(relative.parts) > 1 else None
    below = PurePosixPath(*relative.parts[1:]) if first else relative
    return SourceFile(file, str(relative), below, first or own)
