"""Whose tickets a viewer may see figures of, as conditions of a statement."""

from typing import Any

from tortoise.expressions import Q

from foredesk.errors import NotPermitted
from foredesk.people.roles import Role, Scope
from foredesk.people.viewer import Viewer
from foredesk.tickets.queries import handled_by


def sees_measures(viewer: Viewer) -> bool:
    """Agents, and coordinators of organizations that show them all their requests."""
    return viewer.reads(Scope.TICKETS) and (viewer.is_agent or _coordinates(viewer))


def measured_for(viewer: Viewer, path: str = "") -> Q:
    """Agents: the tickets that they handle. Coordinators: their organization's, but none that a
    confidential team has. `path` leads to the ticket. Raises NotPermitted for everybody else.
    """
    if not sees_measures(viewer):
        raise NotPermitted()
    if viewer.is_system:
        return Q()
    own: dict[str, Any] = {
        f"{path}organization_id": viewer.organization_id,
        f"{path}is_confidential": False,
    }
    if not viewer.is_agent:
        return Q(**own)
    theirs = handled_by(viewer, path)
    return theirs | Q(**own) if _coordinates(viewer) else theirs


def _coordinates(viewer: Viewer) -> bool:
    return viewer.sees_whole_organization and Role.ORGANIZATION_COORDINATOR in viewer.roles
