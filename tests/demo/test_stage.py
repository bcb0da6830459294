"""The stage: everything in the order of the story's own time, jobs and timers included."""

from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from foredesk.database import next_value, transaction
from foredesk.demo.errands import StoryJobs
from foredesk.demo.stage import Moments, Stage, StoryClock, Timer
from foredesk.errors import InvalidInput
from foredesk.ports import JobContext
from tests.quiet_parts import QuietJobs

START = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)
MINUTE = timedelta(minutes=1)


class Journal:
    """What happened, and at which minute of the story."""

    def __init__(self) -> None:
        self.clock = StoryClock(START)
        self.jobs = StoryJobs(self.clock)
        self.lines: list[tuple[float, str]] = []
        self.due: list[datetime] = []

    def note(self, what: str) -> None:
        self.lines.append(((self.clock() - START) / MINUTE, what))

    def stage(self) -> Stage:
        timer = Timer(self._next_due, self._sweep)
        return Stage(self.clock, self.jobs, {"job": self._job, "bad": self._bad}, [timer])

    async def _job(self, payload: Mapping[str, Any], context: JobContext) -> None:
        self.note(payload["say"])

    async def _bad(self, payload: Mapping[str, Any], context: JobContext) -> None:
        await next_value("demo_test")
        await self.jobs.enqueue("job", {"say": "never"})
        raise RuntimeError("it fails")

    async def _next_due(self, since: datetime) -> datetime | None:
        return min((at for at in self.due if at > since), default=None)

    async def _sweep(self) -> None:
        self.note("sweep")


@pytest.fixture
def journal() -> Journal:
    return Journal()


async def play(stage: Stage, minutes: float) -> None:
    """In a transaction, as the story is."""
    async with transaction():
        await stage.play(START + minutes * MINUTE, lambda _: None)


async def taken() -> int:
    """How many values of the counter were really given out."""
    async with transaction():
        return await next_value("demo_test") - 1


async def test_parts_take_turns_in_the_order_of_time(database: str, journal: Journal) -> None:
    async def part(name: str, every: int) -> Moments:
        for _ in range(3):
            journal.note(name)
            yield journal.clock() + every * MINUTE

    stage = journal.stage()
    stage.enter(START, part("a", 10))
    stage.enter(START + 5 * MINUTE, part("b", 1))
    await play(stage, 60)
    assert journal.lines[:-1] == [(0, "a"), (5, "b"), (6, "b"), (7, "b"), (10, "a"), (20, "a")]


async def test_what_would_go_on_after_the_end_is_left_open(database: str, journal: Journal) -> None:
    async def part() -> Moments:
        journal.note("begins")
        yield journal.clock() + 90 * MINUTE
        journal.note("never")

    stage = journal.stage()
    stage.enter(START, part())
    await play(stage, 60)
    assert journal.lines == [(0, "begins"), (60, "sweep")]


async def test_jobs_run_when_they_are_due_and_before_the_next_part(
    database: str, journal: Journal
) -> None:
    async def part() -> Moments:
        await journal.jobs.enqueue("job", {"say": "at once"})
        await journal.jobs.enqueue("job", {"say": "later"}, delay=3 * MINUTE)
        await journal.jobs.enqueue("job", {"say": "twice"}, key="same", delay=MINUTE)
        await journal.jobs.enqueue("job", {"say": "once only"}, key="same", delay=MINUTE)
        yield journal.clock() + 2 * MINUTE
        journal.note("goes on")

    stage = journal.stage()
    stage.enter(START, part())
    await play(stage, 10)
    assert journal.lines[:-1] == [(0, "at once"), (1, "twice"), (2, "goes on"), (3, "later")]


async def test_timers_are_swept_just_after_they_are_due(database: str, journal: Journal) -> None:
    journal.due = [START + 4 * MINUTE, START + 30 * MINUTE, START + 99 * MINUTE]
    await play(journal.stage(), 60)
    assert [(round(at, 2), what) for at, what in journal.lines] == [
        (4.03, "sweep"),
        (30.03, "sweep"),
        (60, "sweep"),
    ]


async def test_a_part_that_is_refused_ends_and_leaves_nothing_behind(
    database: str, journal: Journal
) -> None:
    async def part() -> Moments:
        await next_value("demo_test")
        yield journal.clock() + MINUTE
        await next_value("demo_test")
        await journal.jobs.enqueue("job", {"say": "never"})
        raise InvalidInput("subject", "No.")

    stage = journal.stage()
    stage.enter(START, part())
    await play(stage, 10)
    assert journal.lines == [(10, "sweep")]
    assert await taken() == 1


async def test_a_job_that_fails_is_undone_and_handed_to_the_desks_own_queue(
    database: str, journal: Journal
) -> None:
    await journal.jobs.enqueue("bad", {}, key="b")
    await journal.jobs.enqueue("job", {"say": "fine"})
    await journal.jobs.enqueue("job", {"say": "tomorrow"}, delay=timedelta(days=1))
    await play(journal.stage(), 10)
    assert journal.lines == [(0, "fine"), (10, "sweep")]
    assert await taken() == 0

    queue = QuietJobs()
    assert await journal.jobs.hand_over(queue) == 2
    assert [(name, key, delay) for name, _, key, delay in queue.enqueued] == [
        ("bad", "b", timedelta(0)),
        ("job", None, timedelta(days=1) - 10 * MINUTE),
    ]


def test_the_clock_never_goes_back_and_knows_its_monday() -> None:
    clock = StoryClock(START + timedelta(days=3))
    clock.move_to(START)
    assert clock() == START + timedelta(days=3)
    assert clock.of_the_week() == datetime(2026, 3, 2, tzinfo=UTC)
