"""People, teams, companies and absences, managed by pages that need no JavaScript."""

from datetime import timedelta

import pytest

from foredesk.people.enroll import form_team
from foredesk.people.models import (
    Absence,
    Organization,
    Person,
    RequestVisibility,
    RoleGrant,
    Team,
    TeamMember,
)
from foredesk.people.roles import Role
from foredesk.people.viewer import SYSTEM
from foredesk.tickets.assign import assign_ticket
from foredesk.tickets.record import record_ticket
from tests.portal.conftest import signed_in
from tests.portal.furnished import Furnished
from tests.portal.walker import Walker

PAGES = ("/people", "/teams", "/organizations")


@pytest.fixture
async def root(site: Furnished) -> Walker:
    return await signed_in(site, "root@acme.example")


async def test_nobody_else_learns_of_the_pages(ada: Walker, grace: Walker, visitor: Walker) -> None:
    person = await Person.get(email="ada@acme.example")
    for address in (*PAGES, f"/people/{person.id}"):
        assert (await ada.get(address)).status == 404
        assert (await grace.get(address)).status == 404
        assert "Sign in" in (await visitor.get(address)).said
    assert (await ada.get("/absence")).status == 404


async def test_an_administrator_takes_a_person_in(root: Walker, site: Furnished) -> None:
    page = await root.get("/people")
    page = await root.press(
        page,
        "Take in",
        organizationId=str(site.acme.id),
        name="Ines Moll",
        email="ines@acme.example",
    )

    assert "ines@acme.example" in page.said
    again = await root.press(
        page, "Take in", organizationId=str(site.acme.id), name="Twin", email="ines@acme.example"
    )
    assert again.status == 422
    assert "Another person has this e-mail address." in again.said


async def test_roles_are_given_and_taken_away(root: Walker) -> None:
    person = await Person.get(email="ada@acme.example")
    address = f"/people/{person.id}"
    page = await root.get(address)
    page = await root.press(page, "Give the role", role="problem_analyst")
    assert "Role given: Problem analyst" in page.said
    assert await RoleGrant.exists(person_id=person.id, role=Role.PROBLEM_ANALYST)
    page = await root.press(page, "Take away")
    assert "Role taken away: Problem analyst" in page.said
    assert not await RoleGrant.exists(person_id=person.id, role=Role.PROBLEM_ANALYST)


async def test_the_last_administrator_stays(root: Walker) -> None:
    person = await Person.get(email="root@acme.example")
    address = f"/people/{person.id}"
    page = await root.press(await root.get(address), "Take away")

    assert page.status == 422
    assert "This is the last administrator." in page.said
    assert "Another role" not in page.said


async def test_a_change_that_came_second_is_refused(root: Walker) -> None:
    person = await Person.get(email="bob@acme.example")
    address = f"/people/{person.id}"
    first, second = await root.get(address), await root.get(address)
    assert (await root.press(first, "Save", phone="+49 1")).status == 200
    page = await root.press(second, "Save", phone="+49 2")
    assert page.status == 422
    await person.refresh_from_db()
    assert person.phone == "+49 1"


async def test_a_person_is_deactivated_and_let_in_again(root: Walker, site: Furnished) -> None:
    person = await Person.get(email="ada@acme.example")
    address = f"/people/{person.id}"
    ada = await signed_in(site, "ada@acme.example")
    page = await root.press(await root.get(address), "Deactivate")
    assert "Let them in again" in page.said
    assert "Sign in" in (await ada.get("/requests")).said
    page = await root.press(page, "Let them in again")
    assert "Deactivate" in page.said


async def test_a_team_is_formed_and_gets_members(root: Walker) -> None:
    page = await root.get("/teams")
    await root.press(page, "Form the team", name="Night", key="night")
    team, grace = await Team.get(key="night"), await Person.get(email="grace@acme.example")
    address = f"/teams/{team.id}"
    page = await root.get(address)
    page = await root.press(page, "Add", personId=str(grace.id))
    assert await TeamMember.exists(team_id=team.id, person_id=grace.id)
    page = await root.press(page, "Remove")
    assert "Nobody is in this team." in page.said


async def test_an_organization_chooses_whose_requests_its_people_see(root: Walker) -> None:
    organization = await Organization.get(slug="acme")
    address = f"/organizations/{organization.id}"
    page = await root.press(await root.get(address), "Save", visibility="by_role")

    assert page.status == 200
    await organization.refresh_from_db()
    assert organization.request_visibility is RequestVisibility.BY_ROLE
    assert "Coordinators see all requests" in (await root.get("/organizations")).said


async def test_an_agent_is_away_and_comes_back(grace: Walker, site: Furnished) -> None:
    day = site.desk.now() + timedelta(days=1)
    page = await grace.get("/absence")
    blank = await grace.press(page, "Save", startsAt="", endsAt="")
    assert blank.status == 422
    page = await grace.press(
        page,
        "Save",
        startsAt=f"{day:%Y-%m-%dT08:00}",
        endsAt=f"{day + timedelta(days=2):%Y-%m-%dT18:00}",
        note="At sea.",
    )
    assert "Nobody stands in." in page.said
    assert await Absence.all().count() == 1
    page = await grace.press(page, "I am there after all")
    assert "No absence is planned." in page.said


async def test_a_confidential_request_leaves_the_board_of_who_gave_it_away(
    grace: Walker, site: Furnished
) -> None:
    acme = await Organization.get(slug="acme")
    trust = await form_team(
        site.desk, SYSTEM, key="trust", name="Trust", serves=[acme], is_confidential=True
    )
    ticket = await record_ticket(site.desk, site.ada, subject="Between us")
    assert str(ticket.number) in (await grace.get("/board")).said
    await assign_ticket(site.desk, SYSTEM, ticket_id=ticket.id, team_id=trust.id)

    assert f"/board/{ticket.number}" not in (await grace.get("/board")).text
    assert (await grace.get(f"/board/{ticket.number}")).status == 404
