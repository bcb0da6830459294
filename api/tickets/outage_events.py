"""Outage events: what happened to a ticket's reason for outage, and to its estimates."""

from datetime import datetime

import strawberry

from api.context import Info
from api.fields import computed, member, shown
from api.outages.types import OutageAction
from api.tickets.event import TicketEvent


@strawberry.type(
    description="The estimated time of repair passed without a solution; only agents see it."
)
class EstimateOverdue(TicketEvent):
    @computed(description="Timestamp of what had been promised")
    def due_at(self) -> datetime:
        return datetime.fromisoformat(str(self.row.data["due_at"]))


@strawberry.type(description="A reason for outage was drafted; only agents see it.")
class OutageReportDrafted(TicketEvent):
    version: int = member("version", description="Version of the report")


@strawberry.type(description="The reason for outage was revised; only agents see it.")
class OutageReportRevised(TicketEvent):
    version: int = member("version", description="Version of the report")


@strawberry.type(description="The draft of the reason for outage was given up; only agents see it.")
class OutageReportDiscarded(TicketEvent):
    pass


@strawberry.type(description="The reason for outage was sent to the customer.")
class OutageReportSent(TicketEvent):
    version: int = member("version", description="Version of the report")


@strawberry.type(description="The customer accepted the reason for outage.")
class OutageReportAccepted(TicketEvent):
    version: int = member("version", description="Version of the report")
    comment: str = member("comment", description="What they said about it; may be empty")


@strawberry.type(description="The customer refused the reason for outage: it is in work again.")
class OutageReportRefused(TicketEvent):
    version: int = member("version", description="Version of the report")
    reason: str = member("reason", description="What is missing or wrong")


@strawberry.type(
    description="Something was done that the reason for outage promises; only agents see it."
)
class OutageActionCompleted(TicketEvent):
    @computed(description="What was done; null if hidden")
    async def action(self, info: Info) -> OutageAction | None:
        return await shown(info, OutageAction, self._named("action_id"))  # type: ignore[no-any-return]
