"""A desk for one test: the real plugin host with only what the test installs."""

import asyncio
from collections.abc import Coroutine, Sequence
from datetime import UTC, datetime
from itertools import count
from typing import Any, TypeVar
from uuid import UUID, uuid4

from foredesk.hooks import CONTRACTS, ClassifiedTicket, Mode, TicketFacts
from foredesk.ports import Outcome, PluginChoice
from plugins.discovery import Found
from plugins.host import PluginHost
from plugins.implementation import PluginState

T = TypeVar("T")


class PluginDesk:
    """`now` is the time plugins are told; `history` is what past tickets they can read."""

    def __init__(self) -> None:
        self.organization_id: UUID = uuid4()
        self.now = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)
        self.history: list[ClassifiedTicket] = []
        self.host = PluginHost(now=lambda: self.now, history=self._classified)
        self._numbers = count(1)
        self._runner = asyncio.Runner()

    def install(self, plugin: Any, **config: Any) -> None:
        """Load a module, object or class, give it its settings, start it.

        Raises AssertionError with the reason when it is refused or will not have the settings.
        """
        name = plugin.plugin.name
        file = getattr(plugin, "__file__", None) or ""
        self.host.load([Found(name, "installed by a test", lambda: plugin, target=file)])
        self._assert_loaded(name)
        problems = self._run(self.host.check_config(name, self.organization_id, config))
        assert not problems, f"plugin {name} will not have its settings: {problems}"
        self.host.adopt([PluginChoice(self.organization_id, name, True, config)])
        self._run(self.host.start(name))
        self._assert_loaded(name)

    def make_ticket(
        self, subject: str = "Printer is on fire", details: str = "", **facts: Any
    ) -> TicketFacts:
        """A ticket of the desk's organization; any other fact may be given by name."""
        given = {
            "id": uuid4(),
            "number": next(self._numbers),
            "organization_id": self.organization_id,
            "requester_id": uuid4(),
            "opened_at": self.now,
        }
        return TicketFacts(**{**given, "subject": subject, "details": details, **facts})

    def ask(self, hook: str, **facts: Any) -> Any:
        """The first answer of the installed plugins, or None; of a hook that folds, the end.

        Raises AssertionError when a plugin failed.
        """
        value, outcomes = self._run(self._ask(hook, facts))
        failed = [f"{each.plugin}: {each.error}: {each.detail}" for each in outcomes if each.error]
        assert not failed, f"{hook}: {'; '.join(failed)}"
        return value

    def outcomes(self, hook: str, **facts: Any) -> Sequence[Outcome]:
        """What each plugin made of the call, failures included."""
        return self._run(self._ask(hook, facts))[1]

    def close(self) -> None:
        self._run(self.host.shutdown())
        self._runner.close()

    async def _ask(self, hook: str, facts: dict[str, Any]) -> tuple[Any, Sequence[Outcome]]:
        mode, organization = CONTRACTS[hook].mode, self.organization_id
        if mode is Mode.FOLD:
            return await self.host.fold(hook, organization, **facts)
        if mode is Mode.EVENT:
            listeners = self.host.listeners(hook, organization)
            outcomes = [
                await self.host.deliver(hook, each, organization, **facts) for each in listeners
            ]
        else:
            outcomes = list(await self.host.collect(hook, organization, **facts))
        answers = (each.value for each in outcomes if each.value is not None)
        return next(answers, None), outcomes

    def _assert_loaded(self, name: str) -> None:
        plugin = self.host.registry.plugins[name]
        assert plugin.state is PluginState.LOADED, f"plugin {name} refused: {plugin.reason}"

    async def _classified(self, organization_id: UUID, limit: int) -> Sequence[ClassifiedTicket]:
        return self.history[:limit]

    def _run(self, coroutine: Coroutine[Any, Any, T]) -> T:
        return self._runner.run(coroutine)
