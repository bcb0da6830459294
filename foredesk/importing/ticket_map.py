"""Ticket map: the TOML file that says which column of a table is which field of a request."""

import hashlib
import json
import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, fields
from datetime import datetime
from enum import StrEnum
from pathlib import Path
from typing import Any, TypeVar
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from foredesk.importing.report import Refused, UnusableCall
from foredesk.importing.rows import Shape
from foredesk.importing.values import Value
from foredesk.sla.priority import Impact, Urgency
from foredesk.tickets.bring_in import PastTicket
from foredesk.tickets.models import TicketKind

Choice = TypeVar("Choice", bound=StrEnum)
TEXTS = ("external_key", "subject", "details", "resolution", "category")
TIMES = ("opened_at", "resolved_at", "closed_at")
CHOICES: dict[str, type[StrEnum]] = {"kind": TicketKind, "impact": Impact, "urgency": Urgency}
REQUESTER = ("email", "name")
_KEY_LIMIT = 128


@dataclass(frozen=True, slots=True)
class Requester:
    """Who asked; unknown people are enrolled in the organization, without a password."""

    email: str
    name: str


@dataclass(frozen=True, slots=True)
class TicketMap:
    """`name` goes before every key, so that two tables never clash."""

    name: str
    organization: str
    fields: Mapping[str, Value]
    requester: Mapping[str, Value]
    shape: Shape = field(default_factory=Shape)
    empty: frozenset[str] = frozenset()

    @classmethod
    def read(cls, file: Path) -> "TicketMap":
        """Raises UnusableCall with what is wrong with it."""
        try:
            written = tomllib.loads(file.read_text(encoding="utf-8"))
        except OSError as problem:
            raise UnusableCall(f"{file}: {problem.strerror or problem}") from problem
        except (UnicodeDecodeError, tomllib.TOMLDecodeError) as problem:
            raise UnusableCall(f"{file}: {problem}") from problem
        try:
            return _map(written)
        except (ValueError, TypeError, ZoneInfoNotFoundError) as problem:
            raise UnusableCall(f"{file}: {problem}") from problem

    def check_columns(self, header: Sequence[str] | None) -> None:
        """Raises UnusableCall for a column that the table does not have."""
        if header is None:
            return
        for name, value in (*self.fields.items(), *self.requester.items()):
            for column in value.used_columns():
                if column not in header:
                    known = ", ".join(header)
                    raise UnusableCall(f"{name}: no column {column!r}; there are {known}.")

    def key_of(self, row: Mapping[str, Any]) -> str:
        """By what the request is known again: its own key, or else everything the row says."""
        own = self._text("external_key", row)
        if own and len(self.name) + len(own) < _KEY_LIMIT:
            return f"{self.name}:{own}"
        said = own or json.dumps(row, sort_keys=True, default=str)
        return f"{self.name}:{hashlib.sha256(said.encode()).hexdigest()[:48]}"

    def past_ticket(self, row: Mapping[str, Any]) -> PastTicket:
        """Raises Refused for what the map has no meaning for."""
        return PastTicket(
            external_key=self.key_of(row),
            subject=self._text("subject", row),
            details=self._text("details", row),
            resolution=self._text("resolution", row),
            category=self._text("category", row) or None,
            opened_at=self._time("opened_at", row),
            resolved_at=self._time("resolved_at", row),
            closed_at=self._time("closed_at", row),
            kind=self._choice("kind", TicketKind, row),
            impact=self._choice("impact", Impact, row),
            urgency=self._choice("urgency", Urgency, row),
        )

    def requester_of(self, row: Mapping[str, Any]) -> Requester:
        written = self.requester["email"].text("email", row, self.empty)
        email = "-".join(written.lower().split())
        name = self.requester.get("name")
        if not email:
            raise Refused("email: nobody is named who asked")
        return Requester(email, name.text("name", row, self.empty) if name else email)

    def _text(self, name: str, row: Mapping[str, Any]) -> str:
        value = self.fields.get(name)
        return value.text(name, row, self.empty) if value else ""

    def _time(self, name: str, row: Mapping[str, Any]) -> datetime | None:
        value = self.fields.get(name)
        return value.time(name, row, self.empty) if value else None

    def _choice(self, name: str, kind: type[Choice], row: Mapping[str, Any]) -> Choice | None:
        written = self._text(name, row)
        try:
            return kind(written.lower()) if written else None
        except ValueError:
            raise Refused(f"{name}: {written!r} is none of {', '.join(kind)}") from None


def _map(written: dict[str, Any]) -> TicketMap:
    _check(written, {"name", "organization", "file", "fields", "requester"}, "the map")
    table = dict(written.get("file", {}))
    _check(table, {"format", "delimiter", "encoding", "empty"}, "[file]")
    known = {*TEXTS, *TIMES, *CHOICES}
    return TicketMap(
        name=_required(written, "name"),
        organization=_required(written, "organization"),
        fields=_values(_required(written, "fields"), known, "subject"),
        requester=_values(_required(written, "requester"), set(REQUESTER), "email"),
        empty=frozenset(str(each) for each in table.pop("empty", [])),
        shape=_shape(table),
    )


def _shape(table: Mapping[str, Any]) -> Shape:
    shape = Shape(**table)
    if shape.format not in ("", "csv", "jsonl"):
        raise ValueError(f"format is csv or jsonl, not {shape.format!r}")
    if len(shape.delimiter) != 1:
        raise ValueError("delimiter is one character")
    try:
        "".encode(shape.encoding)
    except LookupError as unknown:
        raise ValueError(f"unknown encoding {shape.encoding!r}") from unknown
    return shape


def _values(written: Any, known: set[str], required: str) -> dict[str, Value]:
    if not isinstance(written, dict):
        raise ValueError("fields and requester are tables")
    _check(written, known, "the fields")
    if required not in written:
        raise ValueError(f"{required!r} is missing")
    return {name: _value(name, value) for name, value in written.items()}


def _value(name: str, written: Any) -> Value:
    """A column's name, or a table with one of column, columns, template and constant."""
    if isinstance(written, str):
        return Value(columns=(written,))
    if not isinstance(written, dict):
        raise ValueError(f"{name} is a column or a table")
    given = dict(written)
    if "column" in given:
        given["columns"] = [given.pop("column")]
    if "format" in given:
        given["formats"] = [given.pop("format")]
    _check(given, {each.name for each in fields(Value)} | {"column", "format"}, name)
    if sum(source in given for source in ("columns", "template", "constant")) != 1:
        raise ValueError(f"{name} needs one of column, columns, template and constant")
    ZoneInfo(given.get("zone", "UTC"))
    for several in ("columns", "formats"):
        if several in given:
            given[several] = tuple(given[several])
    return Value(**given)


def _check(given: Mapping[str, Any], known: set[str], where: str) -> None:
    for name in given:
        if name not in known:
            raise ValueError(f"{where} knows no {name!r}; it knows {', '.join(sorted(known))}")


def _required(written: Mapping[str, Any], name: str) -> Any:
    if not written.get(name):
        raise ValueError(f"{name!r} is missing")
    return written[name]
