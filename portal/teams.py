"""Teams: who is in them, and which companies they serve."""

from typing import Any

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response

from foredesk.people import teams
from foredesk.people.enroll import form_team
from foredesk.people.models import Team
from foredesk.people.policy import Act, may
from foredesk.people.queries import (
    customers_of,
    is_agent,
    members_of,
    visible_organizations,
    visible_people,
    visible_teams,
)
from portal.acting import NOTHING_TYPED, Typed, version_of
from portal.forms import Form, uuid_in
from portal.managing import SHOWN_AT_MOST, do, id_in, id_sent
from portal.pages import desk_of, page
from portal.visits import visit_of

ADDRESS = "/teams"


async def show(request: Request, typed: Typed = NOTHING_TYPED) -> Response:
    viewer = visit_of(request).viewer
    found = await visible_teams(viewer).order_by("name", "id").limit(SHOWN_AT_MOST)
    ids = [team.id for team in found]
    members, customers = await members_of(viewer, ids), await customers_of(viewer, ids)
    return page(
        request,
        "teams.html",
        status=typed.status,
        teams=[(team, members[team.id], customers[team.id]) for team in found],
        organizations=await visible_organizations(viewer).order_by("name"),
        may_all=may(viewer, Act.MANAGE_PEOPLE),
        typed=typed,
        problems=typed.problems,
    )


async def create(request: Request, sent: Form) -> Response:
    viewer = visit_of(request).viewer
    ids = [id for one in sent.fields.get("organizationIds", ()) if (id := uuid_in(one))]

    async def form() -> None:
        await form_team(
            desk_of(request),
            viewer,
            key=sent["key"],
            name=sent["name"],
            serves=await visible_organizations(viewer).filter(id__in=ids) if ids else (),
            is_confidential="confidential" in sent,
        )

    return await do(request, sent, form, show=show, back=ADDRESS)


async def show_one(request: Request, typed: Typed = NOTHING_TYPED) -> Response:
    viewer, team = visit_of(request).viewer, await _team(request)
    members = (await members_of(viewer, [team.id]))[team.id]
    customers = (await customers_of(viewer, [team.id]))[team.id]
    manages = teams.manages_team(viewer, team)
    is_in, is_served = {person.id for person in members}, {row.id for row in customers}
    agents = await _agents(request) if manages else []
    organizations = await visible_organizations(viewer).order_by("name")
    return page(
        request,
        "team.html",
        status=typed.status,
        team=team,
        members=members,
        customers=customers,
        may_manage=manages,
        may_all=may(viewer, Act.MANAGE_PEOPLE),
        agents=[person for person in agents if person.id not in is_in],
        organizations=[row for row in organizations if row.id not in is_served],
        typed=typed,
        problems=typed.problems,
    )


async def rename(request: Request, sent: Form) -> Response:
    version = version_of(sent)
    return await _do(request, sent, teams.rename_team, name=sent["name"], expected_version=version)


async def add(request: Request, sent: Form) -> Response:
    person = id_sent(sent, "personId")
    return await _do(request, sent, teams.add_team_member, "personId", person_id=person)


async def remove(request: Request, sent: Form) -> Response:
    person = id_sent(sent, "personId")
    return await _do(request, sent, teams.remove_team_member, "personId", person_id=person)


async def serve(request: Request, sent: Form) -> Response:
    to = id_sent(sent, "organizationId")
    return await _do(request, sent, teams.add_team_customer, "organizationId", organization_id=to)


async def serve_no_more(request: Request, sent: Form) -> Response:
    to = id_sent(sent, "organizationId")
    return await _do(
        request, sent, teams.remove_team_customer, "organizationId", organization_id=to
    )


async def _agents(request: Request) -> list[Any]:
    people = visible_people(visit_of(request).viewer).filter(is_active=True)
    agents = people.filter(is_agent()).order_by("name", "id")
    return list(await agents.limit(SHOWN_AT_MOST))


async def _do(
    request: Request, sent: Form, use: Any, field: str = "name", **given: Any
) -> Response:
    team = await _team(request)
    desk, viewer = desk_of(request), visit_of(request).viewer
    return await do(
        request,
        sent,
        lambda: use(desk, viewer, team_id=team.id, **given),
        show=show_one,
        back=f"{ADDRESS}/{team.id}",
        field=field,
    )


async def _team(request: Request) -> Team:
    """Raises HTTPException 404."""
    team = await visible_teams(visit_of(request).viewer).get_or_none(id=id_in(request))
    if team is None:
        raise HTTPException(404)
    return team
