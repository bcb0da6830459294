import csv
from datetime import timedelta
from io import StringIO
from xml.etree import ElementTree

import pytest

from foredesk.people.models import RequestVisibility
from foredesk.people.organizations import change_organization
from foredesk.people.roles import Role
from foredesk.people.viewer import SYSTEM
from foredesk.tickets.models import Ticket
from tests.clock import Clock
from tests.people import make_person
from tests.portal.conftest import signed_in
from tests.portal.furnished import Furnished, furnish_requests
from tests.portal.walker import Walker

SVG = "{http://www.w3.org/2000/svg}"


@pytest.fixture
async def worked(site: Furnished, clock: Clock) -> Furnished:
    await furnish_requests(site, clock)
    clock.advance(timedelta(days=1))
    return site


@pytest.fixture
async def agent(worked: Furnished) -> Walker:
    return await signed_in(worked, "grace@acme.example")


@pytest.fixture
async def asker(worked: Furnished) -> Walker:
    return await signed_in(worked, "ada@acme.example")


async def counted(worked: Furnished) -> int:
    """Merged requests are left out."""
    tickets = Ticket.filter(organization_id=worked.acme.id, merged_into_id__isnull=True)
    return await tickets.count()


async def test_agents_read_the_figures_of_what_they_handle(
    agent: Walker, worked: Furnished
) -> None:
    opened = await counted(worked)

    page = await agent.get("/measures")

    assert page.status == 200
    assert f"{opened} requests were opened" in page.said
    for words in ("Target kept", "90th percentile", "Sigma level", "not enough data", "of 1"):
        assert words in page.said
    assert "Limits need ten periods" in page.said


async def test_the_drawings_have_names_and_their_tables(agent: Walker, worked: Furnished) -> None:
    page = await agent.get("/measures?chart=opened")
    begin = page.text.index("<svg", page.text.index('class="drawing"'))
    drawing = ElementTree.fromstring(page.text[begin : page.text.index("</svg>", begin) + 6])

    assert drawing.attrib["aria-labelledby"] == "control-title"
    assert drawing.findtext(f"{SVG}title") == "Requests opened"
    assert "style" not in {name for element in drawing.iter() for name in element.attrib}
    assert not list(drawing.iter(f"{SVG}style"))
    assert "The chart as a table" in page.said
    assert "The days as a table" in page.said


async def test_drawings_can_be_fetched(agent: Walker, worked: Furnished) -> None:
    for name in ("chart", "backlog"):
        answer = await agent.client.get(f"/measures/{name}.svg?chart=came_back&period=day")

        assert answer.headers["content-type"] == "image/svg+xml"
        assert ElementTree.fromstring(answer.text).tag == f"{SVG}svg"


async def test_tables_can_be_fetched_and_hold_no_formula(agent: Walker, worked: Furnished) -> None:
    await Ticket.all().update(category="=cmd|' /C calc'!A0")

    figures = await table(agent, "/measures.csv?by=category&period=month")
    days = await table(agent, "/measures/backlog.csv")
    chart = await table(agent, "/measures/chart.csv?chart=opened")

    assert {row["value"] for row in figures} <= {"'=cmd|' /C calc'!A0", ""}
    assert sum(int(row["n"]) for row in figures if row["figure"] == "opened") == sum(
        int(row["opened"]) for row in days
    )
    assert sum(float(row["value"]) for row in chart) == sum(int(row["opened"]) for row in days)


async def test_what_is_chosen_is_kept_in_every_link(agent: Walker, worked: Furnished) -> None:
    page = await agent.get("/measures?by=team&chart=resolved&period=day&priority=high")

    assert "/measures.csv?by=team&amp;period=day&amp;chart=resolved&amp;priority=high" in page.text
    assert "Requests solved" in page.said
    assert '<option value="team" selected>' in page.text


@pytest.mark.parametrize(
    ("query", "words"),
    [
        ("from=yesterday", "Choose a day."),
        ("to=2026-02-30", "Choose a day."),
        ("from=2026-03-02&to=2026-03-01", "The first day comes after the last."),
        ("from=2020-01-01&to=2026-03-01", "That is more than 400 periods."),
    ],
)
async def test_days_that_are_none_are_refused_beside_the_field(
    agent: Walker, worked: Furnished, query: str, words: str
) -> None:
    page = await agent.get(f"/measures?{query}")

    assert page.status == 422
    assert words in page.said
    assert (await agent.client.get(f"/measures.csv?{query}")).status_code == 422


async def test_figures_are_there_in_german(agent: Walker, worked: Furnished) -> None:
    agent.client.cookies.set("language", "de", domain="desk.example")

    assert "Ziel eingehalten" in (await agent.get("/measures")).said


async def test_requesters_do_not_learn_that_there_are_figures(
    asker: Walker, visitor: Walker, worked: Furnished
) -> None:
    for address in ("/measures", "/measures.csv", "/measures/chart.svg", "/measures/backlog.csv"):
        assert (await asker.get(address)).status == 404
        assert "Sign in" in (await visitor.get(address)).said
    assert "/measures" not in (await asker.get("/")).text


async def test_coordinators_see_their_companys_figures(worked: Furnished) -> None:
    organization = worked.acme
    await change_organization(
        worked.desk,
        SYSTEM,
        organization_id=organization.id,
        request_visibility=RequestVisibility.BY_ROLE,
    )
    await make_person(
        worked.desk, organization, Role.ORGANIZATION_COORDINATOR, email="coco@acme.example"
    )
    opened = await counted(worked)

    page = await (await signed_in(worked, "coco@acme.example")).get("/measures")

    assert f"{opened} requests were opened" in page.said


async def table(walker: Walker, address: str) -> list[dict[str, str]]:
    answer = await walker.client.get(address)
    assert answer.headers["content-type"] == "text/csv; charset=utf-8"
    assert "attachment" in answer.headers["content-disposition"]
    return list(csv.DictReader(StringIO(answer.content.decode("utf-8-sig"))))
