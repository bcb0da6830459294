"""Many rows, made by the database itself out of the few that there are."""

from typing import Any

from tortoise.connection import get_connection
from tortoise.models import Model

from foredesk.knowledge.models import Article
from foredesk.people.models import Person
from foredesk.sla.models import TicketClock
from foredesk.tickets.models import Ticket, TicketEvent

KEY = {
    "postgres": "('00000000-0000-4000-8000-' || lpad(to_hex({n}), 12, '0'))::uuid",
    "sqlite": "printf('00000000-0000-4000-8000-%012x', {n})",
}
TIME = {
    "postgres": "timestamptz '2025-01-01 00:00:00+00' + n * interval '1 minute'",
    "sqlite": "strftime('%Y-%m-%d %H:%M:%S+00:00', '2025-01-01', n || ' minutes')",
}
NUMBERS = {
    "postgres": "generate_series(1, {most}) AS made(n)",
    "sqlite": "(WITH RECURSIVE made(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM made "
    "WHERE n < {most}) SELECT n FROM made) made",
}
PEOPLE = 40_000
"""So many that PostgreSQL would rather look up a page of them than read them all."""


async def grow(tickets: int = 20_000) -> None:
    """So many tickets among 40,000 people, with an event and a clock each, and 4,000 articles."""
    dialect = get_connection("default").capabilities.dialect
    at = TIME[dialect]

    def key(n: str) -> str:
        return KEY[dialect].format(n=n)

    await _copy(Person, PEOPLE, {"id": key("n"), "email": "source.email || n"}, one=True)
    named = {"slug": "source.slug || n", "title": "source.title || n", "source_path": "NULL"}
    written = {"created_at": at, "updated_at": at, "id": key("n")}
    await _copy(Article, 4000, {**named, **written}, one=True)
    each = tickets // await Ticket.all().count()
    changes = {"number": "n * 100 + source.number", "id": key("n * 100 + source.number")}
    changes |= {"requester_id": key(f"1 + n % {PEOPLE}"), "opened_at": at, "updated_at": at}
    await _copy(Ticket, each, {**changes, "external_key": "NULL"})
    for model in (TicketEvent, TicketClock):
        await _copy_for_each_ticket(model)
    await get_connection("default").execute_query("ANALYZE")


async def _copy(
    model: type[Model], times: int, changes: dict[str, str], *, one: bool = False
) -> None:
    numbers = NUMBERS[get_connection("default").capabilities.dialect].format(most=times)
    rows = f'(SELECT * FROM "{model._meta.db_table}" ORDER BY id{" LIMIT 1" if one else ""})'
    await _insert(model, changes, f"{rows} source CROSS JOIN {numbers}")


async def _copy_for_each_ticket(model: type[Model]) -> None:
    table = model._meta.db_table
    one = f'(SELECT * FROM "{table}" ORDER BY id LIMIT 1) source'
    without = f'SELECT id FROM ticket WHERE id NOT IN (SELECT ticket_id FROM "{table}")'
    await _insert(
        model, {"id": "made.id", "ticket_id": "made.id"}, f"{one} CROSS JOIN ({without}) made"
    )


async def _insert(model: type[Model], changes: dict[str, str], source: str) -> None:
    columns: list[Any] = list(model._meta.fields_db_projection.values())
    values = ", ".join(changes.get(column, f'source."{column}"') for column in columns)
    names = ", ".join(f'"{column}"' for column in columns)
    into = f'INSERT INTO "{model._meta.db_table}" ({names})'
    await get_connection("default").execute_query(f"{into} SELECT {values} FROM {source}")
