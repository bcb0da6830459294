"""Queue: tickets that meet conditions, as they come, change and leave."""

import asyncio
from collections.abc import AsyncGenerator, Iterable, Mapping, Sequence
from contextlib import aclosing
from dataclasses import dataclass
from typing import Annotated, Any
from uuid import UUID

import strawberry

from api.connections import LARGEST_PAGE
from api.context import Info
from api.fields import computed, stream
from api.identifiers import global_id
from api.operations.errors import Code, refusal
from api.operations.shared import Audience
from api.tickets.positions import Known, UnreadablePosition, read_position, written_position
from api.tickets.reads import NEWEST_FIRST, TicketFilter, TicketOrder, conditions, ordering_of
from api.tickets.types import Ticket
from foredesk.people.viewer import Viewer
from foredesk.ports import Notice
from foredesk.tickets import models
from foredesk.tickets.change import TOPIC
from foredesk.tickets.queries import visible_to

SETTLE_SECONDS = 0.05
"""What happens in such a time is told together."""

DEFAULT_LENGTH = 50


@strawberry.type(description="What has come, changed and gone in a queue since the last change.")
class QueueChange:
    entered: list[Ticket] = strawberry.field(description="Tickets that were not in the queue")
    changed: list[Ticket] = strawberry.field(
        description="Tickets that were in the queue and are not what they were"
    )
    left: list[strawberry.ID] = strawberry.field(
        description="IDs of tickets that are no longer in the queue"
    )
    order: list[strawberry.ID] = strawberry.field(
        description="IDs of all tickets that are in the queue now, in its order"
    )
    known: strawberry.Private[Known]
    origin: strawberry.Private[str] = ""
    audience: strawberry.Private[Audience | None] = None

    @computed(description="Place to go on from after a reconnect, for afterPosition")
    def position(self) -> str:
        return written_position(self.known)


@strawberry.type
class QueueSubscription:
    @stream(
        description="The first tickets of a queue, and again whatever comes, changes or leaves: "
        "what `tickets` with the same arguments would show, kept up to date"
    )
    async def queue_changed(
        self,
        info: Info,
        filter: Annotated[
            TicketFilter | None,
            strawberry.argument(description="Conditions that the tickets of the queue meet."),
        ] = strawberry.UNSET,
        order_by: Annotated[
            TicketOrder, strawberry.argument(description="Ordering of the queue.")
        ] = NEWEST_FIRST,
        first: Annotated[
            int,
            strawberry.argument(description="Number of tickets to keep in view, 1 to 100."),
        ] = DEFAULT_LENGTH,
        after_position: Annotated[
            str | None,
            strawberry.argument(
                description="Position of the last change that the client knows, to be told only "
                "what it does not know."
            ),
        ] = strawberry.UNSET,
    ) -> AsyncGenerator[QueueChange, None]:
        queue = _Queue(info, filter or None, order_by, _length(first))
        known = _known(after_position or None)
        notices: Any = info.context.desk.live.listen(TOPIC)
        async with aclosing(notices):
            now = await queue.read(known)
            yield queue.change(now, known, now.ids_of(known))
            known = now.known
            async for notice in notices:
                await asyncio.sleep(SETTLE_SECONDS)
                told = [notice, *notices.waiting()]
                now, audience = await queue.see(known, told)
                for origin, ids in _by_origin(now, known, told).items():
                    yield queue.change(now, known, ids, origin, audience)
                known = now.known


@dataclass(frozen=True, slots=True)
class _Now:
    """The queue at a moment: its tickets in order with their versions, and the rows of new ones."""

    known: Known
    rows: Mapping[UUID, models.Ticket]

    def ids_of(self, before: Known) -> list[UUID]:
        """What has come, changed or gone."""
        return [*self.rows, *(id for id in before if id not in self.known)]


class _Queue:
    def __init__(
        self, info: Info, filter: TicketFilter | None, order_by: TicketOrder, length: int
    ) -> None:
        self._context = info.context
        self._viewer = info.context.viewer
        self._conditions = conditions(filter)
        ordering = ordering_of(order_by)
        sign = "-" if ordering.descending else ""
        self._order = f"{sign}{ordering.column}", f"{sign}id"
        self._length = length
        self._name = repr((filter, order_by, length))

    async def see(self, known: Known, told: Sequence[Notice]) -> tuple[_Now, Audience | None]:
        """Read as the viewer is now; several streams of one person read and tell it once."""
        before, viewer = self._viewer, await self._context.standing.renew()
        self._viewer = viewer
        if viewer == before and not await self._is_touched(viewer, known, told):
            return _Now(known, {}), None
        versions = tuple((notice.kind, notice.id, notice.version) for notice in told)
        key = ("queue", self._name, viewer, tuple(known.items()), versions)
        if any(notice.kind == "resync" for notice in told):
            return await self._read(viewer, known), None
        now = await self._context.shared.once(key, lambda: self._read(viewer, known))
        return now, Audience(key, lambda: self._context.seen_by(viewer))

    async def read(self, known: Known) -> _Now:
        return await self._read(await self._context.standing.renew(), known)

    def change(
        self,
        now: _Now,
        before: Known,
        ids: Iterable[UUID],
        origin: str = "",
        audience: Audience | None = None,
    ) -> QueueChange:
        """What there is to say of some of the tickets."""
        shown = [id for id in ids if id in now.rows]
        return QueueChange(
            entered=[Ticket(row=now.rows[id]) for id in shown if id not in before],
            changed=[Ticket(row=now.rows[id]) for id in shown if id in before],
            left=[global_id("Ticket", id) for id in ids if id not in now.known],
            order=[global_id("Ticket", id) for id in now.known],
            known=now.known,
            origin=origin,
            audience=Audience((audience.key, origin), audience.make_context) if audience else None,
        )

    async def _is_touched(self, viewer: Viewer, known: Known, told: Sequence[Notice]) -> bool:
        """Whether any of it is, or comes, within the queue."""
        if any(notice.kind == "resync" for notice in told):
            return True
        ids = {UUID(notice.id) for notice in told}
        return (
            bool(ids & known.keys())
            or await visible_to(viewer).filter(**self._conditions).filter(id__in=list(ids)).exists()
        )

    async def _read(self, viewer: Viewer, known: Known) -> _Now:
        seen = visible_to(viewer)
        top = seen.filter(**self._conditions).order_by(*self._order).limit(self._length)
        pairs = await top.values_list("id", "version")
        news = [id for id, version in pairs if known.get(id) != version]
        rows = {row.id: row for row in await seen.filter(id__in=news)} if news else {}
        return _Now(
            {
                id: rows[id].version if id in rows else version
                for id, version in pairs
                if id in rows or known.get(id) == version
            },
            {id: rows[id] for id in news if id in rows},
        )


def _by_origin(now: _Now, before: Known, told: Sequence[Notice]) -> dict[str, list[UUID]]:
    """What has come, changed or gone, by the client whose act was the last of it.

    Its answer to that act was the ticket as it is now.
    """
    last = {notice.id: notice for notice in told}
    found: dict[str, list[UUID]] = {}
    for id in now.ids_of(before):
        notice = last.get(str(id))
        is_all = notice is not None and now.known.get(id, notice.version) == notice.version
        found.setdefault(notice.client if notice and is_all else "", []).append(id)
    return found


def _length(first: int) -> int:
    if not 1 <= first <= LARGEST_PAGE:
        raise refusal(f"first must be 1 to {LARGEST_PAGE}.", Code.BAD_USER_INPUT)
    return first


def _known(position: str | None) -> Known:
    try:
        return read_position(position) if position else {}
    except UnreadablePosition:
        message = "afterPosition is not the position of a change."
        raise refusal(message, Code.BAD_USER_INPUT) from None
