"""Each: do something to many rows, so that one that fails keeps no other from its turn."""

import logging
from collections.abc import Awaitable, Callable, Iterable
from functools import partial
from typing import TypeVar

from tortoise.exceptions import DBConnectionError

from foredesk.database import retry

T = TypeVar("T")
R = TypeVar("R")
logger = logging.getLogger(__name__)


async def each(what: str, rows: Iterable[T], act: Callable[[T], Awaitable[R]]) -> list[R]:
    """What came of those that did not fail; the failures are logged and left for the next sweep.

    Raises DBConnectionError, as there is no use in going on without a database.
    """
    results = []
    for row in rows:
        try:
            results.append(await retry(partial(act, row)))
        except DBConnectionError:
            raise
        except Exception:
            logger.exception("%s failed for %r and is tried again", what, row)
    return results
