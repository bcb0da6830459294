"""Pages of rows in memory are what slicing the list gives."""

from base64 import urlsafe_b64encode
from dataclasses import dataclass
from datetime import datetime, timedelta, timezone
from typing import Any
from uuid import UUID

import orjson
import pytest
from graphql import GraphQLError
from hypothesis import given
from hypothesis import strategies as st

from api.connections import Ordering, page_of, page_through
from foredesk.identity import new_id


@dataclass(frozen=True, slots=True)
class Row:
    sequence: int
    id: UUID


SEQUENCE = Ordering("sequence", descending=False, read=int, is_unique=True)
NEWEST = Ordering("opened_at", descending=True)
numbers = st.lists(st.integers(1, 40), unique=True, max_size=12).map(sorted)
places = st.none() | st.integers(0, 11)


@given(numbers, places, places, st.integers(1, 5), st.booleans())
def test_a_page_is_a_slice_of_the_list(
    sequences: list[int], after: int | None, before: int | None, size: int, from_end: bool
) -> None:
    rows = [Row(sequence, new_id()) for sequence in sequences]
    everything = page_through(rows, SEQUENCE, page_of(100, None))
    after = None if after is None or after >= len(rows) else after
    before = None if before is None or before >= len(rows) else before
    page = page_of(
        None if from_end else size,
        None if after is None else everything.cursors[after],
        size if from_end else None,
        None if before is None else everything.cursors[before],
    )

    shown = page_through(rows, SEQUENCE, page)

    part = rows[0 if after is None else after + 1 : len(rows) if before is None else before]
    expected = part[-size:] if from_end else part[:size]
    assert shown.rows == expected
    has_more = len(part) > size
    assert shown.has_next is (before is not None if from_end else has_more)
    assert shown.has_previous is (has_more if from_end else after is not None)


@given(st.text())
def test_any_text_is_a_cursor_of_ours_or_refused(text: str) -> None:
    rows = [Row(1, new_id())]
    with pytest.raises(GraphQLError):
        page_through(rows, SEQUENCE, page_of(None, text))


@pytest.mark.parametrize(
    ("ordering", "value"),
    [
        (SEQUENCE, 2**31),
        (SEQUENCE, -(2**63)),
        (SEQUENCE, "9" * 30),
        (NEWEST, "2026-01-01T00:00:00"),
        (NEWEST, "0001-01-01T00:00:00+14:00"),
        (NEWEST, "9999-12-31T23:59:59-14:00"),
    ],
)
def test_a_cursor_that_somebody_made_up_reaches_no_database(ordering: Ordering, value: Any) -> None:
    place = orjson.dumps([ordering.name, value, "0" * 32])
    with pytest.raises(GraphQLError, match="no such cursor"):
        ordering.position(urlsafe_b64encode(place).decode().rstrip("="))


def test_a_cursor_leads_back_to_its_row_whatever_its_zone() -> None:
    at, id = datetime(2026, 3, 2, 9, tzinfo=timezone(timedelta(hours=1))), new_id()
    place, found = NEWEST.position(NEWEST.cursor(at, id))
    assert (place, place.utcoffset(), found) == (at, timedelta(), id)


@pytest.mark.parametrize(
    "arguments", [(0, None, None, None), (None, None, 101, None), (1, None, 1, None)]
)
def test_a_page_that_can_not_be_is_refused(arguments: tuple[Any, ...]) -> None:
    with pytest.raises(GraphQLError):
        page_of(*arguments)


def test_an_ordering_is_named_by_its_column_and_direction() -> None:
    assert Ordering("number", descending=True, read=int).name == "-number"
