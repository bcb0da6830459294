"""With every bad plugin installed, a person still gets their ticket, classified by the good one."""

import time
from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest

from foredesk.desk import Desk
from foredesk.hooks import CategorySuggestion, PrioritySuggestion
from foredesk.ports import Hooks
from foredesk.tickets.classify import THRESHOLD
from foredesk.tickets.models import Ticket, TicketEvent
from foredesk.tickets.record import record_ticket
from foredesk.tickets.resolve import resolve_ticket
from foredesk.tickets.states import EventKind, TicketState
from tests.plugins.made import host_with, made
from tests.plugins.test_misbehavior import MISBEHAVIORS
from tests.tickets import make_crowd

BUDGETS = 0.2 + 0.2 + 0.1 + 0.3
GRACE = 1.0
"""Four hooks that each may add a little, and the database beside them."""


async def suggest_category() -> CategorySuggestion:
    return CategorySuggestion("network", 0.9, "it is the good plugin's word")


async def suggest_priority() -> PrioritySuggestion:
    return PrioritySuggestion("high", "high", 0.9, "it is the good plugin's word")


def bad(misbehavior: Callable[..., Any]) -> Any:
    name = misbehavior.__name__.replace("_", "-")
    hooks = (
        "suggest_category",
        "suggest_priority",
        "suggest_assignment",
        "choose_sla_policy",
        "check_transition",
        "on_ticket_created",
    )
    return made(name, **dict.fromkeys(hooks, misbehavior))


def hooks_with(*plugins: Any) -> Hooks:
    good = made("good", suggest_category=suggest_category, suggest_priority=suggest_priority)
    return host_with(*plugins, good)


@pytest.mark.parametrize(
    "plugins",
    [[each] for each in MISBEHAVIORS] + [list(MISBEHAVIORS)],
    ids=[each.__name__ for each in MISBEHAVIORS] + ["all together"],
)
async def test_no_ticket_is_lost(desk: Desk, plugins: list[Callable[..., Any]]) -> None:
    crowd = await make_crowd(desk)
    desk = replace(desk, hooks=hooks_with(*(bad(each) for each in plugins)))

    started = time.monotonic()
    ticket = await record_ticket(desk, crowd.ada, subject="VPN drops")

    assert time.monotonic() - started < BUDGETS + GRACE
    stored = await Ticket.get(id=ticket.id)
    assert (stored.category, stored.priority, stored.state) == (
        "network",
        "critical",
        TicketState.OPEN,
    )
    suggested = [
        event.data
        for event in await TicketEvent.filter(kind=EventKind.SUGGESTED)
        if event.data["hook"] == "suggest_category"
    ]
    assert {told["plugin"]: told.get("error") for told in suggested} == {
        **{each.__name__.replace("_", "-"): MISBEHAVIORS[each] for each in plugins},
        "good": None,
    }


async def test_only_bad_plugins_leave_the_defaults(desk: Desk) -> None:
    crowd = await make_crowd(desk)
    desk = replace(desk, hooks=host_with(*(bad(each) for each in MISBEHAVIORS)))

    ticket = await record_ticket(desk, crowd.ada, subject="VPN drops")

    assert (ticket.category, ticket.priority) == (None, "normal")
    assert await Ticket.all().count() == 1


async def test_bad_plugins_hold_up_no_resolution(desk: Desk) -> None:
    crowd = await make_crowd(desk)
    desk = replace(desk, hooks=hooks_with(*(bad(each) for each in MISBEHAVIORS)))
    ticket = await record_ticket(desk, crowd.ada, subject="VPN drops")

    resolved = await resolve_ticket(
        desk, crowd.grace, ticket_id=ticket.id, resolution="Turned it off and on."
    )

    assert resolved.state is TicketState.RESOLVED


async def test_an_unsure_plugin_is_shown_and_not_followed(desk: Desk) -> None:
    crowd = await make_crowd(desk)

    async def unsure() -> CategorySuggestion:
        return CategorySuggestion("network", THRESHOLD - 0.01, "a guess")

    desk = replace(desk, hooks=host_with(made("unsure", suggest_category=unsure)))

    ticket = await record_ticket(desk, crowd.ada, subject="VPN drops")

    assert ticket.category is None
    (event,) = await TicketEvent.filter(kind=EventKind.SUGGESTED)
    assert event.data["suggestion"]["explanation"] == "a guess"
