"""Joined: rows of several tables in one round trip, for a query that never varies."""

from collections.abc import Sequence
from functools import cache
from typing import Any

from tortoise.models import Model

from foredesk.database.statement import rows_of


async def joined(tables: str, *values: Any, **models: type[Model]) -> list[tuple[Any, ...]]:
    """`joined("person p JOIN …  WHERE p.id = $1", id, p=Person, o=Organization)`.

    Each row is a tuple of instances in the order of the models, which are named by their alias.
    """
    statement, slices = _select(tables, tuple(models.items()))
    found = [list(row.values()) for row in await rows_of(statement, *values)]
    return [
        tuple(
            model._init_from_db(**dict(zip(columns, row[start:], strict=False)))
            for model, columns, start in slices
        )
        for row in found
    ]


@cache
def _select(
    tables: str, models: tuple[tuple[str, type[Model]], ...]
) -> tuple[str, Sequence[tuple[type[Model], tuple[str, ...], int]]]:
    wanted: list[str] = []
    slices = []
    for alias, model in models:
        columns = tuple(model._meta.fields_db_projection.values())
        slices.append((model, columns, len(wanted)))
        wanted += [f'{alias}."{name}" AS "{alias}_{name}"' for name in columns]
    return f"SELECT {', '.join(wanted)} FROM {tables}", slices
