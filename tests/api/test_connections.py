"""Pages of rows in memory are what slicing the list gives."""

from dataclasses import dataclass
from typing import Any
from uuid import UUID

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
    "arguments", [(0, None, None, None), (None, None, 101, None), (1, None, 1, None)]
)
def test_a_page_that_can_not_be_is_refused(arguments: tuple[Any, ...]) -> None:
    with pytest.raises(GraphQLError):
        page_of(*arguments)


def test_an_ordering_is_named_by_its_column_and_direction() -> None:
    assert Ordering("number", descending=True, read=int).name == "-number"
