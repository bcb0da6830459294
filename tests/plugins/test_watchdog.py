"""A plugin that holds up the event loop is named and paused."""

import asyncio
import time

from foredesk.hooks import CategorySuggestion
from tests.plugins.made import ACME, errors, host_with, made, suggestion, ticket


def _compute() -> None:
    time.sleep(0.6)


async def blocks() -> CategorySuggestion:
    _compute()
    return suggestion("late")


async def waits() -> CategorySuggestion:
    await asyncio.sleep(0.15)
    return suggestion("network")


async def test_the_plugin_that_blocks_the_loop_is_paused_and_the_patient_one_is_not() -> None:
    host = host_with(made("blocker", suggest_category=blocks))
    patient = host_with(made("patient", suggest_category=waits))
    await host.startup()
    await patient.startup()

    await patient.collect("suggest_category", ACME, ticket=ticket())
    await host.collect("suggest_category", ACME, ticket=ticket())
    again = await host.collect("suggest_category", ACME, ticket=ticket())

    assert errors(again) == {"blocker": "open"}
    (report,) = host.report()
    assert report["hooks"][0]["stalls"] == 1
    assert patient.report()[0]["hooks"][0]["stalls"] == 0
    await host.shutdown()
    await patient.shutdown()


async def test_a_stall_that_no_plugin_caused_is_nobodys() -> None:
    host = host_with(made("patient", suggest_category=waits))
    await host.startup()
    await asyncio.sleep(0.06)

    time.sleep(0.4)  # noqa: ASYNC251
    await asyncio.sleep(0.06)

    assert host.report()[0]["hooks"][0]["stalls"] == 0
    await host.shutdown()
