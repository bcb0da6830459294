"""Whose account at an identity provider it is: nobody becomes somebody else by an address."""

import asyncio
from dataclasses import replace
from typing import Any

import pytest

from foredesk.database.models import Counter
from foredesk.desk import Desk
from foredesk.people.external import NotAdmitted, person_behind
from foredesk.people.models import ExternalIdentity, PeopleEvent, Person, PersonKind, RoleGrant
from foredesk.people.roles import Role
from foredesk.people.service_accounts import create_service_account
from foredesk.people.sign_in import (
    NO_DEVICE,
    ProviderNeeded,
    sign_in,
    sign_in_by,
    start_session,
    viewer_of_session,
)
from foredesk.people.viewer import SYSTEM
from foredesk.providers import Provider, read_providers
from tests.oidc.pretend import provider
from tests.people import make_organization, make_person

ADA = {"sub": "ada", "email": "Ada@Acme.example", "email_verified": True, "name": " Ada  King "}
OTHER = "https://id.attacker.example"


def another(**settings: Any) -> Provider:
    return provider(issuer=OTHER, **settings)


async def roles_of(person: Person) -> set[str]:
    return set(await RoleGrant.filter(person_id=person.id).values_list("role", flat=True))


async def test_somebody_new_is_taken_in_where_the_provider_belongs(desk: Desk) -> None:
    acme = await make_organization(desk, "acme")

    ada = await person_behind(desk, provider(), ADA | {"locale": "de-AT"})

    assert (ada.name, ada.email, ada.locale) == ("Ada King", "ada@acme.example", "de-AT")
    assert (ada.organization_id, ada.password_hash) == (acme.id, "")
    assert await person_behind(desk, provider(), {"sub": "ada"}) == ada
    assert await roles_of(ada) == {Role.REQUESTER}


async def test_each_domain_has_its_organization(desk: Desk) -> None:
    await make_organization(desk, "acme")
    globex = await make_organization(desk, "globex")
    by_domain = provider(email_domains="acme.example, globex.example=globex")

    bob = await person_behind(desk, by_domain, ADA | {"sub": "b", "email": "b@globex.example"})

    assert bob.organization_id == globex.id
    for address in ("c@elsewhere.example", "c@acme.example.evil.example", "c@notacme.example"):
        with pytest.raises(NotAdmitted):
            await person_behind(desk, by_domain, ADA | {"sub": "c", "email": address})


@pytest.mark.parametrize(
    "claims",
    [
        {"email_verified": False},
        {"email_verified": None},
        {"email_verified": "yes"},
        {"email": ""},
        {"email": None},
        {"email": ["ada@acme.example"]},
        {"email": "no address"},
        {"email": "ada@acme.example\x00"},
        {"sub": ""},
        {"sub": 7},
        {"sub": "x" * 256},
        {"sub": "a\x00"},
    ],
)
async def test_who_says_too_little_of_themselves_stays_outside(
    desk: Desk, claims: dict[str, Any]
) -> None:
    await make_organization(desk, "acme")

    with pytest.raises(NotAdmitted):
        await person_behind(desk, provider(), ADA | claims)
    assert not await Person.exists()


async def test_a_provider_without_an_organization_takes_nobody_in(desk: Desk) -> None:
    for settings in ({"organization": ""}, {"organization": "nowhere"}):
        with pytest.raises(NotAdmitted):
            await person_behind(desk, provider(**settings), ADA)
    assert not await Person.exists()


async def test_the_same_address_at_another_provider_is_somebody_else(desk: Desk) -> None:
    await make_organization(desk, "acme")
    ada = await person_behind(desk, provider(), ADA)

    with pytest.raises(NotAdmitted):
        await person_behind(desk, another(), ADA)

    assert await ExternalIdentity.all().count() == 1
    assert (await ExternalIdentity.get()).person_id == ada.id


async def test_the_same_subject_at_another_provider_is_somebody_else(desk: Desk) -> None:
    await make_organization(desk, "acme")
    ada = await person_behind(desk, provider(), ADA)

    other = await person_behind(desk, another(), ADA | {"email": "other@acme.example"})

    assert other.id != ada.id


async def test_an_address_links_only_where_the_provider_is_trusted_with_it(desk: Desk) -> None:
    acme = await make_organization(desk, "acme")
    ada = await make_person(desk, acme, email="ada@acme.example")
    trusted = provider(link_by_email=True)

    with pytest.raises(NotAdmitted):
        await person_behind(desk, provider(), ADA)
    with pytest.raises(NotAdmitted):
        await person_behind(desk, trusted, ADA | {"email_verified": False})
    assert await person_behind(desk, trusted, ADA) == ada
    assert await person_behind(desk, provider(), ADA) == ada


async def test_an_address_that_only_looks_the_same_in_lower_case_links_nobody(desk: Desk) -> None:
    acme = await make_organization(desk, "acme")
    kay = await make_person(desk, acme, email="kay@acme.example")
    kelvin = ADA | {"email": "\N{KELVIN SIGN}ay@acme.example"}
    assert kelvin["email"].lower() == kay.email

    with pytest.raises(NotAdmitted):
        await person_behind(desk, provider(link_by_email=True), kelvin)
    assert not await ExternalIdentity.exists()


async def test_a_trusted_provider_links_nobody_of_another_organization(desk: Desk) -> None:
    await make_organization(desk, "acme")
    globex = await make_organization(desk, "globex")
    boss = await make_person(desk, globex, Role.ADMINISTRATOR, email="boss@globex.example")

    with pytest.raises(NotAdmitted):
        claims = ADA | {"email": "boss@globex.example"}
        await person_behind(desk, provider(link_by_email=True), claims)
    assert not await ExternalIdentity.exists(person_id=boss.id)


async def test_nobody_becomes_a_service_account_or_somebody_who_left(desk: Desk) -> None:
    acme = await make_organization(desk, "acme")
    left = await make_person(desk, acme, email="left@acme.example")
    robot = await create_service_account(desk, SYSTEM, organization_id=acme.id, name="Robot")
    await Person.filter(id=left.id).update(is_active=False)
    trusted = provider(link_by_email=True)

    for email in (left.email, robot.email):
        with pytest.raises(NotAdmitted):
            await person_behind(desk, trusted, ADA | {"email": email})
    assert not await ExternalIdentity.exists()
    assert robot.kind is PersonKind.SERVICE


async def test_who_is_deactivated_stays_outside_though_they_are_known(desk: Desk) -> None:
    await make_organization(desk, "acme")
    ada = await person_behind(desk, provider(), ADA)
    signed_in = await sign_in_by(desk, provider(), ADA, NO_DEVICE)
    assert await viewer_of_session(desk, signed_in.session) is not None
    await Person.filter(id=ada.id).update(is_active=False)

    with pytest.raises(NotAdmitted):
        await sign_in_by(desk, provider(), ADA, NO_DEVICE)
    assert await viewer_of_session(desk, signed_in.session) is None


async def test_the_provider_decides_on_the_roles_it_maps_and_on_no_others(desk: Desk) -> None:
    acme = await make_organization(desk, "acme")
    await make_person(desk, acme, Role.ADMINISTRATOR)
    mapping = {
        "roles_claim": "realm_access.roles",
        "roles": "agents=incident_resolver, bosses=administrator",
    }
    mapped = provider(**mapping)

    def claims(*groups: str) -> dict[str, Any]:
        return ADA | {"realm_access": {"roles": list(groups)}}

    ada = await person_behind(desk, mapped, claims("agents", "bosses", "administrator"))
    assert await roles_of(ada) == {"requester", "incident_resolver", "administrator"}
    await RoleGrant.create(person_id=ada.id, role=Role.PROBLEM_ANALYST)

    await person_behind(desk, mapped, claims("agents"))
    assert await roles_of(ada) == {"requester", "incident_resolver", "problem_analyst"}
    await person_behind(desk, mapped, ADA, takes_roles=False)
    assert "incident_resolver" in await roles_of(ada)
    await person_behind(desk, mapped, ADA)
    assert await roles_of(ada) == {"requester", "problem_analyst"}
    noted = [event.kind.value for event in await PeopleEvent.filter(person_id=ada.id)]
    assert (noted.count("role_granted"), noted.count("role_revoked")) >= (2, 2)


BOSSES = {"roles_claim": "groups", "roles": "agents=incident_resolver, bosses=administrator"}


async def test_the_last_administrator_stays_one_whatever_the_provider_says(desk: Desk) -> None:
    acme = await make_organization(desk, "acme")
    ada = await person_behind(desk, provider(**BOSSES), ADA | {"groups": ["agents", "bosses"]})
    await create_service_account(
        desk, SYSTEM, organization_id=acme.id, name="Bot", roles=[Role.ADMINISTRATOR]
    )

    await person_behind(desk, provider(**BOSSES), ADA | {"groups": []})
    assert await roles_of(ada) == {"requester", "administrator"}
    revoked = PeopleEvent.filter(person_id=ada.id, kind="role_revoked")
    assert [event.role for event in await revoked] == [Role.INCIDENT_RESOLVER]

    await make_person(desk, acme, Role.ADMINISTRATOR)
    await person_behind(desk, provider(**BOSSES), ADA | {"groups": []})
    assert await roles_of(ada) == {"requester"}


async def test_who_is_no_agent_any_more_leaves_what_they_had_to_their_teams(desk: Desk) -> None:
    acme = await make_organization(desk, "acme")
    await make_person(desk, acme, Role.ADMINISTRATOR)
    mapped = provider(**BOSSES)
    await person_behind(desk, mapped, ADA | {"groups": ["agents", "bosses"]})

    await person_behind(desk, mapped, ADA | {"groups": ["agents"]})
    assert await Counter.get_or_none(name="leaving") is None
    await person_behind(desk, mapped, ADA | {"groups": []})
    assert (await Counter.get(name="leaving")).value == 1


async def test_a_token_for_the_api_that_links_a_person_takes_no_role_from_them(desk: Desk) -> None:
    acme = await make_organization(desk, "acme")
    await make_person(desk, acme, Role.ADMINISTRATOR)
    grace = await make_person(desk, acme, Role.INCIDENT_RESOLVER, email="ada@acme.example")
    trusted = provider(link_by_email=True, **BOSSES)

    assert await person_behind(desk, trusted, ADA, takes_roles=False) == grace
    assert await roles_of(grace) == {"requester", "incident_resolver"}


async def test_two_clicks_at_once_grant_a_role_once(desk: Desk) -> None:
    await make_organization(desk, "acme")
    ada = await person_behind(desk, provider(**BOSSES), ADA | {"groups": []})

    claims = ADA | {"groups": ["agents"]}
    await asyncio.gather(*[person_behind(desk, provider(**BOSSES), claims) for _ in range(4)])

    assert await roles_of(ada) == {"requester", "incident_resolver"}
    assert await PeopleEvent.filter(person_id=ada.id, kind="role_granted").count() == 1


async def test_an_address_with_a_blank_in_it_is_none(desk: Desk) -> None:
    await make_organization(desk, "acme")
    by_domain = provider(email_domains="acme.example")

    with pytest.raises(NotAdmitted):
        await person_behind(desk, by_domain, ADA | {"email": "ada@ acme.example"})


async def test_two_clicks_at_once_make_one_person(desk: Desk) -> None:
    await make_organization(desk, "acme")

    found = await asyncio.gather(*[person_behind(desk, provider(), ADA) for _ in range(4)])

    assert len({person.id for person in found}) == 1
    assert await Person.all().count() == 1


async def test_passwords_can_be_off_for_everybody_or_for_the_people_of_a_provider(
    desk: Desk,
) -> None:
    acme = await make_organization(desk, "acme")
    for email in ("ada@acme.example", "root@desk.example"):
        await make_person(desk, acme, email=email, password="a long enough password")
    only = {"exclusive": True, "email_domains": "acme.example"}

    async def enter(email: str, **settings: Any) -> None:
        changed = with_settings(desk, **settings)
        await sign_in(changed, email=email, password="a long enough password", address="::1")

    providers = (provider(**only),)
    await enter("root@desk.example", oidc=providers)
    for email in ("ada@acme.example", " ADA@ACME.example", "nobody@acme.example"):
        with pytest.raises(ProviderNeeded) as refusal:
            await enter(email, oidc=providers)
        assert refusal.value.provider == "Acme"
    with pytest.raises(ProviderNeeded):
        await enter("root@desk.example", password_sign_in="off")


async def test_a_session_says_by_which_provider_it_began(desk: Desk) -> None:
    await make_organization(desk, "acme")

    signed_in = await sign_in_by(desk, provider(), ADA, NO_DEVICE)
    by_password = await start_session(desk, await Person.get())

    assert (signed_in.session.provider, by_password.session.provider) == ("acme", "")


def with_settings(desk: Desk, **settings: Any) -> Desk:
    return replace(desk, settings=replace(desk.settings, **settings))


@pytest.mark.parametrize(
    ("tables", "problem"),
    [
        ({"acme": {}}, "issuer must be an https address"),
        ({"acme": {"issuer": "http://id.example"}}, "issuer must be an https address"),
        ({"acme": {"issuer": "https://u:p@id.example"}}, "issuer must be an https address"),
        ({"acme": {"issuer": "https://id.example", "secret": "x"}}, "unknown setting oidc.acme"),
        ({"A b": {"issuer": "https://id.example"}}, "lower-case letters"),
        ({"acme": "https://id.example"}, "lower-case letters"),
        ({"acme": {"issuer": "https://id.example", "link_by_email": "maybe"}}, "true or false"),
        ({"acme": {"issuer": "https://id.example", "algorithms": "HS256"}}, "HS256"),
        ({"acme": {"issuer": "https://id.example", "algorithms": "none"}}, "none"),
        ({"acme": {"issuer": "https://id.example", "scopes": "email"}}, "openid"),
        ({"acme": {"issuer": "https://id.example", "email_domains": "a.example"}}, "=slug"),
        ({"acme": {"issuer": "https://id.example", "exclusive": True}}, "exclusive needs"),
        (
            {key: {"issuer": "https://id.example"} for key in ("one", "two")},
            "two providers have the same issuer",
        ),
    ],
)
def test_a_provider_that_can_not_be_is_named(tables: Any, problem: str) -> None:
    with pytest.raises(ValueError, match=problem):
        read_providers(tables)
