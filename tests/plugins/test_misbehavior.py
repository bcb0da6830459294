"""Whatever a plugin does, the caller gets the good plugin's answer, in time."""

import asyncio
import contextlib
import sys
import threading
import time
from collections.abc import Callable
from typing import Any

import pytest

from foredesk.hooks import CategorySuggestion, TicketFacts
from tests.plugins.made import ACME, errors, host_with, made, suggestion, ticket

GRACE = 0.15
BUDGET = 0.2


async def good(ticket: TicketFacts) -> CategorySuggestion:
    return suggestion("network", 0.6)


async def raises(ticket: TicketFacts) -> None:
    raise ValueError("boom")


async def hangs(ticket: TicketFacts) -> None:
    await asyncio.sleep(30)


async def swallows_its_cancellation(ticket: TicketFacts) -> None:
    for _ in range(4):
        with contextlib.suppress(asyncio.CancelledError):
            await asyncio.sleep(0.2)


def blocks_its_thread(ticket: TicketFacts) -> None:
    time.sleep(1)


async def returns_a_wrong_type(ticket: TicketFacts) -> dict[str, str]:
    return {"category": "network"}


async def returns_a_bad_value(ticket: TicketFacts) -> CategorySuggestion:
    return CategorySuggestion("network", 7, "because")


async def exits(ticket: TicketFacts) -> None:
    sys.exit(3)


def exits_in_a_thread(ticket: TicketFacts) -> None:
    sys.exit(3)


async def interrupts(ticket: TicketFacts) -> None:
    raise KeyboardInterrupt


async def cancels_itself(ticket: TicketFacts) -> None:
    task = asyncio.current_task()
    assert task is not None
    task.cancel()
    await asyncio.sleep(0)


def stops_an_iteration(ticket: TicketFacts) -> None:
    raise StopIteration


async def changes_the_ticket(ticket: TicketFacts) -> CategorySuggestion:
    ticket.subject = "hacked"  # type: ignore[misc]
    return suggestion("hacked", 1.0)


def recurses(ticket: TicketFacts) -> Any:
    return recurses(ticket)


class Unprintable(Exception):
    def __str__(self) -> str:
        raise RuntimeError("no message for you")


async def raises_what_has_no_message(ticket: TicketFacts) -> None:
    raise Unprintable


async def forges_an_answer(ticket: TicketFacts) -> CategorySuggestion:
    answer = suggestion("network")
    object.__setattr__(answer, "confidence", 7)
    return answer


MISBEHAVIORS: dict[Callable[..., Any], str] = {
    raises: "raised",
    hangs: "timeout",
    swallows_its_cancellation: "timeout",
    blocks_its_thread: "timeout",
    returns_a_wrong_type: "wrong_type",
    returns_a_bad_value: "raised",
    exits: "raised",
    exits_in_a_thread: "raised",
    interrupts: "raised",
    cancels_itself: "raised",
    stops_an_iteration: "raised",
    changes_the_ticket: "raised",
    recurses: "raised",
    raises_what_has_no_message: "raised",
    forges_an_answer: "wrong_type",
}


@pytest.mark.parametrize("misbehavior", MISBEHAVIORS, ids=lambda each: each.__name__)
async def test_one_bad_plugin_costs_only_its_own_answer(misbehavior: Callable[..., Any]) -> None:
    host = host_with(made("bad", suggest_category=misbehavior), made("good", suggest_category=good))
    asked = ticket()

    started = time.monotonic()
    outcomes = await host.collect("suggest_category", ACME, ticket=asked)

    assert time.monotonic() - started < BUDGET + GRACE
    assert errors(outcomes) == {"bad": MISBEHAVIORS[misbehavior], "good": None}
    assert outcomes[1].value == suggestion("network", 0.6)
    assert asked == ticket()


async def test_all_bad_plugins_together_cost_only_their_own_answers() -> None:
    bad = [made(each.__name__.replace("_", "-"), suggest_category=each) for each in MISBEHAVIORS]
    host = host_with(*bad, made("good", suggest_category=good))

    started = time.monotonic()
    outcomes = await host.collect("suggest_category", ACME, ticket=ticket())

    assert time.monotonic() - started < BUDGET + GRACE
    assert errors(outcomes) == {
        **{each.__name__.replace("_", "-"): kind for each, kind in MISBEHAVIORS.items()},
        "good": None,
    }


@pytest.mark.parametrize(
    "misbehavior",
    [raises, exits, exits_in_a_thread, interrupts, cancels_itself, stops_an_iteration],
    ids=lambda each: each.__name__,
)
async def test_a_failing_listener_is_told_apart_so_that_it_can_be_called_again(
    misbehavior: Callable[..., Any],
) -> None:
    host = host_with(made("bad", on_ticket_created=misbehavior))

    outcome = await host.deliver("on_ticket_created", "bad", ACME, ticket=ticket(), event=None)

    assert outcome.error == "raised"


async def test_a_caller_that_goes_away_takes_the_plugins_with_it() -> None:
    ended = []

    async def waits(ticket: TicketFacts) -> None:
        try:
            await asyncio.sleep(30)
        finally:
            ended.append(True)

    host = host_with(made("slow", suggest_category=waits))
    call = asyncio.create_task(host.collect("suggest_category", ACME, ticket=ticket()))
    await asyncio.sleep(0.02)

    call.cancel()
    with pytest.raises(asyncio.CancelledError):
        await call
    await asyncio.sleep(0)

    assert ended == [True]
    (report,) = host.report()
    assert (report["paused"], report["hooks"][0]["timeouts"]) == (False, 0)


async def test_a_plugin_that_blocks_the_event_loop_is_late_even_though_it_answered() -> None:
    async def blocks(ticket: TicketFacts) -> CategorySuggestion:
        time.sleep(0.3)  # noqa: ASYNC251
        return suggestion("late")

    host = host_with(made("blocker", suggest_category=blocks))

    (outcome,) = await host.collect("suggest_category", ACME, ticket=ticket())

    assert (outcome.value, outcome.error) == (None, "timeout")
    assert outcome.detail.endswith("because it blocked the event loop")


async def test_a_hung_plugin_has_at_most_two_threads_and_does_not_slow_others() -> None:
    def hangs_in_a_thread(ticket: TicketFacts) -> None:
        time.sleep(0.7)

    def quick(ticket: TicketFacts) -> CategorySuggestion:
        return suggestion("network")

    host = host_with(
        made("hung", suggest_category=hangs_in_a_thread), made("quick", suggest_category=quick)
    )

    rounds = [await host.collect("suggest_category", ACME, ticket=ticket()) for _ in range(3)]

    assert [errors(outcomes) for outcomes in rounds] == [{"hung": "timeout", "quick": None}] * 3
    names = [thread.name for thread in threading.enumerate()]
    assert sum(name.startswith("plugin-hung-") for name in names) == 2
