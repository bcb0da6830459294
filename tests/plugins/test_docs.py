"""docs/hooks.md tells the truth: every hook, its signature and contract, an example that runs."""

import inspect
import re
import sys
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

from foredesk.hooks import CONTRACTS, SPECIFICATIONS, HookContract, Score
from foredesk.testing import PluginContract, PluginDesk, awkward_facts
from plugins.breaker import BreakerRule
from plugins.builtin import BUILT_IN
from plugins.verification import PERMISSIONS

DOCS = Path(__file__).parents[2] / "docs"
GUIDE = (DOCS / "plugins.md").read_text(encoding="utf-8")
TEXT = (DOCS / "hooks.md").read_text(encoding="utf-8")
SECTIONS = {
    match[1]: match[0] for match in re.finditer(r"^### (\w+)\n.*?(?=^##|\Z)", TEXT, re.M | re.S)
}
HOOKS = {
    name: function
    for module in SPECIFICATIONS
    for name, function in vars(module).items()
    if name in CONTRACTS
}


def example(hook: str) -> ModuleType:
    (code,) = re.findall(r"```python\n(.*?)```", SECTIONS[hook], re.S)
    module = sys.modules[f"example_{hook}"] = ModuleType(f"example_{hook}")
    exec(compile(code, f"docs/hooks.md: {hook}", "exec"), module.__dict__)
    return module


def words(text: str) -> str:
    return " ".join(text.replace("**", "").replace("- ", "").split())


def milliseconds_of(contract: HookContract) -> str:
    budget = contract.budget
    return f"{budget * 1000:.0f} ms" if budget < 1 else f"{budget:.0f} s"


def test_every_hook_has_its_section_and_no_section_is_left_over() -> None:
    assert list(SECTIONS) == list(CONTRACTS)


@pytest.mark.parametrize("hook", CONTRACTS)
def test_a_section_has_the_hooks_own_signature_and_words(hook: str) -> None:
    written = re.sub(r"\b[\w.]+\.(?=\w)", "", str(inspect.signature(HOOKS[hook])))

    assert f"```\n{hook}{written}\n```" in SECTIONS[hook]
    assert words(inspect.getdoc(HOOKS[hook]) or "") in words(SECTIONS[hook])


@pytest.mark.parametrize("hook", CONTRACTS)
def test_a_hook_says_its_five_things_and_its_true_budget(hook: str) -> None:
    contract, said = CONTRACTS[hook], inspect.getdoc(HOOKS[hook]) or ""

    labels = re.findall(r"^(Called|Answers|None|Budget|Failure): ", said, re.M)
    assert labels == ["Called", "Answers", "None", "Budget", "Failure"]
    assert f"Budget: {milliseconds_of(contract)}" in said
    row = rf"\| \[`{hook}`\]\(#{hook}\) \| {contract.mode}: .* \| {milliseconds_of(contract)} \|"
    assert re.search(row, TEXT)


@pytest.mark.parametrize("hook", CONTRACTS)
def test_an_example_shows_its_hook_and_keeps_the_contract(
    hook: str, plugin_desk: PluginDesk
) -> None:
    contract = PluginContract()
    contract.plugin = example(hook)

    contract.test_every_hook_keeps_its_contract_with_awkward_facts(plugin_desk)

    (report,) = plugin_desk.host.report()
    assert [shown["name"] for shown in report["hooks"]] == [hook]
    assert (report["state"], report["hooks"][0]["errors"]) == ("loaded", 0)


EXAMPLES_THAT_ANSWER: dict[str, dict[str, Any]] = {
    "suggest_category": {"subject": "The VPN drops"},
    "suggest_priority": {"subject": "Till 3 does not open"},
    "choose_sla_policy": {"subject": "Projector for the board meeting"},
    "choose_calendar": {"subject": "Site down in Kiel"},
    "check_transition": {},
}


@pytest.mark.parametrize("hook", EXAMPLES_THAT_ANSWER)
def test_an_example_about_tickets_answers(hook: str, plugin_desk: PluginDesk) -> None:
    plugin_desk.install(example(hook))
    facts = dict(awkward_facts(hook, plugin_desk.organization_id))["plain"]
    facts["ticket"] = plugin_desk.make_ticket(**EXAMPLES_THAT_ANSWER[hook])

    assert plugin_desk.ask(hook, **facts) is not None


def test_the_example_that_scores_counts_words(plugin_desk: PluginDesk) -> None:
    plugin_desk.install(example("score_response"))
    facts = dict(awkward_facts("score_response", plugin_desk.organization_id))["plain"]

    answer = plugin_desk.ask("score_response", **facts)

    assert answer == (Score("words", 5, "words in free text"),)


def test_the_plugin_in_the_guide_keeps_its_contract_and_its_test_passes(
    plugin_desk: PluginDesk, monkeypatch: pytest.MonkeyPatch
) -> None:
    plugin, tests = re.findall(r"```python\n(.*?)```", GUIDE, re.S)
    module = ModuleType("foredesk_vpn_categorizer")
    exec(compile(plugin, "docs/plugins.md: the file", "exec"), module.__dict__)
    monkeypatch.setitem(sys.modules, module.__name__, module)
    shown: dict[str, Any] = {}
    exec(compile(tests, "docs/plugins.md: tests", "exec"), shown)

    shown["test_a_vpn_ticket_is_about_the_network"](plugin_desk, plugin_desk.make_ticket)

    contract, other = shown["TestContract"](), PluginDesk()
    contract.test_every_hook_keeps_its_contract_with_awkward_facts(other)
    other.close()


def test_the_guide_names_every_permission_and_every_built_in_plugin() -> None:
    for permission in PERMISSIONS:
        assert f"| `{permission}` |" in GUIDE
    assert f"the built-in ones: {', '.join(f'`{name}`' for name in BUILT_IN)}" in GUIDE


def test_the_guide_says_what_the_breaker_does() -> None:
    rule = BreakerRule()

    assert (rule.failures, rule.window, rule.share, rule.pause) == (5, 60, 0.5, 30)
    assert (rule.longest_pause, rule.good_probes) == (600, 3)
    assert "five times within a minute, and at least every second time" in GUIDE
    assert "paused for 30 seconds" in GUIDE
    assert "up to ten minutes" in GUIDE
    assert "three good answers end it" in GUIDE
