"""What a plugin is handed beside the facts: for whom, when, until when, with which settings."""

import logging
import time
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from uuid import UUID

from foredesk.hooks.plugin import PluginError


@dataclass(frozen=True, slots=True)
class ClassifiedTicket:
    """A past ticket whose category a person chose or left standing."""

    text: str
    category: str


History = Callable[[UUID, int], Awaitable[Sequence[ClassifiedTicket]]]
"""Newest classified tickets of an organization, at most so many."""


@dataclass(frozen=True, slots=True)
class Context:
    """`organization_id` is None for what concerns the whole installation.

    `config` is an instance of the plugin's own dataclass with this organization's values,
    or None for a plugin without settings. `deadline` counts on the monotonic clock.
    """

    organization_id: UUID | None
    now: datetime
    deadline: float
    locale: str = "en"
    config: Any = None
    log: logging.Logger = field(default_factory=lambda: logging.getLogger("foredesk.plugin"))
    history: History | None = None

    @property
    def remaining(self) -> float:
        """Seconds until the answer is too late; never negative."""
        return max(0.0, self.deadline - time.monotonic())

    async def classified_tickets(self, limit: int = 5_000) -> Sequence[ClassifiedTicket]:
        """Newest first, of this organization only; empty where there is none.

        Raises PluginError unless the plugin declared the permission `tickets.history`.
        """
        if self.history is None:
            raise PluginError("declare the permission 'tickets.history' to read past tickets")
        if self.organization_id is None:
            return ()
        return await self.history(self.organization_id, limit)
