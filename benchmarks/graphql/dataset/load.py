"""Load: the whole desk into an empty database."""

import tempfile
from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime, timedelta
from itertools import islice
from pathlib import Path
from random import Random
from typing import Any
from uuid import UUID

from tortoise.connection import get_connection

from benchmarks.graphql.dataset.clocks import clock_row, notices, readings
from benchmarks.graphql.dataset.course import Courses, Event, Requester
from benchmarks.graphql.dataset.foundation import Foundation, lay_foundation
from benchmarks.graphql.dataset.identity import Identities
from benchmarks.graphql.dataset.scale import DAYS, Scale
from benchmarks.graphql.dataset.tables import Table
from foredesk.composition import open_desk
from foredesk.database.migrate import migrate
from foredesk.database.models import Counter
from foredesk.people.models import Person, RoleGrant
from foredesk.people.roles import Role
from foredesk.settings import Settings
from foredesk.sla.clock import Reading
from foredesk.sla.due_at import due_at
from foredesk.sla.models import TicketClock
from foredesk.sla.rulebook import Terms
from foredesk.sla.terms import terms_of
from foredesk.tickets.models import Ticket, TicketEvent
from foredesk.tickets.projection import apply

BATCH = 2_000
EVENT_COLUMNS = (
    "id", "ticket_id", "sequence", "kind", "occurred_at", "recorded_at", "data", "actor_id"
)  # fmt: skip


async def load_desk(url: str, scale: Scale) -> None:
    """Bring the empty database to our schema and fill it."""
    await migrate(url)
    begin = scale.until - timedelta(days=DAYS)
    with tempfile.TemporaryDirectory() as folder:
        settings = Settings(data_dir=Path(folder), database_url=url, log_level="WARNING")
        async with open_desk(settings, now=lambda: begin) as parts:
            foundation = await lay_foundation(parts.desk, scale)
            requesters = await _people(foundation, scale, begin)
            await _tickets(foundation, scale, begin, requesters)
            await Counter.create(name="ticket_number", value=scale.tickets)
            await _analyze()


async def _people(foundation: Foundation, scale: Scale, begin: datetime) -> list[Requester]:
    random, identities = Random(scale.seed), Identities(scale.seed)
    customers = foundation.customers
    people, grants, requesters = [], [], []
    for number in range(scale.people - await Person.all().count()):
        customer = customers[int(len(customers) * random.random() ** 1.7)]
        id = identities.at(begin)
        requesters.append(Requester(id, customer.id))
        email = f"person-{number}@{customer.slug}.example"
        people.append((id, f"Person {number}", email, begin, customer.id))
        grants.append((identities.at(begin), Role.REQUESTER, id))
    await Table(Person, ("id", "name", "email", "created_at", "organization_id")).append(people)
    await Table(RoleGrant, ("id", "role", "person_id")).append(grants)
    return requesters


async def _tickets(
    foundation: Foundation, scale: Scale, begin: datetime, requesters: list[Requester]
) -> None:
    terms = await terms_of([foundation.agreement_version.id])
    told = _told(foundation, scale, begin, requesters, terms)
    tickets, clocks = Table.whole(Ticket), Table.whole(TicketClock)
    events = Table(TicketEvent, EVENT_COLUMNS)
    identities = Identities(scale.seed + 1)
    while some := list(islice(told, BATCH)):
        await tickets.append_models(_projection(history, read) for history, read in some)
        await events.append(_event_row(identities, one) for history, _ in some for one in history)
        await clocks.append_models(
            clock_row(identities, history[0].ticket_id, reading, scale.until)
            for history, read in some
            for reading in read
        )


def _told(
    foundation: Foundation,
    scale: Scale,
    begin: datetime,
    requesters: list[Requester],
    terms: Mapping[UUID, Terms],
) -> Iterator[tuple[list[Event], list[Reading]]]:
    """Histories with their clocks: lopsided, but so many events in the end as the scale says."""
    random, identities = Random(scale.seed + 2), Identities(scale.seed + 3)
    courses = Courses(foundation, scale, random)
    apart = (scale.until - begin) / scale.tickets
    count = 0
    for number in range(1, scale.tickets + 1):
        opened_at = begin + (number - 0.5) * apart
        requester = requesters[int(len(requesters) * random.random() ** 1.3)]
        missing = number * scale.events / scale.tickets - count
        talk = min(int(random.expovariate(1 / max(missing - 7.5, 0.01))), 40)
        id = identities.at(opened_at)
        history = _numbered(courses.history(id, number, opened_at, requester, talk))
        read = readings(history, terms)
        history = _numbered(history + notices(id, read, scale.until))
        count += len(history)
        yield history, read


def _projection(history: list[Event], read: Sequence[Reading]) -> Ticket:
    ticket = Ticket(id=history[0].ticket_id, due_at=due_at(read))
    for event in history:
        apply(ticket, event)  # type: ignore[arg-type]  # it reads nothing else of an event
    return ticket


def _event_row(identities: Identities, event: Event) -> tuple[Any, ...]:
    at = event.occurred_at
    key = identities.at(at)
    return key, event.ticket_id, event.sequence, event.kind, at, at, event.data, event.actor_id


def _numbered(history: list[Event]) -> list[Event]:
    history.sort(key=lambda event: event.occurred_at)
    for sequence, event in enumerate(history, 1):
        event.sequence = sequence
    return history


async def _analyze() -> None:
    client: Any = get_connection("default")
    if client.capabilities.dialect == "sqlite":
        await client.execute_script("ANALYZE")
    else:
        await client.run(lambda connection: connection.execute("VACUUM ANALYZE"))
