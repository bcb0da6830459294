"""Inputs: of which searches figures are wanted."""

from typing import Annotated

import strawberry

from api.tickets.inputs import optional
from api.tickets.reads import DateTimeRange
from foredesk.knowledge.models import SearchChannel
from foredesk.self_service.searches import Span


@strawberry.input(description="Conditions that the searches meet, all of them.")
class SearchFilter:
    searched_at: DateTimeRange | None = optional(
        "Time in which they began; the last 13 weeks where left out"
    )
    channels: list[SearchChannel] | None = optional(
        "Channels, any of which they came by; all but TICKET if left out"
    )
    locale: str | None = optional("Language that was searched in, such as en or de")


Filter = Annotated[
    SearchFilter | None,
    strawberry.argument(description="Conditions that the searches meet."),
]


def span_of(filter: SearchFilter | None) -> Span:
    if not filter:
        return Span()
    time = filter.searched_at or None
    return Span(
        since=(time.from_ or None) if time else None,
        until=(time.to or None) if time else None,
        channels=filter.channels or None,
        locale=filter.locale or None,
    )
