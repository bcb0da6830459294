"""How the answers of several plugins are combined, and in which order they are asked."""

from dataclasses import replace
from pathlib import Path
from types import SimpleNamespace
from uuid import UUID

import pytest

from foredesk.hooks import (
    CONTRACTS,
    AssignmentSuggestion,
    CategorySuggestion,
    Context,
    HitFacts,
    Objection,
    PluginInfo,
    PolicyChoice,
    PolicyFacts,
    SearchFacts,
    TeamFacts,
    TicketFacts,
    hookimpl,
)
from tests.clock import NOW
from tests.plugins.made import ACME, BETA, errors, host_with, made, suggestion, ticket

ROOT = Path(__file__).parents[2]
GOLD, SILVER, OTHER = UUID(int=11), UUID(int=12), UUID(int=13)
POLICIES = (PolicyFacts(GOLD, "Gold"), PolicyFacts(SILVER, "Silver"))
HITS = tuple(HitFacts(UUID(int=number), 1.0 / number) for number in (1, 2, 3))


async def says_network(ticket: TicketFacts) -> CategorySuggestion:
    return suggestion("network")


def says_network_plainly(ticket: TicketFacts) -> CategorySuggestion:
    return suggestion("network")


def says_it_with_a_promise(ticket: TicketFacts) -> object:
    return says_network(ticket)


async def says_nothing() -> None:
    return None


async def raises() -> None:
    raise ValueError("boom")


async def test_async_plain_and_promising_functions_answer_alike() -> None:
    host = host_with(
        made("a", suggest_category=says_network),
        made("b", suggest_category=says_network_plainly),
        made("c", suggest_category=says_it_with_a_promise),
    )

    outcomes = await host.collect("suggest_category", ACME, ticket=ticket())

    assert [outcome.value for outcome in outcomes] == [suggestion("network")] * 3


async def test_a_plugin_that_does_not_know_leaves_no_outcome() -> None:
    host = host_with(made("a", suggest_category=says_nothing))

    assert await host.collect("suggest_category", ACME, ticket=ticket()) == ()


async def test_a_hook_without_plugins_costs_nothing() -> None:
    host = host_with()

    assert await host.collect("suggest_category", ACME, ticket=ticket()) == ()
    assert await host.first("choose_sla_policy", ACME, ticket=ticket(), policies=()) is None
    assert await host.fold("rewrite_query", ACME, SearchFacts("vpn")) == (SearchFacts("vpn"), ())
    assert host.listeners("on_ticket_created", ACME) == ()


async def test_a_hook_there_is_not_is_a_mistake_of_the_caller() -> None:
    with pytest.raises(KeyError):
        await host_with().collect("sugest_category", ACME, ticket=ticket())


async def test_plugins_are_asked_by_name_whatever_order_they_came_in() -> None:
    class First:
        plugin = PluginInfo("zebra")

        @hookimpl(tryfirst=True)
        async def suggest_category(self) -> CategorySuggestion:
            return suggestion("network")

    class Last:
        plugin = PluginInfo("aardvark")

        @hookimpl(trylast=True)
        async def suggest_category(self) -> CategorySuggestion:
            return suggestion("network")

    b, c = made("b", suggest_category=says_network), made("c", suggest_category=says_network)
    host = host_with(Last(), c, b, First())

    outcomes = await host.collect("suggest_category", ACME, ticket=ticket())

    assert [outcome.plugin for outcome in outcomes] == ["zebra", "b", "c", "aardvark"]


async def test_the_first_who_answers_decides() -> None:
    async def gold(policies: tuple[PolicyFacts, ...]) -> PolicyChoice:
        return PolicyChoice(policies[0].id, "because")

    async def silver(policies: tuple[PolicyFacts, ...]) -> PolicyChoice:
        return PolicyChoice(policies[1].id, "because")

    host = host_with(
        made("a-silent", choose_sla_policy=says_nothing),
        made("b-broken", choose_sla_policy=raises),
        made("c-silver", choose_sla_policy=silver),
        made("d-gold", choose_sla_policy=gold),
    )

    outcome = await host.first("choose_sla_policy", ACME, ticket=ticket(), policies=POLICIES)

    assert outcome is not None
    assert (outcome.plugin, outcome.value) == ("c-silver", PolicyChoice(SILVER, "because"))


async def test_a_policy_that_was_not_offered_is_no_answer() -> None:
    async def invented() -> PolicyChoice:
        return PolicyChoice(OTHER, "because")

    host = host_with(made("a", choose_sla_policy=invented))

    assert await host.first("choose_sla_policy", ACME, ticket=ticket(), policies=POLICIES) is None
    assert host.report()[0]["hooks"][0]["wrong_type"] == 1


async def test_a_value_goes_from_plugin_to_plugin_past_those_that_fail() -> None:
    async def expands(value: SearchFacts) -> SearchFacts:
        return replace(value, text=value.text.replace("wlan", "wireless network"))

    async def shouts(value: SearchFacts) -> SearchFacts:
        return replace(value, text=value.text.upper(), locale="xx")

    host = host_with(
        made("a", rewrite_query=expands),
        made("b", rewrite_query=raises),
        made("c", rewrite_query=shouts),
    )

    value, outcomes = await host.fold("rewrite_query", ACME, SearchFacts("wlan", "de"))

    assert value == SearchFacts("WIRELESS NETWORK", "de")
    assert errors(outcomes) == {"a": None, "b": "raised", "c": None}


async def test_a_rewritten_query_stays_a_query() -> None:
    async def overlong(value: SearchFacts) -> SearchFacts:
        return replace(value, text="x" * 201)

    host = host_with(made("a", rewrite_query=overlong))

    value, outcomes = await host.fold("rewrite_query", ACME, SearchFacts("wlan"))

    assert value == SearchFacts("wlan")
    assert errors(outcomes) == {"a": "wrong_type"}


async def test_results_can_be_reordered_and_left_out() -> None:
    async def reverses(value: tuple[HitFacts, ...]) -> tuple[HitFacts, ...]:
        return tuple(replace(hit, score=99.0) for hit in reversed(value[:2]))

    host = host_with(made("a", rerank_results=reverses))

    value, _ = await host.fold("rerank_results", ACME, HITS, query=SearchFacts("vpn"))

    assert value == (HITS[1], HITS[0])


@pytest.mark.parametrize(
    "answer",
    [
        (*HITS, HitFacts(OTHER)),
        (HITS[0], HITS[0]),
        (HITS[0].article_id,),
        list(HITS),
    ],
    ids=["a hidden article", "one twice", "ids", "a list"],
)
async def test_results_that_were_not_given_are_not_taken(answer: object) -> None:
    async def answers() -> object:
        return answer

    host = host_with(made("a", rerank_results=answers))

    value, outcomes = await host.fold("rerank_results", ACME, HITS, query=SearchFacts("vpn"))

    assert value == HITS
    assert errors(outcomes) == {"a": "wrong_type"}


async def test_lists_are_taken_as_tuples_and_empty_ones_as_no_answer() -> None:
    async def objects() -> list[Objection]:
        return [Objection("open_tasks", "Two tasks are open.")]

    async def agrees() -> list[Objection]:
        return []

    async def mixes() -> list[object]:
        return [Objection("a", "b"), "no"]

    async def forgets_the_list() -> Objection:
        return Objection("a", "b")

    host = host_with(
        made("a", check_transition=objects),
        made("b", check_transition=agrees),
        made("c", check_transition=mixes),
        made("d", check_transition=forgets_the_list),
    )

    outcomes = await host.collect("check_transition", ACME, ticket=ticket(), to_state="resolved")

    assert errors(outcomes) == {"a": None, "c": "wrong_type", "d": "wrong_type"}
    assert outcomes[0].value == (Objection("open_tasks", "Two tasks are open."),)


async def test_only_candidates_can_be_suggested() -> None:
    async def invents() -> list[AssignmentSuggestion]:
        return [AssignmentSuggestion(OTHER, 0.9, "because")]

    async def chooses(candidates: tuple[TeamFacts, ...]) -> list[AssignmentSuggestion]:
        return [AssignmentSuggestion(candidates[0].id, 0.9, "because")]

    host = host_with(made("a", suggest_assignment=invents), made("b", suggest_assignment=chooses))

    outcomes = await host.collect(
        "suggest_assignment", ACME, ticket=ticket(), candidates=(TeamFacts(GOLD, "Network"),)
    )

    assert errors(outcomes) == {"a": "wrong_type", "b": None}


async def test_an_event_goes_to_one_plugin_at_a_time() -> None:
    heard = []

    def listener(name: str) -> object:
        async def on_ticket_created(ctx: Context, ticket: TicketFacts, event: object) -> str:
            heard.append((name, ctx.organization_id, ticket.number))
            return "ignored"

        return on_ticket_created

    host = host_with(
        made("a", on_ticket_created=listener("a")), made("b", on_ticket_created=listener("b"))
    )

    outcome = await host.deliver("on_ticket_created", "b", ACME, ticket=ticket(), event=None)

    assert host.listeners("on_ticket_created", ACME) == ("a", "b")
    assert (outcome.plugin, outcome.value, outcome.error) == ("b", None, None)
    assert heard == [("b", ACME, 1)]


async def test_an_event_for_a_plugin_that_is_gone_is_done_with() -> None:
    outcome = await host_with().deliver("on_ticket_created", "gone", ACME, ticket=0, event=0)

    assert outcome.error is None


async def test_the_context_tells_for_whom_and_until_when() -> None:
    seen = []

    async def looks(ctx: Context, ticket: TicketFacts) -> None:
        seen.append(ctx)

    host = host_with(made("a", suggest_category=looks))
    asked = replace(ticket(organization=BETA), locale="de")

    await host.collect("suggest_category", BETA, ticket=asked)

    (ctx,) = seen
    assert (ctx.organization_id, ctx.now, ctx.locale, ctx.config) == (BETA, NOW, "de", None)
    assert 0 < ctx.remaining <= 0.2
    assert ctx.log.name == "foredesk.plugin.a"


async def test_a_module_can_be_a_plugin_too() -> None:
    module = SimpleNamespace(plugin=PluginInfo("module"))
    module.suggest_category = hookimpl(says_network_plainly)
    host = host_with(module)

    (outcome,) = await host.collect("suggest_category", ACME, ticket=ticket())

    assert outcome.plugin == "module"


@pytest.mark.parametrize("hook", CONTRACTS)
def test_every_hook_there_is_is_called_by_the_product(hook: str) -> None:
    callers = [
        path
        for folder in ("foredesk", "plugins")
        for path in (ROOT / folder).rglob("*.py")
        if f'"{hook}"' in path.read_text(encoding="utf-8")
        and path.relative_to(ROOT).parts[:2] not in {("foredesk", "hooks"), ("foredesk", "testing")}
        and path.name != "answers.py"
    ]

    assert callers
