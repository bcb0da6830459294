"""Organizations: what is said of them, and whose requests their people see."""

from uuid import UUID

from foredesk.database import transaction
from foredesk.desk import Desk
from foredesk.errors import NotFound
from foredesk.people.history import note
from foredesk.people.idempotency import Once
from foredesk.people.lines import locale_tag, name_line, zone_name
from foredesk.people.models import Organization, PeopleEventKind, RequestVisibility
from foredesk.people.policy import Act, require
from foredesk.people.queries import visible_organizations
from foredesk.people.versions import changed
from foredesk.people.viewer import Viewer


async def change_organization(
    desk: Desk,
    viewer: Viewer,
    *,
    organization_id: UUID,
    name: str | None = None,
    locale: str | None = None,
    time_zone: str | None = None,
    request_visibility: RequestVisibility | None = None,
    expected_version: int | None = None,
    once: Once | None = None,
) -> Organization:
    """None keeps what is there. A visibility counts from the next thing anybody reads.

    Raises NotFound, NotPermitted, InvalidInput and StaleVersion.
    """
    wanted = {
        "name": None if name is None else name_line("name", name),
        "locale": None if locale is None else locale_tag(locale),
        "time_zone": None if time_zone is None else zone_name(time_zone),
        "request_visibility": request_visibility,
    }
    async with transaction():
        organization = await one_organization(viewer, organization_id)
        require(viewer, Act.MANAGE_PEOPLE)
        changes = await changed(organization, wanted, expected_version)
        if changes:
            kind = PeopleEventKind.ORGANIZATION_CHANGED
            await note(desk, viewer, kind, organization=organization, changes=changes)
        if once is not None:
            await once.remember(organization.id)
    return organization


async def one_organization(
    viewer: Viewer, organization_id: UUID, field: str = "organizationId"
) -> Organization:
    """Locked for the caller's transaction. Raises NotFound."""
    visible = visible_organizations(viewer).filter(id=organization_id)
    organization = await visible.select_for_update().first()
    if organization is None:
        raise NotFound(field)
    return organization
