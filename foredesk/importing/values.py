"""Values: how one field of ours is made of the columns of a row."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any
from zoneinfo import ZoneInfo

from foredesk.importing.report import Refused

_NAMES = re.compile(r"\{([^{}]+)\}")


@dataclass(frozen=True, slots=True)
class Value:
    """One of `columns` (the first that is not empty), `template` or `constant`; then `values`."""

    columns: tuple[str, ...] = ()
    template: str = ""
    constant: str = ""
    values: Mapping[str, str] | None = None
    default: str | None = None
    cut: int | None = None
    formats: tuple[str, ...] = ()
    zone: str = "UTC"

    def used_columns(self) -> tuple[str, ...]:
        return (*self.columns, *_NAMES.findall(self.template))

    def text(self, name: str, row: Mapping[str, Any], empty: frozenset[str]) -> str:
        """Empty if the row has nothing for it. Raises Refused for what `values` does not list."""
        written = self._written(row, empty)
        if self.values is not None and written:
            if written not in self.values:
                return self._fallback(name, f"{written!r} is not in the map")
            written = self.values[written]
        written = written or self.default or ""
        return written if self.cut is None else _cut(written, self.cut)

    def time(self, name: str, row: Mapping[str, Any], empty: frozenset[str]) -> datetime | None:
        """Raises Refused for what is no time in any of the formats."""
        written = self.text(name, row, empty)
        if not written:
            return None
        patterns = self.formats or ("iso",)
        for pattern in patterns:
            try:
                return _parsed(written, pattern, self.zone)
            except (ValueError, OverflowError, OSError):
                continue
        raise Refused(f"{name}: {written!r} is no time like {' or '.join(patterns)}")

    def _written(self, row: Mapping[str, Any], empty: frozenset[str]) -> str:
        if self.constant:
            return self.constant
        found = {column: value_of(row, column, empty) for column in self.used_columns()}
        if self.columns or not any(found.values()):
            return next(filter(None, found.values()), "")
        return _NAMES.sub(lambda name: found[name[1]], self.template).strip()

    def _fallback(self, name: str, reason: str) -> str:
        if self.default is None:
            raise Refused(f"{name}: {reason}")
        return self.default


def value_of(row: Mapping[str, Any], column: str, empty: frozenset[str]) -> str:
    """What a column says; `a.b` is `b` within `a` in JSON. Empty for what counts as nothing."""
    value: Any = row
    for part in [column] if column in row else column.split("."):
        value = value.get(part) if isinstance(value, Mapping) else None
    if isinstance(value, list):
        value = ", ".join(str(each) for each in value)
    text = "" if value is None or isinstance(value, Mapping) else str(value).strip()
    return "" if text in empty else text


def _parsed(written: str, pattern: str, zone: str) -> datetime:
    if pattern == "unix":
        return datetime.fromtimestamp(float(written), UTC)
    time = datetime.fromisoformat(written) if pattern == "iso" else _by(pattern, written)
    if time.tzinfo is None:
        time = time.replace(tzinfo=ZoneInfo(zone))
    return time.astimezone(UTC)


def _by(pattern: str, written: str) -> datetime:
    return datetime.strptime(written, pattern)  # noqa: DTZ007 # the zone is put in by the caller


def _cut(text: str, limit: int) -> str:
    """At the end of a word if it can be."""
    text = " ".join(text.split())
    if len(text) <= limit:
        return text
    whole, _, _ = text[: limit - 1].rpartition(" ")
    return (whole or text[: limit - 1]) + "…"
