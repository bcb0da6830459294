"""`foredesk` with every event worked out for every socket: what sharing is measured against."""

from collections.abc import Awaitable, Callable, Hashable
from typing import Any

from api.operations.shared import Shared
from foredesk.__main__ import main


async def alone(self: Shared, key: Hashable, work: Callable[[], Awaitable[Any]]) -> Any:
    return await work()


if __name__ == "__main__":
    Shared.once = alone  # type: ignore[method-assign]
    main()
