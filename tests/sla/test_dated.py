"""When a version begins: now is never past, however the clock goes on."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime, timedelta

from foredesk.desk import Desk
from foredesk.sla.dated import start_of
from tests.clock import NOW


def ticking() -> Iterator[datetime]:
    now = NOW
    while True:
        now += timedelta(microseconds=1)
        yield now


def test_a_version_can_begin_now_by_a_clock_that_goes_on(desk: Desk) -> None:
    times = ticking()
    running = replace(desk, now=lambda: next(times))

    assert start_of(running, None, NOW) == NOW + timedelta(microseconds=1)
