"""The kit finds what is wrong with a plugin before its users do."""

import asyncio
import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import pytest

from foredesk.hooks import (
    CONTRACTS,
    CategorySuggestion,
    ClassifiedTicket,
    Context,
    Mode,
    SearchFacts,
    TicketFacts,
)
from foredesk.testing import AWKWARD_TEXTS, PluginContract, PluginDesk, awkward_facts
from tests.plugins.made import made, suggestion


@dataclass(frozen=True)
class Settings:
    category: str


async def answers(ctx: Context) -> CategorySuggestion:
    return suggestion("network")


async def fails_on_nothing(ticket: TicketFacts) -> CategorySuggestion:
    return suggestion(ticket.subject.split()[0].strip("\0")[:64])


async def repeats_the_subject(ticket: TicketFacts) -> CategorySuggestion | None:
    return CategorySuggestion("x", 0.5, ticket.subject) if ticket.subject.strip() else None


async def backtracks(ticket: TicketFacts) -> None:
    re.match(r"(x+)+$", ticket.subject[:22] + "!")
    await asyncio.sleep(0.25 if len(ticket.subject) > 50_000 else 0)


async def answers_in_a_dictionary() -> dict[str, str]:
    return {"category": "network"}


BROKEN: dict[Callable[..., Any], str] = {
    fails_on_nothing: "suggest_category with empty: raised: IndexError",
    repeats_the_subject: "suggest_category with NUL: raised: ValueError: explanation contains",
    backtracks: "suggest_category with 100 kB in one word: timeout: over 200 ms",
    answers_in_a_dictionary: "suggest_category with plain: wrong_type: returned dict",
}


def contract_of(plugin: Any, **config: Any) -> PluginContract:
    contract = PluginContract()
    contract.plugin, contract.config = plugin, config
    return contract


def check(desk: PluginDesk, plugin: Any) -> None:
    contract_of(plugin).test_every_hook_keeps_its_contract_with_awkward_facts(desk)


def test_a_plugin_that_keeps_its_contract_passes(plugin_desk: PluginDesk) -> None:
    check(plugin_desk, made("good", suggest_category=answers))


@pytest.mark.parametrize("hook", BROKEN, ids=lambda each: each.__name__)
def test_a_plugin_that_breaks_it_is_told_how(
    hook: Callable[..., Any], plugin_desk: PluginDesk
) -> None:
    with pytest.raises(AssertionError, match=re.escape(BROKEN[hook])):
        check(plugin_desk, made("broken", suggest_category=hook))


def test_a_refused_plugin_is_told_why(plugin_desk: PluginDesk) -> None:
    with pytest.raises(AssertionError, match="did you mean 'suggest_category'"):
        contract_of(made("broken", sugest_category=answers)).test_the_plugin_is_accepted(
            plugin_desk
        )


def test_a_plugin_that_fails_to_start_is_told_why(plugin_desk: PluginDesk) -> None:
    async def startup() -> None:
        raise ConnectionError("no such host")

    with pytest.raises(AssertionError, match="startup raised: ConnectionError: no such host"):
        plugin_desk.install(made("broken", startup=startup))


def test_needed_settings_are_given_or_missed(plugin_desk: PluginDesk) -> None:
    plugin = made("configured", {"config": Settings}, suggest_category=answers)

    with pytest.raises(AssertionError, match=r"category.*this setting is needed"):
        contract_of(plugin).test_the_plugin_is_accepted(plugin_desk)
    contract_of(plugin, category="network").test_the_plugin_is_accepted(PluginDesk())


@pytest.mark.parametrize("hook", CONTRACTS)
def test_there_are_awkward_facts_for_every_argument_of_every_hook(hook: str) -> None:
    desk = PluginDesk()
    cases = dict(awkward_facts(hook, desk.organization_id))

    assert list(cases) == list(AWKWARD_TEXTS)
    for facts in cases.values():
        assert [*facts] == [name for name in CONTRACTS[hook].arguments if name not in NOT_GIVEN]
    desk.close()


NOT_GIVEN = ("ctx", "config")


def test_history_time_and_tickets_are_the_tests_own(plugin_desk: PluginDesk) -> None:
    async def learns(ctx: Context, ticket: TicketFacts) -> CategorySuggestion:
        past = await ctx.classified_tickets()
        return CategorySuggestion(past[0].category, 0.5, f"{ctx.now:%Y} {ticket.number}")

    plugin_desk.history = [ClassifiedTicket("VPN", "remote access")]
    plugin_desk.install(
        made("learner", {"permissions": {"tickets.history"}}, suggest_category=learns)
    )
    tickets = [plugin_desk.make_ticket("VPN", channel="mail") for _ in range(2)]

    answer = plugin_desk.ask("suggest_category", ticket=tickets[1])

    assert (answer.category, answer.explanation) == ("remote access", "2026 2")
    assert tickets[1].channel == "mail"


def test_every_mode_can_be_asked(plugin_desk: PluginDesk) -> None:
    heard: list[int] = []

    async def rewrite_query(value: SearchFacts) -> SearchFacts:
        return SearchFacts(value.text.upper())

    async def on_ticket_created(ticket: TicketFacts) -> None:
        heard.append(ticket.number)

    plugin_desk.install(
        made("all", rewrite_query=rewrite_query, on_ticket_created=on_ticket_created)
    )

    assert plugin_desk.ask("rewrite_query", value=SearchFacts("vpn")) == SearchFacts("VPN")
    assert plugin_desk.ask("rerank_results", query=SearchFacts("x"), value=()) == ()
    made_ticket = plugin_desk.make_ticket()
    assert plugin_desk.ask("on_ticket_created", ticket=made_ticket, event=None) is None
    assert heard == [1]
    assert {contract.mode for contract in CONTRACTS.values()} == set(Mode)


def test_a_failing_plugin_fails_the_authors_test(plugin_desk: PluginDesk) -> None:
    plugin_desk.install(made("broken", suggest_category=answers_in_a_dictionary))
    asked = plugin_desk.make_ticket()

    with pytest.raises(AssertionError, match="suggest_category: broken: wrong_type"):
        plugin_desk.ask("suggest_category", ticket=asked)
    (outcome,) = plugin_desk.outcomes("suggest_category", ticket=asked)
    assert outcome.error == "wrong_type"
