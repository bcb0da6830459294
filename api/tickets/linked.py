"""Linked: events that lead from one ticket to another, or to other people."""

from typing import TYPE_CHECKING, Annotated

import strawberry

from api.context import Info
from api.fields import computed, member, shown
from api.people import Organization, Person
from api.tickets.event import TicketEvent

if TYPE_CHECKING:
    from api.tickets.types import Ticket

OtherTicket = Annotated["Ticket", strawberry.lazy("api.tickets.types")]


async def _ticket(event: TicketEvent, info: Info, name: str) -> "Ticket | None":
    from api.tickets.types import Ticket

    return await shown(info, Ticket, event._named(name))  # type: ignore[no-any-return]


@strawberry.type(description="The ticket is another person's or organization's since.")
class TicketMoved(TicketEvent):
    @computed(description="Person whom it is for since; null if hidden")
    async def requester(self, info: Info) -> Person | None:
        return await self._person(info, "requester_id")

    @computed(description="Organization that it belongs to since; null if hidden")
    async def organization(self, info: Info) -> Organization | None:
        key = self._named("organization_id")
        return await shown(info, Organization, key)  # type: ignore[no-any-return]

    @computed(description="Person whom it was for; null unless the viewer handles the ticket")
    async def previous_requester(self, info: Info) -> Person | None:
        return (
            await self._person(info, "from_requester_id") if await self._is_handled(info) else None
        )

    @computed(
        description="Organization that it belonged to; null unless the viewer handles the ticket"
    )
    async def previous_organization(self, info: Info) -> Organization | None:
        if not await self._is_handled(info):
            return None
        key = self._named("from_organization_id")
        return await shown(info, Organization, key)  # type: ignore[no-any-return]

    @computed(description="Why it was moved; empty unless the viewer handles the ticket")
    async def reason(self, info: Info) -> str:
        return str(self.row.data["reason"]) if await self._is_handled(info) else ""


@strawberry.type(description="A part of the ticket became a ticket of its own.")
class TicketSplit(TicketEvent):
    message_sequence: int | None = member(
        "message_sequence",
        description="Sequence of the reply that it was made of; null if it was none",
    )

    @computed(description="The new ticket; null if hidden")
    async def part(self, info: Info) -> OtherTicket | None:
        return await _ticket(self, info, "part_id")


@strawberry.type(description="The ticket was merged into another, which goes on for both.")
class TicketMerged(TicketEvent):
    @computed(description="Ticket that it was merged into; null if hidden")
    async def into(self, info: Info) -> OtherTicket | None:
        return await _ticket(self, info, "into_id")


@strawberry.type(description="The ticket is again one of its own.")
class TicketUnmerged(TicketEvent):
    @computed(description="Ticket that it was merged into; null if hidden")
    async def out_of(self, info: Info) -> OtherTicket | None:
        return await _ticket(self, info, "into_id")


@strawberry.type(description="Another ticket was merged into this one; only agents see it.")
class OtherTicketMerged(TicketEvent):
    @computed(description="The other ticket; null if hidden")
    async def other(self, info: Info) -> OtherTicket | None:
        return await _ticket(self, info, "other_id")


@strawberry.type(
    description="A ticket that was merged into this one was taken out; only agents see it."
)
class OtherTicketUnmerged(TicketEvent):
    @computed(description="The other ticket; null if hidden")
    async def other(self, info: Info) -> OtherTicket | None:
        return await _ticket(self, info, "other_id")


@strawberry.type(
    description="The requester of a ticket that is merged into this one wrote; only agents see it."
)
class MessageForwarded(TicketEvent):
    body: str = member(
        "body", description="Text of the message; empty where a confidential team keeps it"
    )

    @computed(description="Ticket that it was written to; null if hidden")
    async def other(self, info: Info) -> OtherTicket | None:
        return await _ticket(self, info, "other_id")


@strawberry.type(description="The ticket that this one is merged into was solved.")
class SolvedElsewhere(TicketEvent):
    resolution: str = member(
        "resolution", description="Text of the solution; empty where a confidential team keeps it"
    )

    @computed(description="Ticket that was solved; null if hidden")
    async def solved(self, info: Info) -> OtherTicket | None:
        return await _ticket(self, info, "into_id")
