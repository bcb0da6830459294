"""Checksums of an index's files, written at each commit: files never change once committed."""

import json
from pathlib import Path
from zlib import crc32

from search_index.files import replace_text

_NAME = "checksums.json"


def write_checksums(folder: Path, suffixes: tuple[str, ...]) -> None:
    """Take in the files of the last commit, of those suffixes."""
    known = _read(folder)
    replace_text(
        folder / _NAME,
        json.dumps(
            {file.name: known.get(file.name) or _sum(file) for file in _files(folder, suffixes)}
        ),
    )


def wrong_files(folder: Path, suffixes: tuple[str, ...]) -> list[str]:
    """Names of files that are not what was written. A crash may leave files that are not listed."""
    known = _read(folder)
    return [
        file.name
        for file in _files(folder, suffixes)
        if known.get(file.name) not in (None, _sum(file))
    ]


def _read(folder: Path) -> dict[str, int]:
    try:
        known: dict[str, int] = json.loads((folder / _NAME).read_text(encoding="utf-8"))
    except FileNotFoundError:
        return {}
    return known


def _files(folder: Path, suffixes: tuple[str, ...]) -> list[Path]:
    return sorted(file for file in folder.iterdir() if file.suffix in suffixes)


def _sum(file: Path) -> int:
    return crc32(file.read_bytes())
