"""SQL by hand, for the few statements that the ORM cannot say."""

import re
from functools import lru_cache
from typing import Any
from uuid import UUID

from tortoise.connection import get_connection
from tortoise.queryset import QuerySet


async def rows_of(statement: str, *values: Any) -> list[dict[str, Any]]:
    """Run it in the current transaction, if any. Parameters are `$1`, `$2`, on both databases."""
    client = get_connection("default")
    if client.capabilities.dialect != "sqlite":
        return await client.execute_query_dict(statement, list(values))
    as_kept = [str(value) if isinstance(value, UUID) else value for value in values]
    return await client.execute_query_dict(_with_question_marks(statement), as_kept)


@lru_cache(1024)
def _with_question_marks(statement: str) -> str:
    return re.sub(r"\$(\d+)", r"?\1", statement)


async def count_up_to(queryset: QuerySet[Any], most: int) -> int:
    """The number of rows, or `most` if there are more: the others are not even looked at."""
    part = queryset.only("id").limit(most)
    part._choose_db_if_not_chosen()
    part._make_query()
    inner, values = part.query.get_parameterized_sql()
    statement = f"SELECT COUNT(*) AS number FROM ({inner}) AS part"
    rows = await get_connection("default").execute_query_dict(statement, values)
    return int(rows[0]["number"])
