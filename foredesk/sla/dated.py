"""Dated: what calendars and agreements have in common, which are both kept in dated versions."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from foredesk.desk import Desk
from foredesk.errors import InvalidInput, NotPermitted
from foredesk.people.policy import Act, require
from foredesk.people.viewer import Viewer

NAME_LIMIT = 120


def require_for(viewer: Viewer, organization_id: UUID | None) -> None:
    """Raises NotPermitted unless the viewer may promise this organization something; None: all."""
    if organization_id is not None:
        require(viewer, Act.MANAGE_AGREEMENTS, _Promise(organization_id))
    elif not viewer.is_administrator:
        raise NotPermitted("Only administrators may promise something to everybody.")


def cleaned_name(name: str) -> str:
    """Raises InvalidInput."""
    name = " ".join(name.split())
    if not 0 < len(name) <= NAME_LIMIT or not name.isprintable():
        raise InvalidInput("name", f"Give it a name of at most {NAME_LIMIT} characters.")
    return name


def start_of(desk: Desk, valid_from: datetime | None, newest: datetime) -> datetime:
    """When a version begins: now, or as given. Raises InvalidInput for what is past."""
    now = desk.now()
    start = valid_from or now
    if start < now or start <= newest:
        raise InvalidInput("validFrom", "Begin now or later, and after the newest version.")
    return start


@dataclass(slots=True)
class _Promise:
    """What the policy wants to know: to whom."""

    organization_id: UUID
