"""Inputs: of which tickets and which time figures are wanted."""

from collections.abc import Sequence
from enum import StrEnum
from typing import Annotated
from uuid import UUID

import strawberry

from api.identifiers import keys_of
from api.tickets.inputs import optional
from api.tickets.reads import DateTimeRange
from foredesk.measures.selection import Selection
from foredesk.people.viewer import Viewer
from foredesk.sla.priority import Priority
from foredesk.tickets.models import TicketKind

USUAL_WINDOW = 14


@strawberry.input(description="Conditions that the measured tickets meet, all of them.")
class MeasuresFilter:
    decided_at: DateTimeRange | None = optional(
        "Time in which it was decided; the last 26 weeks where left out"
    )
    time_zone: str | None = optional(
        "Zone of days, weeks and months, such as Europe/Berlin; the viewer's own if left out"
    )
    organization_ids: list[strawberry.ID] | None = optional(
        "Organizations, any of which the ticket is from"
    )
    service_ids: list[strawberry.ID] | None = optional("Services, any of which it is about")
    team_ids: list[strawberry.ID] | None = optional("Teams, any of which has it now")
    categories: list[str] | None = optional("Categories, any of which it has")
    priorities: list[Priority] | None = optional("Priorities, any of which it has")
    kinds: list[TicketKind] | None = optional("Kinds, any of which it is")
    is_imported: bool | None = optional("True for tickets from another desk, false for the others")
    reopen_window_days: int = strawberry.field(
        default=USUAL_WINDOW,
        description="Days in which a solved ticket may come back to count as not solved",
    )


Filter = Annotated[
    MeasuresFilter | None,
    strawberry.argument(description="Conditions that the tickets meet."),
]


def selection_of(filter: MeasuresFilter | None, viewer: Viewer) -> Selection:
    """An ID of another kind matches nothing, as an unknown one does."""
    if not filter:
        return Selection(time_zone=viewer.time_zone)
    time = filter.decided_at or None
    return Selection(
        since=(time.from_ or None) if time else None,
        until=(time.to or None) if time else None,
        time_zone=filter.time_zone or viewer.time_zone,
        organization_ids=_keys("Organization", filter.organization_ids),
        service_ids=_keys("Service", filter.service_ids),
        team_ids=_keys("Team", filter.team_ids),
        categories=filter.categories or None,
        priorities=_values(filter.priorities),
        kinds=_values(filter.kinds),
        is_imported=None if filter.is_imported is strawberry.UNSET else filter.is_imported,
        reopen_window_days=filter.reopen_window_days,
    )


def _keys(kind: str, ids: list[strawberry.ID] | None) -> list[UUID] | None:
    return keys_of(kind, ids) if ids else None


def _values(chosen: Sequence[StrEnum] | None) -> list[str] | None:
    return [one.value for one in chosen] if chosen else None
