"""What plans write faster than the scalars, they write alike."""

from datetime import UTC, datetime, timedelta, timezone
from uuid import UUID

from hypothesis import given
from hypothesis import strategies as st

from api.identifiers import global_id
from api.plans.leaves import _identifiers, time_of_sqlite
from api.scalars import write_time

zones = st.sampled_from([UTC, timezone(timedelta(hours=2)), timezone(timedelta(hours=-9))])


@given(st.datetimes(timezones=zones).filter(lambda at: 1000 < at.year < 9999))
def test_a_time_in_sqlite_is_written_as_the_scalar_writes_it(at: datetime) -> None:
    assert time_of_sqlite(at.isoformat(" ")) == write_time(at)


@given(st.uuids(), st.sampled_from(["Ticket", "Person", "Team", "Organization", "A"]))
def test_an_id_is_the_one_that_is_read_again(key: UUID, kind: str) -> None:
    assert _identifiers(kind)(key) == global_id(kind, key)
    assert _identifiers(kind)(str(key)) == global_id(kind, key)
