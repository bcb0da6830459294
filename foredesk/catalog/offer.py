"""Offer: put a service into the catalog."""

import re
from uuid import UUID

from foredesk.catalog.models import Service, ServiceKind
from foredesk.database import transaction
from foredesk.desk import Desk
from foredesk.errors import InvalidInput, NotPermitted
from foredesk.people.models import Organization
from foredesk.people.policy import Act, require
from foredesk.people.viewer import Viewer

_KEY = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")


async def offer_service(
    desk: Desk,
    viewer: Viewer,
    *,
    key: str,
    name: str,
    kind: ServiceKind,
    description: str = "",
    organization: Organization | None = None,
) -> Service:
    """Offer a service to one organization, or to all without one, which is for administrators.

    Raises InvalidInput when the key is malformed or taken or the name is blank.
    """
    _require_for(viewer, organization)
    name = " ".join(name.split())
    if len(key) > 64 or not _KEY.fullmatch(key):
        raise InvalidInput("key", "Use lower-case letters, digits and single hyphens.")
    if not 0 < len(name) <= 120:
        raise InvalidInput("name", "Use 1 to 120 characters.")
    async with transaction():
        if await Service.exists(key=key):
            raise InvalidInput("key", "Another service has this key.")
        return await Service.create(
            key=key,
            name=name,
            kind=kind,
            description=description.strip(),
            organization_id=organization.id if organization else None,
        )


class _Of:
    def __init__(self, organization_id: UUID) -> None:
        self.organization_id = organization_id


def _require_for(viewer: Viewer, organization: Organization | None) -> None:
    if organization is not None:
        require(viewer, Act.MANAGE_CATALOG, _Of(organization.id))
    elif not viewer.is_administrator:
        raise NotPermitted("Only administrators may offer something to everybody.")
