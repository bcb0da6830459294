"""Nobody learns from a figure of tickets that are not theirs."""

from dataclasses import replace

import pytest

from foredesk.desk import Desk
from foredesk.errors import NotPermitted
from foredesk.measures.chart import Charted, control_chart
from foredesk.measures.facts import Cut
from foredesk.measures.measure import service_measures
from foredesk.measures.names import names_of
from foredesk.measures.queries import sees_measures
from foredesk.measures.selection import Selection
from foredesk.people.enroll import form_team
from foredesk.people.models import Organization, RequestVisibility
from foredesk.people.organizations import change_organization
from foredesk.people.roles import Role, Scope
from foredesk.people.viewer import ANONYMOUS, SYSTEM, Viewer, viewer_of
from foredesk.tickets.assign import assign_ticket
from foredesk.tickets.models import Ticket
from tests.clock import Clock
from tests.measures.story import WEEK, Office, berlin, open_office, play_the_week
from tests.people import make_agent, make_person


@pytest.fixture
async def offices(desk: Desk, clock: Clock) -> tuple[Office, Office]:
    acme, globex = await open_office(desk, clock), await open_office(desk, clock, "globex")
    await play_the_week(acme)
    for time in ("10:00", "11:00", "12:00"):
        await globex.recorded("03-03", time)
    clock.now = berlin("04-06")
    return acme, globex


async def opened(desk: Desk, viewer: Viewer, selection: Selection = WEEK) -> int:
    """The same by figures, by day and on a chart."""
    found = await service_measures(desk, viewer, selection=selection)
    chart = await control_chart(desk, viewer, selection=selection, measure=Charted.OPENED)
    assert sum(day.opened for day in found.backlog) == found.opened
    assert sum(point.n for point in chart.chart.points) == found.opened
    return found.opened


async def test_agents_see_figures_of_what_they_handle(
    desk: Desk, offices: tuple[Office, Office]
) -> None:
    acme, globex = offices
    root = await viewer_of(await make_person(desk, acme.organization, Role.ADMINISTRATOR))
    both = await make_agent(desk, acme.organization, globex.organization)

    assert await opened(desk, acme.grace) == 7
    assert await opened(desk, globex.grace) == 3
    assert await opened(desk, both) == 10
    assert await opened(desk, root) == 10
    assert await opened(desk, SYSTEM) == 10


async def test_to_ask_for_another_organization_gives_nothing(
    desk: Desk, offices: tuple[Office, Office]
) -> None:
    acme, globex = offices
    theirs = replace(WEEK, organization_ids=[acme.organization.id])
    their_team = replace(WEEK, team_ids=[acme.team.id])

    assert await opened(desk, globex.grace, theirs) == 0
    assert await opened(desk, globex.grace, their_team) == 0
    names = await names_of(globex.grace, Cut.ORGANIZATION, [acme.organization.id])
    assert names == {}
    assert await names_of(globex.grace, Cut.TEAM, [acme.team.id]) == {}


async def test_what_a_confidential_team_has_is_in_its_members_figures_only(
    desk: Desk, offices: tuple[Office, Office]
) -> None:
    acme, _ = offices
    trust = await form_team(
        desk, SYSTEM, key="trust", name="Trust", serves=[acme.organization], is_confidential=True
    )
    hanna = await make_agent(desk, acme.organization, team=trust)
    root = await viewer_of(await make_person(desk, acme.organization, Role.ADMINISTRATOR))
    forgotten = await Ticket.get(subject="Forgotten")
    await assign_ticket(desk, SYSTEM, ticket_id=forgotten.id, team_id=trust.id)

    assert await opened(desk, hanna) == 1
    assert await opened(desk, acme.grace) == 6
    assert await opened(desk, root) == 9
    assert await opened(desk, await _coordinator(desk, acme.organization)) == 6


async def test_coordinators_see_figures_of_their_organization_where_it_shows_its_requests(
    desk: Desk, offices: tuple[Office, Office]
) -> None:
    acme, _ = offices

    coordinator = await _coordinator(desk, acme.organization)
    await change_organization(
        desk,
        SYSTEM,
        organization_id=acme.organization.id,
        request_visibility=RequestVisibility.OWN,
    )
    blind = await viewer_of(
        await make_person(desk, acme.organization, Role.ORGANIZATION_COORDINATOR)
    )

    assert await opened(desk, coordinator) == 7
    assert not sees_measures(blind)


async def test_an_agent_who_coordinates_their_own_organization_sees_both(
    desk: Desk, offices: tuple[Office, Office]
) -> None:
    acme, globex = offices
    await _coordinator(desk, acme.organization)
    person = await make_person(
        desk,
        acme.organization,
        Role.ORGANIZATION_COORDINATOR,
        Role.INCIDENT_RESOLVER,
        teams=[globex.team],
    )

    assert await opened(desk, await viewer_of(person)) == 10


async def test_everybody_else_is_refused(desk: Desk, offices: tuple[Office, Office]) -> None:
    acme, _ = offices
    limited = acme.grace.with_scopes(frozenset({Scope.SURVEYS, Scope.KNOWLEDGE}))

    for viewer in (acme.ada, ANONYMOUS, limited):
        assert not sees_measures(viewer)
        with pytest.raises(NotPermitted):
            await service_measures(desk, viewer, selection=WEEK)
        with pytest.raises(NotPermitted):
            await control_chart(desk, viewer, selection=WEEK, measure=Charted.OPENED)
    assert sees_measures(acme.grace.with_scopes(frozenset({Scope.READ})))


async def _coordinator(desk: Desk, organization: Organization) -> Viewer:
    await change_organization(
        desk,
        SYSTEM,
        organization_id=organization.id,
        request_visibility=RequestVisibility.BY_ROLE,
    )
    person = await make_person(desk, organization, Role.ORGANIZATION_COORDINATOR)
    return await viewer_of(person)
