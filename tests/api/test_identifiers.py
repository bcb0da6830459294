"""IDs and cursors are read strictly: nothing but what we wrote means anything."""

from datetime import UTC, datetime
from uuid import UUID

import pytest
from graphql import GraphQLError
from hypothesis import given
from hypothesis import strategies as st

from api.identifiers import global_id, key_of, parse_id
from api.scalars import read_date, read_time, write_time

KINDS = st.sampled_from(["Ticket", "Person", "ServiceLevelAgreement"])


@given(KINDS, st.uuids())
def test_an_id_leads_back_to_its_kind_and_key(kind: str, key: UUID) -> None:
    id = global_id(kind, key)

    assert parse_id(id) == (kind, key)
    assert key_of(kind, id) == key
    assert key_of("Article", id) is None


@given(st.text())
def test_any_other_text_means_nothing(text: str) -> None:
    assert parse_id(text) is None


@given(KINDS, st.uuids(), st.data())
def test_an_id_with_one_character_changed_is_not_the_same(
    kind: str, key: UUID, data: st.DataObject
) -> None:
    id = global_id(kind, key)
    place = data.draw(st.integers(0, len(id) - 1))
    other = data.draw(st.characters().filter(lambda character: character != id[place]))

    assert parse_id(id[:place] + other + id[place + 1 :]) != (kind, key)


@given(st.datetimes(timezones=st.just(UTC), min_value=datetime(1, 1, 2)))  # noqa: DTZ001
def test_a_time_is_written_so_that_it_can_be_read(time: datetime) -> None:
    to_the_millisecond = time.replace(microsecond=time.microsecond // 1000 * 1000)

    assert read_time(write_time(time)) == to_the_millisecond


@pytest.mark.parametrize(
    ("text", "time"),
    [
        ("2026-03-02T09:00:00Z", datetime(2026, 3, 2, 9, tzinfo=UTC)),
        ("2026-03-02t10:00:00.5+01:00", datetime(2026, 3, 2, 9, 0, 0, 500_000, UTC)),
        ("2026-03-01T23:30:00-09:30", datetime(2026, 3, 2, 9, tzinfo=UTC)),
    ],
)
def test_every_zone_is_taken_to_utc(text: str, time: datetime) -> None:
    assert read_time(text) == time


@pytest.mark.parametrize(
    "text",
    ["2026", "2026-03-02", "2026-03-02T09:00", "2026-03-02T09:00:00", "20260302T090000Z",
     "2026-13-02T09:00:00Z", "2026-03-02T25:00:00Z", "2026-03-02T09:00:00+99:00",
     "0001-01-01T00:00:00+23:00", "٢٠٢٦-03-02T09:00:00Z", "", None, 5, True],
)  # fmt: skip
def test_what_is_no_time_is_refused(text: object) -> None:
    with pytest.raises(GraphQLError):
        read_time(text)


@pytest.mark.parametrize("text", ["2026-02-30", "2026-2-3", "20260203", "", None, 5])
def test_what_is_no_day_is_refused(text: object) -> None:
    with pytest.raises(GraphQLError):
        read_date(text)
