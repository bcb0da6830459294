"""Loaders: rows by key, many at once, and only those that the viewer may see."""

import asyncio
from collections.abc import Awaitable, Callable, Mapping, Sequence
from functools import cached_property
from typing import Any, TypeVar
from uuid import UUID

from strawberry.dataloader import DataLoader
from tortoise.models import Model
from tortoise.queryset import QuerySet

from foredesk.catalog import queries as catalog
from foredesk.catalog.models import Service
from foredesk.desk import Desk
from foredesk.knowledge import queries as knowledge
from foredesk.knowledge.feedback import Votes, votes
from foredesk.knowledge.models import Article
from foredesk.people.models import Organization, Person, Team
from foredesk.people.queries import visible_organizations, visible_people, visible_teams
from foredesk.people.viewer import Viewer
from foredesk.sla import queries as sla
from foredesk.sla.models import Agreement, AgreementVersion, TicketClock
from foredesk.surveys import queries as surveys
from foredesk.surveys.define import read_version
from foredesk.surveys.definition import Definition
from foredesk.surveys.models import Invitation, Survey
from foredesk.tickets import queries as tickets
from foredesk.tickets.models import Ticket, TicketArticle, TicketEvent
from foredesk.tickets.teach import questions_of
from foredesk.tickets.timelines import Ledgers, histories, ledgers

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


class Loaders:
    """For one operation or one event: what was read for one serves no other."""

    def __init__(self, desk: Desk, viewer: Viewer) -> None:
        self._desk = desk
        self._viewer = viewer

    @cached_property
    def people(self) -> Loader[UUID, Person | None]:
        return _by_id(visible_people(self._viewer))

    @cached_property
    def organizations(self) -> Loader[UUID, Organization | None]:
        return _by_id(visible_organizations(self._viewer))

    @cached_property
    def teams(self) -> Loader[UUID, Team | None]:
        return _by_id(visible_teams(self._viewer))

    @cached_property
    def services(self) -> Loader[UUID, Service | None]:
        return _by_id(catalog.visible_to(self._viewer))

    @cached_property
    def articles(self) -> Loader[UUID, Article | None]:
        return _by_id(knowledge.visible_to(self._viewer))

    @cached_property
    def translations(self) -> Loader[UUID, Sequence[Article]]:
        """By translation group, in the order of their languages."""

        async def read(groups: list[UUID]) -> Sequence[Sequence[Article]]:
            published = knowledge.published_for(self._viewer)
            rows = await published.filter(translation_group__in=groups).order_by("locale", "id")
            return [[row for row in rows if row.translation_group == group] for group in groups]

        return Loader(read)

    @cached_property
    def votes(self) -> Loader[UUID, Votes]:
        return _by_key(votes)

    @cached_property
    def questions(self) -> Loader[UUID, list[str]]:
        return _by_key(lambda ids: questions_of(self._viewer, ids))

    @cached_property
    def agreements(self) -> Loader[UUID, Agreement | None]:
        return _by_id(sla.visible_to(self._viewer))

    @cached_property
    def agreements_by_version(self) -> Loader[UUID, Agreement | None]:
        async def read(ids: list[UUID]) -> Sequence[Agreement | None]:
            owners = await sla.agreements_of_versions(ids)
            rows = await sla.visible_to(self._viewer).filter(id__in=list(set(owners.values())))
            found = {row.id: row for row in rows}
            return [found.get(owners.get(id, id)) for id in ids]

        return Loader(read)

    @cached_property
    def versions_in_force(self) -> Loader[UUID, AgreementVersion | None]:
        async def read(ids: list[UUID]) -> Sequence[AgreementVersion | None]:
            found = await sla.versions_in_force(ids, self._desk.now())
            return [found.get(id) for id in ids]

        return Loader(read)

    @cached_property
    def tickets(self) -> Loader[UUID, Ticket | None]:
        return _by_id(tickets.visible_to(self._viewer))

    @cached_property
    def histories(self) -> Loader[Ticket, Sequence[TicketEvent]]:
        """Events of visible tickets, internal ones only for those who serve them."""

        async def read(rows: list[Ticket]) -> Sequence[Sequence[TicketEvent]]:
            found = await histories(self._viewer, rows)
            return [found[ticket.id] for ticket in rows]

        return Loader(read, cache_key_fn=lambda ticket: ticket.id)

    @cached_property
    def article_links(self) -> Loader[UUID, Sequence[TicketArticle]]:
        return _by_key(lambda ids: tickets.article_links_of(ids))

    @cached_property
    def clocks(self) -> Loader[UUID, Sequence[TicketClock]]:
        return _by_key(sla.clocks_of)

    @cached_property
    def ledgers(self) -> Loader[UUID, Ledgers]:
        return _by_key(lambda ids: ledgers(ids, self._desk.now()))

    @cached_property
    def surveys(self) -> Loader[UUID, Survey | None]:
        return _by_id(surveys.visible_to(self._viewer))

    @cached_property
    def invitations(self) -> Loader[UUID, Invitation | None]:
        return _by_id(surveys.visible_invitations(self._viewer))

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
