"""The pytest plugin. It imports the product only when a test asks for a fixture."""

from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from foredesk.hooks import TicketFacts
    from foredesk.testing.plugin_desk import PluginDesk


@pytest.fixture
def plugin_desk() -> "Iterator[PluginDesk]":
    """A desk without any plugin; `plugin_desk.install(yours)` and ask it."""
    from foredesk.testing.plugin_desk import PluginDesk

    desk = PluginDesk()
    yield desk
    desk.close()


@pytest.fixture
def make_ticket(plugin_desk: "PluginDesk") -> "Callable[..., TicketFacts]":
    """`make_ticket("VPN drops", "every hour", channel="mail")`"""
    return plugin_desk.make_ticket
