"""Services of articles: named by those who write, as far as they see them."""

from uuid import UUID

from foredesk.catalog.models import Service, ServiceKind
from foredesk.catalog.offer import offer_service
from foredesk.desk import Desk
from foredesk.knowledge.article_services import name_services, visible_services
from foredesk.people.models import Organization
from foredesk.people.viewer import SYSTEM, Viewer
from tests.knowledge.desks import publish
from tests.people import make_agent, make_organization


async def offered(desk: Desk, key: str, organization: Organization | None = None) -> Service:
    return await offer_service(
        desk,
        SYSTEM,
        key=key,
        name=key.title(),
        kind=ServiceKind.TECHNICAL,
        organization=organization,
    )


async def names(viewer: Viewer, article_id: UUID) -> list[str]:
    return [one.name for one in (await visible_services(viewer, [article_id]))[article_id]]


async def test_what_the_author_does_not_see_stays(desk: Desk) -> None:
    acme, zenith = await make_organization(desk), await make_organization(desk)
    grace = await make_agent(desk, acme, name="Grace")
    mail, vpn = await offered(desk, "mail"), await offered(desk, "vpn", acme)
    theirs = await offered(desk, "badge", zenith)
    article = await publish(desk, "Access")
    await name_services(desk, SYSTEM, article_id=article.id, service_ids=[mail.id, theirs.id])

    await name_services(desk, grace, article_id=article.id, service_ids=[vpn.id])

    assert await names(grace, article.id) == ["Vpn"]
    assert await names(SYSTEM, article.id) == ["Badge", "Vpn"]
