"""Suggestions: what plugins think of a ticket, for agents."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime
from enum import Enum
from typing import Any
from uuid import UUID

import strawberry

from api.context import Info
from api.fields import computed, shown
from api.people import Person, Team
from foredesk.sla.priority import Impact, Urgency
from foredesk.tickets.models import TicketEvent
from foredesk.tickets.states import EventKind


@strawberry.enum(description="What a plugin was asked about a ticket.")
class SuggestionSubject(Enum):
    CATEGORY = strawberry.enum_value("suggest_category", description="Which category it has.")
    PRIORITY = strawberry.enum_value("suggest_priority", description="How pressing it is.")
    ASSIGNMENT = strawberry.enum_value("suggest_assignment", description="Who should take it.")
    REPAIR = strawberry.enum_value("estimate_repair", description="When it will be solved.")


@strawberry.type(description="Opinion of a plugin on a ticket, or its failure to have one.")
class PluginSuggestion:
    told: strawberry.Private[Mapping[str, Any]]
    plugin: str = strawberry.field(description="Name of the plugin")
    subject: SuggestionSubject = strawberry.field(description="What the plugin was asked")
    suggested_at: datetime = strawberry.field(description="Timestamp of when it was asked")
    error: str | None = strawberry.field(
        description="Kind of the plugin's failure; null if it answered"
    )

    @computed(description="Category that it suggests; null if it was not asked for one")
    def category(self) -> str | None:
        return self.told.get("category")

    @computed(description="Impact that it suggests; null if it was not asked for one")
    def impact(self) -> Impact | None:
        value = self.told.get("impact")
        return Impact(value) if value else None

    @computed(description="Urgency that it suggests; null if it was not asked for one")
    def urgency(self) -> Urgency | None:
        value = self.told.get("urgency")
        return Urgency(value) if value else None

    @computed(description="Team that it suggests; null for none, or if hidden")
    async def team(self, info: Info) -> Team | None:
        key = self.told.get("team_id")
        return await shown(info, Team, UUID(key) if key else None)  # type: ignore[no-any-return]

    @computed(description="Agent whom it suggests; null for none, or if hidden")
    async def assignee(self, info: Info) -> Person | None:
        key = self.told.get("agent_id")
        return await shown(info, Person, UUID(key) if key else None)  # type: ignore[no-any-return]

    @computed(description="When it is probably solved; null if it was not asked for that")
    def repair_at(self) -> datetime | None:
        value = self.told.get("probably_by")
        return datetime.fromisoformat(value) if value else None

    @computed(description="When it is almost certainly solved; null if it does not say")
    def latest_at(self) -> datetime | None:
        value = self.told.get("almost_certainly_by")
        return datetime.fromisoformat(value) if value else None

    @computed(description="How sure it is, from 0 to 1; null if it failed")
    def confidence(self) -> float | None:
        return self.told.get("confidence")

    @computed(description="Why it suggests this; null if it failed")
    def explanation(self) -> str | None:
        return self.told.get("explanation")


def suggestions_in(events: Sequence[TicketEvent]) -> list[PluginSuggestion]:
    """Newest first."""
    asked = [event for event in reversed(events) if event.kind is EventKind.SUGGESTED]
    return [suggestion for event in asked for suggestion in _of(event)]


def _of(event: TicketEvent) -> Iterator[PluginSuggestion]:
    """An event keeps one opinion, several (for assignments), or a failure."""
    data: Mapping[str, Any] = event.data
    opinions = data.get("suggestions") or [data.get("suggestion") or {}]
    for told in opinions:
        yield PluginSuggestion(
            told=told,
            plugin=data["plugin"],
            subject=SuggestionSubject(data["hook"]),
            suggested_at=event.occurred_at,
            error=data.get("error"),
        )
