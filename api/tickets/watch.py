"""Watch: what happens to one ticket, as it happens."""

from collections.abc import AsyncGenerator
from contextlib import aclosing
from typing import Annotated, Any

import strawberry

from api.context import Info
from api.fields import stream
from api.identifiers import key_of
from api.loaders import Loaders
from api.tickets.events import TicketEvent, event_of
from api.tickets.types import Ticket
from foredesk.people.viewer import Viewer
from foredesk.tickets import models
from foredesk.tickets.change import TOPIC


@strawberry.type(description="Ticket as it is now, and what has happened to it since the last one.")
class TicketChange:
    ticket: Ticket = strawberry.field(description="The ticket as it is now")
    events: list[TicketEvent] = strawberry.field(
        description="What happened since the last change, oldest first, as far as the viewer "
        "may see; empty in the first one unless afterEvent was given"
    )


@strawberry.type
class TicketSubscription:
    @stream(
        description="The ticket as it is now, and again whenever something happens to it. "
        "It ends at once if there is no such ticket or it is not to be seen, and when it is "
        "no longer to be seen."
    )
    async def ticket_changed(
        self,
        info: Info,
        id: Annotated[strawberry.ID, strawberry.argument(description="ID of the ticket.")],
        after_event: Annotated[
            int | None,
            strawberry.argument(
                description="Sequence of the last event that the client knows, to go on from "
                "there after a reconnect."
            ),
        ] = strawberry.UNSET,
    ) -> AsyncGenerator[TicketChange, None]:
        key = key_of("Ticket", id)
        if key is None:
            return
        known = after_event if isinstance(after_event, int) else None
        notices: Any = info.context.desk.live.listen(TOPIC)
        async with aclosing(notices):
            ticket = await _read(info, key)
            if ticket is None:
                return
            known = ticket.version if known is None else known
            yield await _change(info, ticket, known)
            known = ticket.version
            async for notice in notices:
                if notice.kind != "resync" and notice.id != str(key):
                    continue
                ticket = await _read(info, key)
                if ticket is None:
                    return
                if ticket.version > known:
                    yield await _change(info, ticket, known)
                    known = ticket.version


async def _read(info: Info, key: Any) -> models.Ticket | None:
    """The ticket, if it is still the viewer's to see: asked anew for each event."""
    viewer = await info.context.standing.renew()
    return await _loaders(info, viewer).tickets.load(key)


async def _change(info: Info, ticket: models.Ticket, known: int) -> TicketChange:
    rows = await _loaders(info, info.context.viewer).histories.load(ticket)
    news = [event_of(row) for row in rows if row.sequence > known]
    return TicketChange(ticket=Ticket(row=ticket), events=news[-100:])


def _loaders(info: Info, viewer: Viewer) -> Loaders:
    return Loaders(info.context.desk, viewer)
