"""A plugin that is not fit is refused alone, with a reason its author can act on."""

from dataclasses import dataclass
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from foredesk.hooks import CategorySuggestion, PluginInfo, hookimpl
from foredesk.settings import Settings
from plugins.builtin import BUILT_IN
from plugins.discovery import discover, in_file, required
from plugins.host import PluginHost, RequiredPluginMissing
from tests.clock import NOW
from tests.plugins.made import ACME, add, errors, host_with, made, suggestion, ticket


async def answers(ticket: object) -> CategorySuggestion:
    return suggestion("network")


async def wants_what_is_not_there(ticket: object, prio: object) -> None: ...


async def yields(ticket: object) -> Any:
    yield suggestion("network")


class Wraps:
    plugin = PluginInfo("x")

    @hookimpl(wrapper=True)
    def suggest_category(self, ticket: object) -> Any:
        return (yield)


class RaisesWhenMade:
    plugin = PluginInfo("x")

    def __init__(self) -> None:
        raise RuntimeError("not today")


@dataclass
class Unknown:
    value: "Undefined"  # type: ignore[name-defined]  # noqa: F821


REFUSALS: dict[str, tuple[Any, str]] = {
    "no description": (SimpleNamespace(), "has no attribute 'plugin' that is a"),
    "another name": (made("y", suggest_category=answers), "is installed as 'x' but calls itself"),
    "an unknown hook": (made("x", classify_it=answers), "unknown hook 'classify_it'"),
    "a misspelled hook": (
        made("x", sugest_category=answers),
        "unknown hook 'sugest_category'; did you mean 'suggest_category'?",
    ),
    "an unknown argument": (
        made("x", suggest_category=wants_what_is_not_there),
        "{'prio'} are declared in the hookimpl but can not be found in the hookspec",
    ),
    "a newer API": (
        made("x", {"api": "1.1"}, suggest_category=answers),
        "needs plugin API 1.1, this desk has 1.0",
    ),
    "another API": (
        made("x", {"api": "2.0"}, suggest_category=answers),
        "needs plugin API 2.0, this desk has 1.0",
    ),
    "no API version": (
        made("x", {"api": "banana"}, suggest_category=answers),
        "PluginInfo.api 'banana' is not 'MAJOR.MINOR', for example '1.0'",
    ),
    "an unknown permission": (
        made("x", {"permissions": frozenset({"ticket.history"})}),
        "unknown permission 'ticket.history'; did you mean 'tickets.history'?",
    ),
    "settings of no dataclass": (made("x", {"config": dict}), "config is not a dataclass"),
    "settings of no known type": (
        made("x", {"config": Unknown}),
        "the types of its settings can't be read: name 'Undefined' is not defined",
    ),
    "an unknown isolation": (made("x", {"isolation": "vm"}), "isolation 'vm' is neither"),
    "a wrapper": (Wraps(), "suggest_category: hooks can't be wrapped"),
    "a generator": (made("x", suggest_category=yields), "return the answer instead of yielding"),
    "a class that can't be made": (RaisesWhenMade, "RuntimeError: not today"),
}


@pytest.mark.parametrize("what", REFUSALS)
async def test_what_is_not_fit_is_refused_with_the_reason(what: str) -> None:
    plugin, reason = REFUSALS[what]
    host = host_with(made("good", suggest_category=answers))

    refused = add(host, plugin, "x")

    assert refused.state == "refused"
    assert reason in refused.reason
    assert errors(await host.collect("suggest_category", ACME, ticket=ticket())) == {"good": None}
    (good, bad) = host.report()
    assert (good["state"], bad["state"], bad["hooks"]) == ("loaded", "refused", [])


def test_a_name_nobody_can_type_is_refused() -> None:
    host = host_with()

    refused = add(host, made("Überraschung"))

    assert refused.reason.startswith("name 'Überraschung': use small letters")


def test_an_optional_hook_of_a_newer_desk_is_passed_over() -> None:
    class Newer:
        plugin = PluginInfo("newer")

        @hookimpl(optionalhook=True)
        def predict_the_weather(self) -> None: ...

    assert host_with(Newer()).report()[0]["state"] == "loaded"


def test_the_second_of_one_name_is_not_loaded() -> None:
    host = host_with(made("twin", suggest_category=answers))

    add(host, made("twin", suggest_priority=answers))

    (report,) = host.report()
    assert [hook["name"] for hook in report["hooks"]] == ["suggest_category"]


def test_files_that_do_not_even_import_do_not_stop_the_start(tmp_path: Path) -> None:
    files = {
        "good_one.py": "from foredesk.hooks import PluginInfo\nplugin = PluginInfo('good-one')\n",
        "no_python.py": "def (",
        "leaves.py": "import sys\nsys.exit(1)\n",
        "needs_more.py": "import a_module_that_is_not_there\n",
        "undecodable.py": None,
    }
    for name, text in files.items():
        (tmp_path / name).write_bytes(b"\xff\xfe" if text is None else text.encode())
    host = PluginHost(now=lambda: NOW)

    host.load(discover(Settings(plugins_dir=str(tmp_path), load_plugins="*")))

    found = {plugin["name"]: (plugin["state"], plugin["reason"]) for plugin in host.report()}
    assert found["good-one"] == ("loaded", "")
    assert found["no-python"][0] == "refused"
    assert "SyntaxError" in found["no-python"][1]
    assert found["leaves"] == ("refused", "importing it failed: SystemExit: 1")
    assert "ModuleNotFoundError" in found["needs-more"][1]
    assert found["undecodable"][0] == "refused"


def test_built_in_plugins_come_first_then_files_by_name(tmp_path: Path) -> None:
    for name in ("b", "a"):
        (tmp_path / f"{name}.py").write_text("")

    names = [found.name for found in discover(Settings(plugins_dir=str(tmp_path)))]

    assert (
        names[: len(BUILT_IN)]
        == list(BUILT_IN)
        == ["naive-bayes", "priority-words", "repair-history"]
    )
    assert names[-2:] == ["a", "b"]


@pytest.mark.parametrize(
    ("setting", "names"), [("", []), ("naive-bayes", ["naive-bayes"]), (" x , y ", [])]
)
def test_a_setting_chooses_what_is_loaded(setting: str, names: list[str]) -> None:
    assert [found.name for found in discover(Settings(load_plugins=setting))] == names


def test_a_plugin_the_desk_cannot_do_without_stops_the_start() -> None:
    host = host_with(made("good", suggest_category=answers))
    add(host, made("bad", sugest_category=answers))
    needed = required(Settings(required_plugins="good, bad"))

    host.require(["good"])
    with pytest.raises(RequiredPluginMissing, match="required plugin bad refused: unknown hook"):
        host.require(needed)
    with pytest.raises(RequiredPluginMissing, match="required plugin absent is not installed"):
        host.require(["absent"])


async def test_a_plugin_that_fails_to_start_is_taken_out_alone() -> None:
    started = []

    async def starts() -> None:
        started.append("good")

    async def fails() -> None:
        raise ConnectionError("no such host")

    host = host_with(
        made("bad", startup=fails, suggest_category=answers),
        made("good", startup=starts, suggest_category=answers),
    )

    await host.startup()

    assert started == ["good"]
    assert errors(await host.collect("suggest_category", ACME, ticket=ticket())) == {"good": None}
    bad = host.report()[0]
    assert (bad["name"], bad["state"]) == ("bad", "refused")
    assert bad["reason"] == "startup raised: ConnectionError: no such host"
    await host.shutdown()


async def test_the_end_is_reached_whatever_a_plugin_does() -> None:
    async def fails() -> None:
        raise ConnectionError("gone already")

    host = host_with(made("bad", shutdown=fails))
    await host.startup()

    await host.shutdown()

    assert host.report()[0]["hooks"][0]["errors"] == 1


def test_each_server_has_plugins_of_its_own(tmp_path: Path) -> None:
    (tmp_path / "mine.py").write_text(
        "from foredesk.hooks import PluginInfo, hookimpl\n"
        "plugin = PluginInfo('mine')\n"
        "@hookimpl\n"
        "async def suggest_category(ticket): return None\n"
    )
    first, second = PluginHost(now=lambda: NOW), PluginHost(now=lambda: NOW)

    first.load([in_file(tmp_path / "mine.py")])

    assert [plugin["name"] for plugin in first.report()] == ["mine"]
    assert second.report() == []
