"""Backlog by day against a brute force that asks every ticket at the end of every day."""

from datetime import UTC, date, datetime, timedelta
from uuid import uuid4
from zoneinfo import ZoneInfo

from hypothesis import given, settings
from hypothesis import strategies as st

from foredesk.measures.backlog import Backlog, BacklogDay
from foredesk.measures.facts import MeasuredTicket
from foredesk.measures.periods import Period, spans

BEGIN = datetime(2026, 3, 23, tzinfo=UTC)
"""Zones change their clocks in the weeks that follow."""


def ticket(moments: list[datetime]) -> MeasuredTicket:
    """Opened, resolved, came back, resolved, … at these times."""
    opened, *others = moments
    resolutions = others[::2]
    return MeasuredTicket(
        organization_id=uuid4(),
        service_id=None,
        team_id=None,
        category=None,
        priority="normal",
        is_imported=False,
        opened_at=opened,
        responded_at=None,
        resolved_at=resolutions[-1] if len(others) % 2 else None,
        hand_offs=0,
        resolutions=resolutions,
        returns=others[1::2],
    )


MOMENTS = st.lists(st.integers(0, 30 * 24 * 4), min_size=1, max_size=7, unique=True).map(
    lambda quarters: [BEGIN + timedelta(minutes=15 * quarter) for quarter in sorted(quarters)]
)


def is_open_at(moments: list[datetime], at: datetime) -> bool:
    """After an odd number of moments."""
    return sum(moment < at for moment in moments) % 2 == 1


@settings(max_examples=150, deadline=None)
@given(
    st.lists(MOMENTS, max_size=25),
    st.sampled_from(["UTC", "Europe/Berlin", "America/New_York", "Australia/Lord_Howe"]),
    st.integers(0, 15),
)
def test_open_at_the_end_of_a_day_is_who_is_open_then(
    histories: list[list[datetime]], zone: str, first: int
) -> None:
    since = BEGIN + timedelta(days=first)
    until = since + timedelta(days=14)
    days = spans(Period.DAY, since, until, ZoneInfo(zone))
    backlog = Backlog(days, [True] * len(days), until)

    for moments in histories:
        backlog.take(ticket(moments))

    for span, day in zip(days, backlog.days(), strict=True):
        end = min(span.end, until)
        inside = [[at for at in moments if span.start <= at < end] for moments in histories]
        assert day.open_at_end == sum(is_open_at(moments, end) for moments in histories)
        assert day.opened == sum(span.start <= moments[0] < end for moments in histories)
        assert day.opened + day.came_back + day.resolved == sum(map(len, inside))
        assert day.day == span.day


def test_a_day_by_hand() -> None:
    days = spans(Period.DAY, BEGIN, BEGIN + timedelta(days=2), ZoneInfo("UTC"))
    backlog = Backlog(days, [True, False], BEGIN + timedelta(days=2))
    hour = timedelta(hours=1)

    backlog.take(ticket([BEGIN - hour]))
    backlog.take(ticket([BEGIN - 3 * hour, BEGIN - 2 * hour, BEGIN + hour, BEGIN + 2 * hour]))
    backlog.take(ticket([BEGIN + hour, BEGIN + 25 * hour]))

    assert backlog.days() == [
        BacklogDay(date(2026, 3, 23), opened=1, came_back=1, resolved=1, open_at_end=2,
                   is_complete=True),
        BacklogDay(date(2026, 3, 24), opened=0, came_back=0, resolved=1, open_at_end=1,
                   is_complete=False),
    ]  # fmt: skip
