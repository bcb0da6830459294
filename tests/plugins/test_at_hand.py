"""What the desk's own plugins know is asked at once; partners' code never is."""

from datetime import timedelta
from typing import Any

import pytest

from foredesk.ports import PluginChoice
from plugins.breaker import BreakerState
from plugins.builtin.categorizer import FRESH, Categorizer
from plugins.builtin.priority_words import PriorityWords
from plugins.discovery import Found
from plugins.host import PluginHost
from tests.clock import Clock
from tests.plugins.made import ACME, BETA, add, made, suggestion, ticket
from tests.plugins.test_built_in import HISTORY, Archive


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def host(clock: Clock) -> PluginHost:
    host = PluginHost(now=clock, history=Archive())
    host.load([Found(kind.plugin.name, "built in", kind) for kind in (Categorizer, PriorityWords)])
    return host


def learning_host(clock: Clock) -> PluginHost:
    archive = Archive()
    archive.tickets[ACME] = HISTORY
    host = PluginHost(now=clock, history=archive)
    host.load([Found("naive-bayes", "built in", Categorizer)])
    return host


def counted(host: PluginHost, hook: str) -> list[int]:
    return [each.counters.calls for each in host.registry.implementations(hook)]


@pytest.mark.parametrize("subject", ["Outage, everybody is hit", "VPN drops", "not urgent"])
async def test_word_rules_answer_as_their_hook_does(host: PluginHost, subject: str) -> None:
    at_hand = host.at_hand("suggest_priority", ACME, ticket=ticket(subject))
    asked = await host.collect("suggest_priority", ACME, ticket=ticket(subject))

    assert at_hand is not None
    assert [(each.plugin, each.value) for each in at_hand] == [
        (each.plugin, each.value) for each in asked
    ]
    assert counted(host, "suggest_priority") == [2]


async def test_the_categorizer_answers_at_once_while_its_model_is_fresh(clock: Clock) -> None:
    host = learning_host(clock)
    asked = ticket("VPN is slow")
    assert host.at_hand("suggest_category", ACME, ticket=asked) is None
    (learned,) = await host.collect("suggest_category", ACME, ticket=asked)

    (known,) = host.at_hand("suggest_category", ACME, ticket=asked) or ()
    assert known.value == learned.value
    assert host.at_hand("suggest_category", BETA, ticket=ticket(organization=BETA)) is None

    clock.advance(FRESH)
    assert host.at_hand("suggest_category", ACME, ticket=asked) is None
    assert counted(host, "suggest_category") == [2]


async def test_where_there_is_too_little_to_learn_from_nothing_is_known_at_once(
    host: PluginHost, clock: Clock
) -> None:
    assert await host.collect("suggest_category", ACME, ticket=ticket()) == ()

    assert host.at_hand("suggest_category", ACME, ticket=ticket()) == ()
    clock.advance(timedelta(minutes=2))
    assert host.at_hand("suggest_category", ACME, ticket=ticket()) is None


def test_without_any_plugin_nothing_is_known_at_once() -> None:
    assert PluginHost(now=Clock()).at_hand("suggest_category", ACME, ticket=ticket()) == ()


def test_as_soon_as_a_partner_takes_part_all_have_to_be_asked(host: PluginHost) -> None:
    async def suggest_priority() -> None:
        return None

    add(host, made("partner", suggest_priority=suggest_priority))

    assert host.at_hand("suggest_priority", ACME, ticket=ticket("outage")) is None

    host.adopt([PluginChoice(ACME, "partner", False, {})])
    assert host.at_hand("suggest_priority", ACME, ticket=ticket("outage")) is not None


def test_no_partner_is_taken_for_the_desk_itself() -> None:
    class Pretender:
        plugin = made("pretender").plugin
        suggest_category = made("other", suggest_category=lambda: None).suggest_category

        def suggest_category_at_hand(self, facts: Any) -> Any:
            return suggestion("network")

    host = PluginHost(now=Clock())
    add(host, Pretender())

    assert host.at_hand("suggest_category", ACME, ticket=ticket()) is None


def test_one_that_is_paused_is_asked_by_its_hook(host: PluginHost) -> None:
    (words,) = host.registry.implementations("suggest_priority")
    words.breaker.trip()

    assert words.breaker.state is BreakerState.OPEN
    assert host.at_hand("suggest_priority", ACME, ticket=ticket("outage")) is None


@pytest.mark.parametrize("answer", ["network", 7])
def test_a_wrong_answer_is_none(host: PluginHost, answer: object) -> None:
    words = host.registry.plugins["priority-words"].subject
    words.suggest_priority_at_hand = lambda facts: answer

    assert host.at_hand("suggest_priority", ACME, ticket=ticket("outage")) is None


def test_an_error_is_none(host: PluginHost) -> None:
    words = host.registry.plugins["priority-words"].subject

    def fails(facts: object) -> None:
        raise RuntimeError("broken")

    words.suggest_priority_at_hand = fails

    assert host.at_hand("suggest_priority", ACME, ticket=ticket("outage")) is None
