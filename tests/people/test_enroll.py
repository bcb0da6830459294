import pytest

from foredesk.desk import Desk
from foredesk.errors import InvalidInput, NotPermitted
from foredesk.people.enroll import enroll_person, register_organization
from foredesk.people.models import Organization, Person, RoleGrant
from foredesk.people.queries import visible_organizations, visible_people
from foredesk.people.roles import Role
from foredesk.people.viewer import ANONYMOUS, SYSTEM, viewer_of
from tests.people import make_agent, make_organization, make_person, make_requester


async def test_a_second_person_with_the_same_address_is_refused_and_nothing_is_kept(
    desk: Desk,
) -> None:
    acme = await make_organization(desk)
    await make_person(desk, acme, email="ada@example.org")

    with pytest.raises(InvalidInput) as refusal:
        await enroll_person(
            desk, SYSTEM, organization=acme, name="Other Ada", email="ADA@example.org"
        )

    assert refusal.value.field == "email"
    assert await Person.all().count() == 1
    assert await RoleGrant.all().count() == 1


@pytest.mark.parametrize(
    "email",
    [
        "",
        "ada",
        "ada@",
        "a b@example.org",
        "a@b\x00.org",
        "x@y",
        "a,b@c.de",
        "<a@b.de>",
        "a;b@c.de",
    ],
)
async def test_an_address_that_is_none_is_refused(desk: Desk, email: str) -> None:
    acme = await make_organization(desk)

    with pytest.raises(InvalidInput):
        await enroll_person(desk, SYSTEM, organization=acme, name="Ada", email=email)


@pytest.mark.parametrize("slug", ["", "Acme", "a b", "-acme", "ä", "x" * 65])
async def test_an_unusable_slug_is_refused(desk: Desk, slug: str) -> None:
    with pytest.raises(InvalidInput):
        await register_organization(desk, SYSTEM, slug=slug, name="Acme")

    assert not await Organization.exists()


async def test_an_unknown_time_zone_is_refused(desk: Desk) -> None:
    for zone in ("Europe/Atlantis", "../etc/passwd", ""):
        with pytest.raises(InvalidInput) as refusal:
            await register_organization(desk, SYSTEM, slug="acme", name="Acme", time_zone=zone)
        assert refusal.value.field == "timeZone"


async def test_only_administrators_enroll_people(desk: Desk) -> None:
    acme = await make_organization(desk)
    manager = await viewer_of(await make_person(desk, acme, Role.CUSTOMER_SERVICE_MANAGER))

    with pytest.raises(NotPermitted):
        await enroll_person(desk, manager, organization=acme, name="Eve", email="eve@example.org")


async def test_people_see_those_they_have_to_do_with(desk: Desk) -> None:
    acme, zenith = await make_organization(desk), await make_organization(desk)
    ada = await make_requester(desk, acme, "Ada")
    await make_requester(desk, acme, "Bob")
    zoe = await make_requester(desk, zenith, "Zoe")
    grace = await make_agent(desk, acme, name="Grace")

    async def names(viewer: object) -> list[str]:
        return [person.name for person in await visible_people(viewer)]

    assert await names(ada) == ["Ada", "Grace"]
    assert await names(zoe) == ["Zoe"]
    assert await names(grace) == ["Ada", "Bob", "Grace"]
    assert await names(ANONYMOUS) == []
    assert await names(SYSTEM) == ["Ada", "Bob", "Grace", "Zoe"]
    assert await visible_organizations(zoe).count() == 1
    assert await visible_organizations(ANONYMOUS).count() == 0
