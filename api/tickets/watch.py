"""Watch: what happens to one ticket, as it happens."""

from collections.abc import AsyncGenerator, Sequence
from contextlib import aclosing
from dataclasses import dataclass
from typing import Annotated, Any
from uuid import UUID

import strawberry

from api.context import Info
from api.fields import stream
from api.identifiers import key_of
from api.operations.shared import Audience
from api.tickets.event import TicketEvent
from api.tickets.types import Ticket
from api.watching import Look, Seen, Watch, people_in
from foredesk.people.viewer import Viewer
from foredesk.ports import Notice
from foredesk.tickets import models
from foredesk.tickets.change import TOPIC
from foredesk.tickets.queries import history_of, visible_to

MOST_EVENTS = 100


@strawberry.type(description="Ticket as it is now, and what has happened to it since the last one.")
class TicketChange:
    ticket: Ticket = strawberry.field(description="The ticket as it is now")
    events: list[TicketEvent] = strawberry.field(
        description="What happened since the last change, oldest first, as far as the viewer "
        "may see; empty in the first one unless afterEvent was given. At most 100: more of them "
        "come in several changes"
    )
    origin: strawberry.Private[str] = ""
    audience: strawberry.Private[Audience | None] = None


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
        watch, known = Watch(info), after_event if isinstance(after_event, int) else None
        notices: Any = info.context.desk.live.listen(TOPIC)
        async with aclosing(notices):
            seen, _ = await watch.see(None, _looking(key, known))
            if seen is None:
                return
            for change in _changes(seen.value):
                yield change
            known = seen.value.version
            async for notice in notices:
                if not _is_news(notice, key, known):
                    continue
                seen, audience = await watch.see(
                    _name(notice, key, known), _looking(key, known, notice)
                )
                if seen is None:
                    return
                if seen.value.version > known:
                    for change in _changes(seen.value, _origin(notice, known), audience):
                        yield change
                    known = seen.value.version


@dataclass(frozen=True, slots=True)
class _News:
    """A ticket with its events up to a version."""

    ticket: models.Ticket
    events: Sequence[models.TicketEvent]
    version: int


def _is_news(notice: Notice, key: UUID, known: int) -> bool:
    if notice.kind == "resync":
        return True
    return notice.id == str(key) and notice.version > known


def _looking(key: UUID, known: int | None, notice: Notice | None = None) -> Look[_News]:
    until = notice.version if notice and notice.kind == "changed" else None
    return lambda viewer: _look(viewer, key, known, until)


async def _look(
    viewer: Viewer, key: UUID, known: int | None, until: int | None
) -> Seen[_News] | None:
    """Without `known` nothing is new; without `until` everything to the last event is."""
    ticket = await visible_to(viewer).filter(id=key).first()
    if ticket is None:
        return None
    version = min(until, ticket.version) if until else ticket.version
    events: Sequence[models.TicketEvent] = []
    if known is not None and known < version:
        since = history_of(viewer, ticket).filter(sequence__gt=known, sequence__lte=version)
        events = await since.order_by("sequence")
    data = [value for event in events for value in (event.actor_id, *event.data.values())]
    people = people_in([ticket.requester_id, ticket.assignee_id, *data])
    return Seen(_News(ticket, events, version), people)


def _changes(
    news: _News, origin: str = "", audience: Audience | None = None
) -> Sequence[TicketChange]:
    events = [TicketEvent.of(row) for row in news.events]
    starts = range(0, max(len(events), 1), MOST_EVENTS)
    return [
        TicketChange(
            ticket=Ticket(row=news.ticket),
            events=events[start : start + MOST_EVENTS],
            origin=origin,
            audience=audience if len(starts) == 1 else None,
        )
        for start in starts
    ]


def _origin(notice: Notice, known: int) -> str:
    """Whoever did all of it. Something may lie between that nobody told of."""
    return notice.client if notice.after == known else ""


def _name(notice: Notice, key: UUID, known: int) -> tuple[object, ...] | None:
    """What makes two listeners' events the same one."""
    if notice.kind == "resync" and not notice.version:
        return None
    return ("ticket", key, known, notice.kind, notice.version)
