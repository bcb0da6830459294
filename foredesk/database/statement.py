"""SQL by hand, for the few statements that the ORM cannot say."""

import re
from typing import Any

from tortoise.connection import get_connection


async def rows_of(statement: str, *values: Any) -> list[dict[str, Any]]:
    """Run it in the current transaction, if any. Parameters are `$1`, `$2`, on both databases."""
    client = get_connection("default")
    if client.capabilities.dialect == "sqlite":
        statement = re.sub(r"\$(\d+)", r"?\1", statement)
    return await client.execute_query_dict(statement, list(values))
