"""Loaders: rows by key, many at once, and only those that the viewer may see."""

import asyncio
from collections.abc import Awaitable, Callable, Mapping, Sequence
from functools import cached_property
from typing import Any, TypeVar
from uuid import UUID

from strawberry.dataloader import DataLoader
from tortoise.models import Model
from tortoise.queryset import QuerySet

from api.rows import model_of
from foredesk.catalog.models import Service
from foredesk.desk import Desk
from foredesk.knowledge import queries as knowledge
from foredesk.knowledge.article_services import visible_services
from foredesk.knowledge.feedback import Votes, votes
from foredesk.knowledge.models import Article
from foredesk.people import queries as people
from foredesk.people.absence import absences_of
from foredesk.people.models import Absence, Organization, Person, Team
from foredesk.people.roles import Role
from foredesk.people.viewer import Viewer
from foredesk.sla import queries as sla
from foredesk.sla.ledger import Ledgers
from foredesk.sla.models import AgreementVersion, TicketClock
from foredesk.sla.rulebook import Terms
from foredesk.sla.terms import terms_of
from foredesk.surveys import queries as surveys
from foredesk.surveys.define import read_version
from foredesk.surveys.definition import Definition
from foredesk.tickets.clock_queries import finished_cycles
from foredesk.tickets.models import Ticket, TicketArticle, TicketEvent
from foredesk.tickets.queries import handled_among
from foredesk.tickets.reuse import open_flags, reuse_counts
from foredesk.tickets.teach import questions_of
from foredesk.tickets.timelines import histories, ledgers

K = TypeVar("K")
M = TypeVar("M", bound=Model)
V = TypeVar("V")


class Loader(DataLoader[K, V]):
    """Whoever stops waiting for a row leaves the others who wait for it alone.

    graphql-core cancels the fields beside one that failed; without the shield, it would cancel
    the row that they share with fields elsewhere, and with those the whole operation.
    """

    def load(self, key: K) -> Awaitable[V]:
        return asyncio.shield(super().load(key))


async def each(loader: Loader[K, V], keys: Sequence[K | None]) -> list[V | None]:
    """What is loaded for each key, and None where there is none; the same key is asked for once."""
    wanted = list(dict.fromkeys(key for key in keys if key))
    found = dict(zip(wanted, await loader.load_many(wanted), strict=True))
    return [found[key] if key else None for key in keys]


class Loaders:
    """For one operation or one event: what was read for one serves no other."""

    def __init__(self, desk: Desk, viewer: Viewer) -> None:
        self._desk = desk
        self._viewer = viewer
        self._made: dict[Any, Loader[UUID, Any]] = {}

    def of(self, kind: Any) -> Loader[UUID, Any]:
        """Rows by key, behind objects of this kind."""
        return self._once((kind,), lambda: _by_id(kind.visible(self._viewer)))

    def column(self, model: type[Model], name: str) -> Loader[UUID, Any]:
        """One column of rows by key; read what it refers to only as the viewer may."""

        async def read(ids: list[UUID]) -> Sequence[Any]:
            found = dict(await model.filter(id__in=ids).values_list("id", name))
            return [found.get(id) for id in ids]

        return self._once((model, name), lambda: Loader(read))

    def referring(self, kind: Any, by: str, order: tuple[str, ...]) -> Loader[UUID, Sequence[Any]]:
        """Rows behind objects of this kind, by the column that refers to a visible row."""

        async def read(ids: list[UUID]) -> Sequence[Sequence[Any]]:
            seen = kind.visible(self._viewer) if kind.visible else model_of(kind).all()
            found: dict[UUID, list[Any]] = {id: [] for id in ids}
            for row in await seen.filter(**{f"{by}__in": ids}).order_by(*order):
                found[getattr(row, by)].append(row)
            return [found[id] for id in ids]

        return self._once((kind, by, order), lambda: Loader(read))

    def _once(self, key: Any, make: Callable[[], Loader[UUID, Any]]) -> Loader[UUID, Any]:
        if key not in self._made:
            self._made[key] = make()
        return self._made[key]

    @cached_property
    def translations(self) -> Loader[UUID, Sequence[Article]]:
        """By translation group, in the order of their languages."""

        async def read(groups: list[UUID]) -> Sequence[Sequence[Article]]:
            published = knowledge.published_for(self._viewer)
            rows = await published.filter(translation_group__in=groups).order_by("locale", "id")
            return [[row for row in rows if row.translation_group == group] for group in groups]

        return Loader(read)

    @cached_property
    def roles(self) -> Loader[UUID, list[Role]]:
        return _by_key(people.roles_of)

    @cached_property
    def teams_of(self) -> Loader[UUID, list[Team]]:
        """By person."""
        return _by_key(lambda ids: people.teams_of(self._viewer, ids))

    @cached_property
    def members(self) -> Loader[UUID, list[Person]]:
        """By team."""
        return _by_key(lambda ids: people.members_of(self._viewer, ids))

    @cached_property
    def customers(self) -> Loader[UUID, list[Organization]]:
        """By team."""
        return _by_key(lambda ids: people.customers_of(self._viewer, ids))

    @cached_property
    def absences(self) -> Loader[UUID, list[Absence]]:
        """By person, those that last or are to come."""
        return _by_key(lambda ids: absences_of(self._viewer, ids, self._desk.now()))

    @cached_property
    def services(self) -> Loader[UUID, list[Service]]:
        """By article."""
        return _by_key(lambda ids: visible_services(self._viewer, ids))

    @cached_property
    def votes(self) -> Loader[UUID, Votes]:
        return _by_key(votes)

    @cached_property
    def questions(self) -> Loader[UUID, list[str]]:
        return _by_key(lambda ids: questions_of(self._viewer, ids))

    @cached_property
    def reuse_counts(self) -> Loader[UUID, int]:
        """By article, how many tickets it served."""
        return _by_key(reuse_counts)

    @cached_property
    def flags(self) -> Loader[UUID, list[TicketArticle]]:
        """By article, what is said to be wrong with it, in tickets that the viewer handles."""
        return _by_key(lambda ids: open_flags(self._viewer, ids))

    @cached_property
    def versions_in_force(self) -> Loader[UUID, AgreementVersion | None]:
        async def read(ids: list[UUID]) -> Sequence[AgreementVersion | None]:
            found = await sla.versions_in_force(ids, self._desk.now())
            return [found.get(id) for id in ids]

        return Loader(read)

    @cached_property
    def histories(self) -> Loader[Ticket, Sequence[TicketEvent]]:
        """Events of visible tickets, internal ones only for those who serve them."""

        async def read(rows: list[Ticket]) -> Sequence[Sequence[TicketEvent]]:
            found = await histories(self._viewer, rows)
            return [found[ticket.id] for ticket in rows]

        return Loader(read, cache_key_fn=lambda ticket: ticket.id)

    @cached_property
    def handled(self) -> Loader[UUID, bool]:
        """By ticket, whether the viewer is among those who handle it."""
        return _by_key(lambda ids: handled_among(self._viewer, ids))

    @cached_property
    def ledgers(self) -> Loader[UUID, Ledgers]:
        return _by_key(lambda ids: ledgers(ids, self._desk.now()))

    @cached_property
    def finished_cycles(self) -> Loader[UUID, Sequence[TicketClock]]:
        """By ticket, cycles of its clocks that are over."""
        return _by_key(finished_cycles)

    @cached_property
    def terms(self) -> Loader[UUID, Terms]:
        """By version of an agreement."""
        return _by_key(terms_of)

    @cached_property
    def newest_definitions(self) -> Loader[UUID, Definition | None]:
        """What each visible survey asks now; None for a draft."""

        async def read(ids: list[UUID]) -> Sequence[Definition | None]:
            found = await surveys.newest_versions(ids)
            return [read_version(found[id]) if id in found else None for id in ids]

        return Loader(read)

    @cached_property
    def definitions(self) -> Loader[UUID, Definition]:
        """By version; ask only for those of visible invitations."""

        async def read(ids: list[UUID]) -> Sequence[Definition]:
            found = await surveys.versions_by_id(ids)
            return [read_version(found[id]) for id in ids]

        return Loader(read)


def _by_id(visible: QuerySet[M]) -> Loader[UUID, M | None]:
    async def read(ids: list[UUID]) -> Sequence[M | None]:
        rows: list[Any] = await visible.filter(id__in=ids)
        found = {row.id: row for row in rows}
        return [found.get(id) for id in ids]

    return Loader(read)


def _by_key(
    read_all: Callable[[Sequence[UUID]], Awaitable[Mapping[UUID, V]]],
) -> Loader[UUID, V]:
    async def read(keys: list[UUID]) -> Sequence[V]:
        found = await read_all(keys)
        return [found[key] for key in keys]

    return Loader(read)
