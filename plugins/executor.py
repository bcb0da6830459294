"""Executor: call implementations so that nothing they do can hurt the caller.

Every call is a task of its own under one deadline. A task that does not end when it is
cancelled is abandoned, never awaited.
"""

import asyncio
import inspect
import logging
import time
import traceback
from collections.abc import Callable, Mapping, Sequence
from typing import Any

from foredesk.hooks import Context, PluginError
from foredesk.ports import Outcome
from plugins.answers import WrongAnswer, accepted
from plugins.implementation import Implementation

log = logging.getLogger("foredesk.plugins")

MakeContext = Callable[[Implementation, float], Context]


class Executor:
    def __init__(self) -> None:
        self._abandoned: set[asyncio.Task[Outcome]] = set()

    async def ask(
        self,
        implementations: Sequence[Implementation],
        make_context: MakeContext,
        facts: Mapping[str, Any],
        deadline: float,
    ) -> list[Outcome]:
        """One outcome for each implementation, in their order, when all are in or time is up."""
        calls = [
            _Call(implementation, implementation.breaker.admit())
            for implementation in implementations
        ]
        for call in calls:
            if call.era:
                call.begin(make_context, facts, deadline)
        tasks = [call.task for call in calls if call.task is not None]
        try:
            await _until_done(tasks, deadline)
        except asyncio.CancelledError:
            for call in calls:
                call.withdraw()
            raise
        return [self._outcome(call) for call in calls]

    def _outcome(self, call: "_Call") -> Outcome:
        if call.task is None:
            call.implementation.counters.skipped += 1
            return Outcome(call.implementation.plugin.name, error="open", detail="paused")
        if not call.task.done():
            self._abandon(call.task)
            budget = call.implementation.contract.budget
            return call.failed("timeout", f"over {budget * 1000:.0f} ms")
        if call.task.cancelled():
            return call.failed("raised", "cancelled itself")
        return call.task.result()

    def _abandon(self, task: asyncio.Task[Outcome]) -> None:
        task.cancel()
        self._abandoned.add(task)
        task.add_done_callback(self._abandoned.discard)


class _Call:
    """One implementation being asked once."""

    def __init__(self, implementation: Implementation, era: int) -> None:
        self.implementation = implementation
        self.era = era
        self.task: asyncio.Task[Outcome] | None = None
        self._started = time.perf_counter()
        self._reported = False

    def begin(self, make_context: MakeContext, facts: Mapping[str, Any], deadline: float) -> None:
        self.implementation.counters.calls += 1
        self.task = asyncio.create_task(self._run(make_context, facts, deadline))

    def withdraw(self) -> None:
        if self.task is not None:
            self._reported = True
            self.task.cancel()
            self.implementation.breaker.withdraw(self.era)

    async def _run(
        self, make_context: MakeContext, facts: Mapping[str, Any], deadline: float
    ) -> Outcome:
        self._started = time.perf_counter()
        try:
            context = make_context(self.implementation, deadline)
            value = await _invoke(self.implementation, {**facts, "ctx": context})
            value = accepted(self.implementation.contract, value, facts)
        except (asyncio.CancelledError, GeneratorExit):
            raise
        except WrongAnswer as problem:
            return self.failed("wrong_type", str(problem))
        except BaseException as error:  # SystemExit in a bare task would stop the server
            return self.failed("raised", _said(error), error)
        if self._elapsed() > self.implementation.contract.budget:
            took = f"took {self._elapsed() * 1000:.0f} ms"
            return self.failed("timeout", f"{took} because it blocked the event loop")
        return self._succeeded(value)

    def failed(self, kind: str, detail: str, error: BaseException | None = None) -> Outcome:
        plugin, counters = self.implementation.plugin, self.implementation.counters
        detail = _storable(detail)
        if not self._reported:
            name = {"raised": "errors", "timeout": "timeouts", "wrong_type": "wrong_type"}[kind]
            setattr(counters, name, getattr(counters, name) + 1)
            counters.last_error = _last_lines(error) if error is not None else detail
            self._report(succeeded=False)
            hook = self.implementation.contract.name
            log.warning("plugin %s, hook %s: %s (%s)", plugin.name, hook, kind, detail)
        return Outcome(plugin.name, None, kind, detail, self._elapsed() * 1000)

    def _succeeded(self, value: Any) -> Outcome:
        if not self._reported:
            self._report(succeeded=True)
        return Outcome(self.implementation.plugin.name, value, None, "", self._elapsed() * 1000)

    def _report(self, *, succeeded: bool) -> None:
        self._reported = True
        self.implementation.counters.durations.append(self._elapsed() * 1000)
        self.implementation.breaker.report(self.era, succeeded=succeeded)

    def _elapsed(self) -> float:
        return time.perf_counter() - self._started


async def _invoke(implementation: Implementation, facts: Mapping[str, Any]) -> Any:
    arguments = {name: facts[name] for name in implementation.arguments}
    if implementation.plugin.runner is not None:
        return await implementation.plugin.runner.call(implementation.contract.name, arguments)
    values = list(arguments.values())
    if implementation.is_async:
        value = await implementation.function(*values)
    else:
        value = await implementation.plugin.threads.run(implementation.function, values)
    return await value if inspect.isawaitable(value) else value


async def _until_done(tasks: Sequence[asyncio.Task[Outcome]], deadline: float) -> None:
    if tasks:
        await asyncio.wait(tasks, timeout=max(0.0, deadline - time.monotonic()))


def _storable(text: str) -> str:
    """Short enough to log, and without what no database takes."""
    cleaned = text.replace("\0", "\ufffd").encode("utf-8", "replace").decode("utf-8")
    return cleaned[:500]


def _said(error: BaseException) -> str:
    """Its type and message, even where making the message fails."""
    if type(error) is PluginError:
        return str(error)
    return "".join(traceback.format_exception_only(error)[-1:]).strip()


def _last_lines(error: BaseException) -> str:
    return _storable("".join(traceback.format_exception(error, limit=-5))[-500:])
