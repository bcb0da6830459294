"""People for tests, enrolled by the use cases."""

from collections.abc import Iterable
from itertools import count

from foredesk.desk import Desk
from foredesk.people.enroll import enroll_person, form_team, register_organization
from foredesk.people.models import Organization, Person, RequestVisibility, Team
from foredesk.people.roles import Role
from foredesk.people.viewer import SYSTEM, Viewer, viewer_of

_numbers = count(1)


async def make_organization(
    desk: Desk,
    slug: str = "",
    *,
    name: str = "",
    locale: str = "en",
    time_zone: str = "Europe/Berlin",
    request_visibility: RequestVisibility = RequestVisibility.OWN,
) -> Organization:
    slug = slug or f"organization-{next(_numbers)}"
    return await register_organization(
        desk,
        SYSTEM,
        slug=slug,
        name=name or slug.replace("-", " ").title(),
        locale=locale,
        time_zone=time_zone,
        request_visibility=request_visibility,
    )


async def make_team(desk: Desk, *serves: Organization, key: str = "") -> Team:
    key = key or f"team-{next(_numbers)}"
    return await form_team(desk, SYSTEM, key=key, name=key.replace("-", " ").title(), serves=serves)


async def make_person(
    desk: Desk,
    organization: Organization,
    *roles: Role,
    name: str = "",
    email: str = "",
    password: str = "",
    teams: Iterable[Team] = (),
) -> Person:
    number = next(_numbers)
    return await enroll_person(
        desk,
        SYSTEM,
        organization=organization,
        name=name or f"Person {number}",
        email=email or f"person-{number}@example.org",
        password=password,
        roles=roles,
        teams=teams,
    )


async def make_requester(desk: Desk, organization: Organization, name: str = "Ada") -> Viewer:
    return await viewer_of(await make_person(desk, organization, name=name))


async def make_agent(
    desk: Desk,
    *serves: Organization,
    role: Role = Role.INCIDENT_RESOLVER,
    team: Team | None = None,
    name: str = "Grace",
) -> Viewer:
    """An agent of the first organization, in a team that serves all of them."""
    team = team or await make_team(desk, *serves)
    return await viewer_of(await make_person(desk, serves[0], role, name=name, teams=[team]))
