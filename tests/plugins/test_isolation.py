"""A plugin in a process of its own can end, block or fill that process, and nothing else."""

import asyncio
import os
import time
from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import UTC, datetime
from itertools import pairwise
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from foredesk.hooks import (
    Alternative,
    CategorySuggestion,
    HitFacts,
    ResponseFacts,
    SearchFacts,
    TicketEventFacts,
)
from foredesk.ports import PluginChoice
from foredesk.testing import AWKWARD_TEXTS
from plugins.discovery import in_file
from plugins.host import PluginHost
from plugins.wire import Unsendable, read, written
from tests.clock import NOW
from tests.plugins.made import ACME, add, host_with, made, ticket

PLUGIN = """
import os, re, subprocess, time
from dataclasses import dataclass
from foredesk.hooks import *

@dataclass(frozen=True)
class Settings:
    category: str = "isolated"

plugin = PluginInfo("apart", isolation="process", config=Settings)
STARTED = []

@hookimpl
def startup(ctx):
    STARTED.append(ctx.now)

@hookimpl
async def suggest_category(ctx, ticket):
    print("noise on standard output")
    match ticket.subject:
        case "regex":
            re.match(r"(a+)+$", "a" * 40 + "b")
        case "die":
            os._exit(9)
        case "raise":
            raise ValueError("boom")
        case "exit":
            raise SystemExit(3)
        case "dictionary":
            return {"category": "x"}
        case "function":
            return print
        case "child":
            subprocess.Popen(["sleep", "77.125"])
            time.sleep(30)
    said = f"{os.getpid()} {len(STARTED)} {ctx.remaining > 0} {len(ticket.details)}"
    return CategorySuggestion(ctx.config.category, 0.5, said)

@hookimpl
def rerank_results(query, value):
    return tuple(reversed(value))

@hookimpl
def check_transition(ticket, to_state):
    return [Objection("no", ticket.number and to_state)]
"""


@pytest.fixture
async def host(tmp_path: Path) -> AsyncIterator[PluginHost]:
    (tmp_path / "apart.py").write_text(PLUGIN)
    host = PluginHost(now=lambda: NOW)
    host.load([in_file(tmp_path / "apart.py")])
    await host.startup()
    assert host.registry.plugins["apart"].reason == ""
    yield host
    await host.shutdown()


async def asked(host: PluginHost, subject: str, details: str = "") -> Any:
    (outcome,) = await host.collect("suggest_category", ACME, ticket=ticket(subject, details))
    return outcome


async def answered(host: PluginHost, subject: str = "VPN") -> CategorySuggestion:
    """Once the process is up again."""
    for _ in range(50):
        host.resume("apart")
        outcome = await asked(host, subject)
        if outcome.error is None:
            break
    assert isinstance(outcome.value, CategorySuggestion)
    return outcome.value


async def test_it_answers_from_another_process_that_was_started_up(host: PluginHost) -> None:
    answer = (await asked(host, "VPN", "x" * 100_000)).value

    process, started, in_time, length = answer.explanation.split()
    assert int(process) != os.getpid()
    assert (answer.category, started, in_time, length) == ("isolated", "1", "True", "100000")


async def test_it_has_the_organizations_settings(host: PluginHost) -> None:
    host.adopt([PluginChoice(ACME, "apart", True, {"category": "other"})])

    assert (await asked(host, "VPN")).value.category == "other"


async def test_every_mode_works_across_the_processes(host: PluginHost) -> None:
    hits = tuple(HitFacts(UUID(int=number), number / 2, "title") for number in (1, 2, 3))

    value, _ = await host.fold("rerank_results", ACME, hits, query=SearchFacts("vpn"))
    (objection,) = await host.collect(
        "check_transition", ACME, ticket=ticket(), to_state="resolved"
    )

    assert value == tuple(reversed(hits))
    assert objection.value[0].message == "resolved"


async def test_code_that_keeps_the_interpreters_lock_is_killed_and_the_loop_runs_on(
    host: PluginHost,
) -> None:
    first = await answered(host)
    beats: list[float] = []

    async def heart() -> None:
        while True:
            beats.append(time.monotonic())
            await asyncio.sleep(0.01)

    beating = asyncio.create_task(heart())
    outcome = await asked(host, "regex")
    beating.cancel()

    assert outcome.error == "timeout"
    assert max(later - sooner for sooner, later in pairwise(beats)) < 0.15
    second = await answered(host)
    assert second.explanation.split()[0] != first.explanation.split()[0]
    assert second.explanation.split()[1] == "1"


@pytest.mark.parametrize(
    ("subject", "error", "detail"),
    [
        ("die", "raised", "the plugin's process ended"),
        ("raise", "raised", "ValueError: boom"),
        ("exit", "raised", "SystemExit: 3"),
        ("dictionary", "wrong_type", "returned dict, wanted CategorySuggestion"),
        ("function", "wrong_type", "returned builtin_function_or_method, which is no answer"),
    ],
)
async def test_whatever_it_does_costs_only_its_own_answer(
    host: PluginHost, subject: str, error: str, detail: str
) -> None:
    outcome = await asked(host, subject)

    assert (outcome.value, outcome.error) == (None, error)
    assert detail in outcome.detail
    assert (await answered(host)).category == "isolated"


async def test_what_it_started_is_killed_with_it(host: PluginHost) -> None:
    assert (await asked(host, "child")).error == "timeout"

    def left() -> list[str]:
        found = []
        for folder in Path("/proc").glob("[0-9]*"):
            try:
                found.append((folder / "cmdline").read_bytes().decode("utf-8", "replace"))
            except OSError:
                continue
        return [command for command in found if "77.125" in command]

    for _ in range(50):
        if not left():
            break
        await asyncio.sleep(0.02)
    assert left() == []


async def test_after_the_end_no_process_is_left(tmp_path: Path) -> None:
    (tmp_path / "apart.py").write_text(PLUGIN)
    host = PluginHost(now=lambda: NOW)
    host.load([in_file(tmp_path / "apart.py")])
    await host.startup()
    process = int((await answered(host)).explanation.split()[0])

    await host.shutdown()

    with pytest.raises(ProcessLookupError):
        os.kill(process, 0)


async def test_one_that_cannot_even_start_is_refused(tmp_path: Path) -> None:
    file = tmp_path / "unready.py"
    file.write_text(
        "import os, sys\n"
        "from foredesk.hooks import *\n"
        "plugin = PluginInfo('unready', isolation='process')\n"
        f"if os.getpid() != {os.getpid()}:\n"
        "    sys.exit(1)\n"
    )
    host = PluginHost(now=lambda: NOW)
    host.load([in_file(file)])

    await host.startup()

    (report,) = host.report()
    assert report["state"] == "refused"
    assert report["reason"] == "its process did not start: the plugin's process ended"
    await host.shutdown()


def test_what_cannot_be_had_apart_is_refused() -> None:
    nowhere = add(host_with(), made("nowhere", {"isolation": "process"}))
    reader = add(
        host_with(),
        made("reader", {"isolation": "process", "permissions": {"tickets.history"}}),
    )

    assert nowhere.reason == "isolation='process' needs an installed plugin or a file"
    assert reader.reason == "in a process of its own a plugin can have no permissions"


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text() | st.uuids(),
    lambda inner: st.lists(inner, max_size=4).map(tuple) | st.dictionaries(st.text(), inner),
    max_leaves=12,
)


@settings(deadline=None)
@given(JSON, st.sampled_from(sorted(AWKWARD_TEXTS)), st.datetimes(timezones=st.just(UTC)))
def test_facts_arrive_as_they_were_sent(data: Any, name: str, at: datetime) -> None:
    text = AWKWARD_TEXTS[name]
    sent = {
        "ticket": replace(ticket(text, text), opened_at=at),
        "event": TicketEventFacts(ACME, "replied", at, None, {"data": data}),
        "response": ResponseFacts(ACME, ACME, {text[:10]: data}),
        "answer": CategorySuggestion("a", 0.5, "because", (Alternative("b", 0.25),)),
        "list": [ticket()],
        "nothing": None,
    }

    assert read(written(sent)) == sent


def test_what_is_no_answer_is_not_sent() -> None:
    with pytest.raises(Unsendable, match="returned object, which is no answer"):
        written({"value": object()})
