"""The log: a file of rows, read incident by incident, however its rows are mixed."""

from collections import Counter
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from foredesk.importing.incidents.entries import COLUMNS, MISSING, Entry, Incident, read_entry
from foredesk.importing.report import Refused, Remark, UnusableCall
from foredesk.importing.rows import Row, Rows, Shape


class IncidentLog:
    """Incidents come whole or not at all: one bad row keeps the others of its incident out.

    `refused` names the bad rows, `kept_out` counts the good ones that went with them. `position`
    of `size` tells how far it is read.
    """

    def __init__(self, file: Path, zone: ZoneInfo) -> None:
        """Raises UnusableCall for a file that can't be read, or that lacks a column."""
        if not file.is_file():
            raise UnusableCall(f"{file} is not a file.")
        self._rows, self._zone, self._name = Rows(file, Shape()), zone, file.name
        header = self._rows.header()
        if header is not None and (missing := [one for one in COLUMNS if one not in header]):
            raise UnusableCall(f"{file} has no column {', '.join(missing)}.")
        self.size = self._rows.size
        self.rows = self.kept_out = 0
        self.refused: list[Remark] = []

    @property
    def position(self) -> int:
        return self._rows.position

    def __iter__(self) -> Iterator[Incident]:
        """In the order in which their last rows come."""
        left = Counter(_number(row) for row in self._rows)
        begun: dict[str, list[Entry | None]] = {}
        for row in self._rows:
            self.rows += 1
            number = _number(row)
            entries = begun.setdefault(number, [])
            entries.append(self._entry(row, number))
            if len(entries) == left[number]:
                yield from self._whole(number, begun.pop(number))

    def _entry(self, row: Row, number: str) -> Entry | None:
        try:
            if isinstance(row.values, Refused):
                raise row.values
            if not number:
                raise Refused("number: is missing")
            return read_entry(row.line, _text(row.values), self._zone)
        except Refused as refusal:
            reason = f"{number}: {refusal.reason}" if number else refusal.reason
            self.refused.append(Remark(self._name, row.line, reason))
            return None

    def _whole(self, number: str, entries: list[Entry | None]) -> Iterator[Incident]:
        good = tuple(entry for entry in entries if entry is not None)
        if len(good) == len(entries):
            yield Incident(number, good)
        else:
            self.kept_out += len(good)


def _number(row: Row) -> str:
    """Empty for a row that says none."""
    written = row.values if not isinstance(row.values, Refused) else {}
    number = str(written.get("number", "")).strip()
    return "" if number == MISSING else number


def _text(values: Mapping[str, Any]) -> dict[str, str]:
    for column in COLUMNS:
        if column not in values:
            raise Refused(f"{column}: is missing")
    return {name: str(value) for name, value in values.items()}
