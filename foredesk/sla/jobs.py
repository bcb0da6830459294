"""Background work of service levels."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from foredesk.desk import Desk
from foredesk.ports import JobContext
from foredesk.sla.reproject import reproject_clocks


async def handle_reproject_clocks(
    desk: Desk, payload: Mapping[str, Any], context: JobContext
) -> None:
    """`reproject_clocks {"calendar_id"}`: repeating it changes nothing."""
    await reproject_clocks(UUID(payload["calendar_id"]))
