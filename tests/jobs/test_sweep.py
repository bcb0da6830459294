"""Sweeps run again and again, each on its own."""

import asyncio
from datetime import timedelta

from foredesk.jobs import Sweeper


async def test_every_sweep_runs_though_another_fails_or_hangs() -> None:
    ran: list[str] = []

    async def fail() -> None:
        ran.append("fail")
        raise ValueError("no")

    async def hang() -> None:
        ran.append("hang")
        await asyncio.sleep(60)

    async def work() -> None:
        ran.append("work")

    sweeper = Sweeper({"fail": fail, "hang": hang, "work": work}, timeout=timedelta(seconds=0.05))
    await sweeper.run_once()

    assert ran == ["fail", "hang", "work"]


async def test_sweeps_repeat_until_stopped() -> None:
    ran: list[int] = []

    async def work() -> None:
        ran.append(1)
        if len(ran) == 3:
            await sweeper.stop()

    sweeper = Sweeper({"work": work}, every=timedelta(seconds=0.01))
    async with asyncio.timeout(2):
        await sweeper.run()

    assert ran == [1, 1, 1]


async def test_a_round_that_takes_long_is_not_cut_short() -> None:
    ran: list[str] = []

    async def slow() -> None:
        await asyncio.sleep(0.05)
        ran.append("slow")
        await sweeper.stop()

    sweeper = Sweeper({"slow": slow}, every=timedelta(seconds=0.01))
    async with asyncio.timeout(2):
        await sweeper.run()

    assert ran == ["slow"]
