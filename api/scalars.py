"""Scalars, strict: what does not say exactly what it means is refused."""

import re
from datetime import UTC, date, datetime
from typing import Any, NewType

from graphql import GraphQLError
from strawberry import scalar
from strawberry.types.scalar import ScalarDefinition

Html = NewType("Html", str)
Url = NewType("Url", str)

_TIME = re.compile(r"\d{4}-\d\d-\d\d[Tt]\d\d:\d\d:\d\d(\.\d{1,6})?([Zz]|[+-]\d\d:\d\d)", re.ASCII)


def write_time(value: datetime) -> str:
    return value.astimezone(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")


def read_time(value: Any) -> datetime:
    if not isinstance(value, str) or not _TIME.fullmatch(value):
        raise GraphQLError("A DateTime is written like 2026-03-02T09:00:00Z, with a time zone.")
    try:
        return datetime.fromisoformat(value.upper()).astimezone(UTC)
    except (ValueError, OverflowError):
        raise GraphQLError(f"There is no such time as {value!r}.") from None


def read_date(value: Any) -> date:
    try:
        if not re.fullmatch(r"\d{4}-\d\d-\d\d", value, re.ASCII):
            raise ValueError
        return date.fromisoformat(value)
    except (TypeError, ValueError):
        raise GraphQLError("A Date is written like 2026-03-02.") from None


def _read_text(value: Any) -> str:
    if not isinstance(value, str):
        raise GraphQLError("This must be a text.")
    return value


SCALARS: dict[object, ScalarDefinition] = {
    datetime: scalar(
        name="DateTime",
        description="RFC 3339 timestamp. Output is in UTC with milliseconds; "
        "input must carry a time zone.",
        specified_by_url="https://scalars.graphql.org/andimarek/date-time.html",
        serialize=write_time,
        parse_value=read_time,
    ),
    date: scalar(
        name="Date",
        description="Day of the calendar, such as 2026-03-02.",
        specified_by_url="https://scalars.graphql.org/andimarek/local-date.html",
        serialize=date.isoformat,
        parse_value=read_date,
    ),
    Html: scalar(
        name="HTML",
        description="Sanitized HTML, safe to insert into a page.",
        serialize=str,
        parse_value=_read_text,
    ),
    Url: scalar(
        name="URL",
        description="Absolute address (RFC 3986).",
        serialize=str,
        parse_value=_read_text,
    ),
}
