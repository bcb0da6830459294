"""Rows: CSV or JSON Lines, plain or gzip, read one by one with the line that each begins on."""

import csv
import gzip
import io
import json
import zlib
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Any

from foredesk.importing.report import Refused, UnusableCall

FIELD_LIMIT = 1_000_000
_GZIP = b"\x1f\x8b"
_DAMAGES = (EOFError, OSError, UnicodeDecodeError, zlib.error)


@dataclass(frozen=True, slots=True)
class Shape:
    """How the file is written; `format` is `csv`, `jsonl`, or empty to go by the name."""

    format: str = ""
    delimiter: str = ","
    encoding: str = "utf-8"

    def format_of(self, file: Path) -> str:
        if self.format:
            return self.format
        name = file.name.lower().removesuffix(".gz")
        return "jsonl" if name.endswith((".jsonl", ".ndjson", ".json")) else "csv"


@dataclass(frozen=True, slots=True)
class Row:
    """`values` are what was written, or why it can't be read."""

    line: int
    values: Mapping[str, Any] | Refused


class Rows:
    """The rows of a file. `position` of `size` tells how far it is read."""

    def __init__(self, file: Path, shape: Shape) -> None:
        self._file, self._shape = file, shape
        self.size = file.stat().st_size
        self.position = 0

    def __iter__(self) -> Iterator[Row]:
        read = _json_lines if self._shape.format_of(self._file) == "jsonl" else self._csv
        line = 0
        with self._opened() as (text, raw):
            rows = read(text)
            while True:
                try:
                    row = next(rows, None)
                except _DAMAGES as problem:
                    yield Row(line + 1, Refused(f"the file is damaged from here on: {problem}"))
                    return
                if row is None:
                    return
                self.position, line = raw.tell(), row.line
                yield row

    def header(self) -> list[str] | None:
        """The names of the columns; None for JSON Lines, where every row has its own."""
        if self._shape.format_of(self._file) == "jsonl":
            return None
        try:
            with self._opened() as (text, _):
                return next(csv.reader(text, delimiter=self._shape.delimiter), [])
        except (*_DAMAGES, csv.Error) as problem:
            raise UnusableCall(f"{self._file} can't be read: {problem}") from problem

    @contextmanager
    def _opened(self) -> Iterator[tuple[IO[str], IO[bytes]]]:
        with self._file.open("rb") as raw:
            is_packed = raw.read(2) == _GZIP
            raw.seek(0)
            plain: Any = gzip.GzipFile(fileobj=raw) if is_packed else raw
            encoding = "utf-8-sig" if self._shape.encoding == "utf-8" else self._shape.encoding
            # Bytes that are no text are kept as halves of pairs, for the row they are in to say so.
            yield io.TextIOWrapper(plain, encoding, errors="surrogateescape", newline=""), raw

    def _csv(self, text: IO[str]) -> Iterator[Row]:
        csv.field_size_limit(FIELD_LIMIT)
        reader = csv.reader(text, delimiter=self._shape.delimiter)
        header = next(reader, [])
        while True:
            line = reader.line_num + 1
            try:
                values = next(reader, None)
            except csv.Error as problem:
                yield Row(line, Refused(f"is not CSV: {problem}"))
                continue
            if values is None:
                return
            if values:
                yield Row(line, _named(header, values, reader.line_num - line))


def _named(header: list[str], values: list[str], more: int) -> Mapping[str, str] | Refused:
    if len(values) == len(header):
        return _text(dict(zip(header, values, strict=True)))
    lines = f" over {more + 1} lines; is a quote not closed?" if more else ""
    return Refused(f"has {len(values)} columns and not {len(header)}{lines}")


def _text(values: dict[str, Any]) -> Mapping[str, Any] | Refused:
    for name, value in values.items():
        if isinstance(value, str) and any("\ud800" <= character <= "\udfff" for character in value):
            return Refused(f"{name} is not in the file's encoding")
    return values


def _json_lines(text: IO[str]) -> Iterator[Row]:
    for line, written in enumerate(text, 1):
        if written.strip():
            yield Row(line, _object(written))


def _object(written: str) -> Mapping[str, Any] | Refused:
    try:
        values = json.loads(written)
    except (ValueError, RecursionError) as problem:
        return Refused(f"is not JSON: {problem}")
    if not isinstance(values, dict):
        return Refused("is no JSON object")
    return _text(values)
