from dataclasses import replace
from datetime import datetime, timedelta
from uuid import uuid4

import pytest

from foredesk.database import transaction
from foredesk.desk import Desk
from foredesk.people.viewer import SYSTEM
from foredesk.ports import JobContext
from foredesk.sla.calendars import revise_calendar
from foredesk.sla.clocks import differing_clocks
from foredesk.sla.definitions import RESOLUTION, RESPONSE, Level
from foredesk.sla.due import due_clocks, mark_fired
from foredesk.sla.facts import ClockEvent, ClockEventKind
from foredesk.sla.models import ClockState, TicketClock
from foredesk.sla.priority import Priority
from foredesk.sla.promises import Promise, PromiseState, next_promise
from foredesk.tickets.clock_jobs import handle_reproject_clocks
from tests.clock import NOW, Clock
from tests.sla.rows import OFFICE, Rows, make_rows
from tests.sla.stored import store_clocks

HOUR = timedelta(hours=1)


@pytest.fixture
async def rows(desk: Desk) -> Rows:
    return await make_rows(desk)


class History:
    """The events of the one ticket; each `add` refreshes the stored clocks, as a use case does."""

    def __init__(self, rows: Rows, clock: Clock) -> None:
        self.rows, self.clock = rows, clock
        self.events: list[ClockEvent] = []

    async def add(self, kind: ClockEventKind, **facts: object) -> None:
        event = ClockEvent(self.clock.now, kind, len(self.events) + 1, **facts)  # type: ignore[arg-type]
        self.events.append(event)
        await store_clocks(self.rows.ticket.id, self.events, self.clock.now)

    async def stored(self, name: str = RESOLUTION) -> TicketClock:
        return await TicketClock.get(ticket_id=self.rows.ticket.id, name=name)


@pytest.fixture
async def history(rows: Rows, clock: Clock) -> History:
    history = History(rows, clock)
    await history.add(
        ClockEventKind.RECORDED,
        priority=Priority.NORMAL,
        agreement_version_id=rows.version.id,
    )
    return history


async def test_a_recorded_ticket_starts_its_response_and_its_resolution(history: History) -> None:
    response = await history.stored(RESPONSE)
    resolution = await history.stored()

    assert response.state is ClockState.RUNNING
    assert (response.target_due_at, response.minimum_due_at) == (NOW + 2 * HOUR, NOW + 4 * HOUR)
    assert response.next_due_at == NOW + timedelta(minutes=90)
    assert response.warnings == {"75": (NOW + timedelta(minutes=90)).isoformat()}
    assert resolution.target_due_at == NOW + 8 * HOUR
    assert resolution.minimum_due_at == NOW + 32 * HOUR
    assert (resolution.target_seconds, resolution.minimum_seconds) == (8 * 3600, 16 * 3600)
    assert await differing_clocks(history.rows.ticket.id, history.events) == []


async def test_a_row_that_was_tampered_with_is_found_and_mended(history: History) -> None:
    ticket_id = history.rows.ticket.id
    await TicketClock.filter(name=RESPONSE).update(elapsed_seconds=7)

    assert await differing_clocks(ticket_id, history.events) == [(RESPONSE, 1)]

    await store_clocks(ticket_id, history.events, NOW)

    assert await differing_clocks(ticket_id, history.events) == []


async def test_a_response_stops_its_clock_and_leaves_the_other_running(
    history: History, clock: Clock
) -> None:
    clock.advance(HOUR)
    await history.add(ClockEventKind.RESPONDED)

    response = await history.stored(RESPONSE)
    assert response.state is ClockState.MET
    assert response.stopped_at == NOW + HOUR
    assert (response.elapsed_seconds, response.next_due_at) == (3600, None)
    assert (await history.stored()).state is ClockState.RUNNING


async def test_while_waiting_nothing_is_due(history: History, clock: Clock) -> None:
    clock.advance(HOUR)
    await history.add(ClockEventKind.WAITING, reason="requester")
    clock.advance(timedelta(days=30))

    paused = await history.stored()

    assert paused.state is ClockState.PAUSED
    assert (paused.target_due_at, paused.next_due_at) == (None, None)
    assert list(await due_clocks(clock.now)) == []


async def test_without_an_agreement_the_clocks_and_their_timers_are_gone(history: History) -> None:
    await history.add(ClockEventKind.AGREEMENT_SET)

    assert await TicketClock.all().count() == 0


async def test_a_priority_nobody_promised_anything_for_has_no_clock(history: History) -> None:
    await history.add(ClockEventKind.PRIORITY_SET, priority=Priority.HIGH)

    assert [clock.name for clock in await TicketClock.all()] == [RESOLUTION]


async def test_each_warning_and_breach_is_given_once_in_order(
    history: History, clock: Clock
) -> None:
    clock.advance(timedelta(minutes=89))
    assert list(await due_clocks(clock.now)) == []

    clock.advance(timedelta(minutes=1))
    assert await _fire(clock.now) == [(RESPONSE, Level.WARNING, NOW + HOUR * 1.5)]

    clock.now = NOW + 2 * HOUR
    assert await _fire(clock.now) == [(RESPONSE, Level.TARGET, NOW + 2 * HOUR)]
    response = await history.stored(RESPONSE)
    assert response.target_breached_at == NOW + 2 * HOUR
    assert response.minimum_breached_at is None

    clock.now = NOW + 4 * HOUR
    assert await _fire(clock.now) == [(RESPONSE, Level.MINIMUM, NOW + 4 * HOUR)]
    assert await differing_clocks(history.rows.ticket.id, history.events) == []


async def test_case_34_what_fell_due_while_the_desk_was_down_is_told_once_with_its_true_time(
    history: History, clock: Clock
) -> None:
    clock.now = NOW + timedelta(days=2)

    assert await _fire(clock.now) == [
        (RESPONSE, Level.TARGET, NOW + 2 * HOUR),
        (RESPONSE, Level.MINIMUM, NOW + 4 * HOUR),
        (RESOLUTION, Level.TARGET, NOW + 8 * HOUR),
        (RESOLUTION, Level.MINIMUM, NOW + 32 * HOUR),
    ]
    assert await TicketClock.filter(next_due_at__isnull=False).count() == 0


async def test_a_notice_is_given_by_one_of_two_sweeps_only(history: History, clock: Clock) -> None:
    clock.now = NOW + 2 * HOUR
    (due,) = await due_clocks(clock.now)

    assert await mark_fired(due) is True
    assert await mark_fired(due) is False
    assert await mark_fired(replace(due, clock_id=uuid4())) is False


async def test_a_breach_that_a_late_answer_follows_is_still_told(
    history: History, clock: Clock
) -> None:
    clock.now = NOW + 2 * HOUR + timedelta(seconds=2)
    await history.add(ClockEventKind.RESPONDED)

    assert (await history.stored(RESPONSE)).state is ClockState.LATE
    assert await _fire(clock.now) == [(RESPONSE, Level.TARGET, NOW + 2 * HOUR)]


async def test_a_warning_is_given_again_when_a_lower_priority_moves_it(
    history: History, clock: Clock
) -> None:
    await history.add(ClockEventKind.RESPONDED)
    await history.add(ClockEventKind.PRIORITY_SET, priority=Priority.HIGH)
    clock.now = NOW + 3 * HOUR
    assert await _fire(clock.now) == [(RESOLUTION, Level.WARNING, NOW + 3 * HOUR)]

    await history.add(ClockEventKind.PRIORITY_SET, priority=Priority.NORMAL)

    assert list(await due_clocks(clock.now)) == []
    clock.now = NOW + 6 * HOUR
    assert await _fire(clock.now) == [(RESOLUTION, Level.WARNING, NOW + 6 * HOUR)]


async def test_case_8_a_new_holiday_moves_open_clocks_once_and_leaves_history_alone(
    desk: Desk, history: History, clock: Clock
) -> None:
    calendar = history.rows.calendar
    clock.advance(5 * HOUR)
    await revise_calendar(
        desk,
        SYSTEM,
        calendar_id=calendar.id,
        time_zone="UTC",
        weekly=OFFICE,
        exceptions={"2026-03-03": []},
    )
    payload = {"calendar_id": str(calendar.id)}

    for attempt in range(2):
        await handle_reproject_clocks(desk, payload, JobContext("key", attempt, clock.now))

    resolution = await history.stored()
    assert resolution.target_due_at == NOW + 8 * HOUR
    assert resolution.minimum_due_at == datetime(2026, 3, 4, 17, tzinfo=NOW.tzinfo)
    assert await differing_clocks(history.rows.ticket.id, history.events) == []


async def test_the_next_promise_is_the_response_and_then_the_resolution(
    history: History, clock: Clock
) -> None:
    ticket_id = history.rows.ticket.id

    async def promise() -> Promise | None:
        clocks = await TicketClock.filter(ticket_id=ticket_id)
        return next_promise(clocks, clock.now)

    assert await promise() == Promise(RESPONSE, PromiseState.DUE, NOW + 2 * HOUR, NOW + 4 * HOUR)
    clock.now = NOW + 3 * HOUR
    late = await promise()
    assert late is not None
    assert late.state is PromiseState.LATE

    await history.add(ClockEventKind.RESPONDED)
    assert await promise() == Promise(RESOLUTION, PromiseState.DUE, NOW + 8 * HOUR, NOW + 32 * HOUR)
    await history.add(ClockEventKind.WAITING, reason="requester")
    assert await promise() == Promise(RESOLUTION, PromiseState.WAITING, None, None)
    await history.add(ClockEventKind.RESOLVED)
    assert await promise() is None


async def _fire(now: datetime) -> list[tuple[str, Level, datetime]]:
    async with transaction():
        due = await due_clocks(now)
        assert all([await mark_fired(one) for one in due])
    return [(one.name, one.level, one.at) for one in due]
