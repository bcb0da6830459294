import pytest

from foredesk.catalog.models import Service, ServiceKind
from foredesk.catalog.offer import offer_service
from foredesk.desk import Desk
from foredesk.errors import NotPermitted
from foredesk.people.models import Organization
from foredesk.people.roles import Role
from foredesk.people.viewer import SYSTEM, Viewer
from tests.people import make_agent, make_organization


async def test_managers_offer_to_whom_they_serve_and_administrators_to_all(desk: Desk) -> None:
    acme, zenith = await make_organization(desk), await make_organization(desk)
    manager = await make_agent(desk, acme, role=Role.CUSTOMER_SERVICE_MANAGER)

    async def offer(viewer: Viewer, key: str, to: Organization | None) -> Service:
        kind = ServiceKind.TECHNICAL
        return await offer_service(desk, viewer, key=key, name="Mail", kind=kind, organization=to)

    assert (await offer(manager, "acme-mail", acme)).organization_id == acme.id
    for to in (zenith, None):
        with pytest.raises(NotPermitted):
            await offer(manager, "mail", to)
    assert (await offer(SYSTEM, "mail", None)).organization_id is None
