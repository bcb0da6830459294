"""People: who they are, what they may do, and whether they are with us."""

from typing import Any

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response

from foredesk.people.activity import deactivate_person, reactivate_person
from foredesk.people.enroll import enroll_person
from foredesk.people.grants import grant_role, revoke_role
from foredesk.people.history import visible_people_events
from foredesk.people.models import PeopleEventKind, Person, PersonKind
from foredesk.people.organizations import one_organization
from foredesk.people.policy import Act, may
from foredesk.people.profile import change_person, move_person
from foredesk.people.queries import (
    in_teams,
    roles_of,
    teams_of,
    visible_organizations,
    visible_people,
)
from foredesk.people.roles import CUSTOMER_ROLES, Role
from portal.acting import NOTHING_TYPED, Typed, version_of
from portal.forms import Form, uuid_in
from portal.managing import ROLES, SHOWN_AT_MOST, do, id_in, id_sent, role_names
from portal.pages import desk_of, page
from portal.visits import visit_of
from portal.words import marked

ADDRESS = "/people"
HAPPENED = {
    PeopleEventKind.MEMBER_ADDED: marked("Joined a team"),
    PeopleEventKind.MEMBER_REMOVED: marked("Left a team"),
    PeopleEventKind.PERSON_ENROLLED: marked("Taken in"),
    PeopleEventKind.PERSON_CHANGED: marked("Data changed"),
    PeopleEventKind.PERSON_MOVED: marked("Moved to another company"),
    PeopleEventKind.PERSON_DEACTIVATED: marked("Deactivated"),
    PeopleEventKind.PERSON_REACTIVATED: marked("Let in again"),
    PeopleEventKind.ROLE_GRANTED: marked("Role given"),
    PeopleEventKind.ROLE_REVOKED: marked("Role taken away"),
    PeopleEventKind.ABSENCE_SET: marked("Absence set"),
    PeopleEventKind.ABSENCE_CANCELED: marked("Absence canceled"),
    PeopleEventKind.TOKEN_CREATED: marked("API token created"),
    PeopleEventKind.TOKEN_REVOKED: marked("API token revoked"),
    PeopleEventKind.SESSIONS_ENDED: marked("Signed out elsewhere"),
    PeopleEventKind.IDENTITY_LINKED: marked("Linked to an identity provider"),
}
"""What can happen to one person."""


async def show(request: Request, typed: Typed = NOTHING_TYPED) -> Response:
    viewer = visit_of(request).viewer
    people = visible_people(viewer).filter(kind=PersonKind.PERSON)
    organization, team = (uuid_in(request.query_params.get(n, "")) for n in ("company", "team"))
    if organization is not None:
        people = people.filter(organization_id=organization)
    if team is not None:
        people = people.filter(in_teams([team]))
    found = (
        await people.order_by("name", "id").limit(SHOWN_AT_MOST).prefetch_related("organization")
    )
    roles = await roles_of([person.id for person in found])
    words = visit_of(request).words
    return page(
        request,
        "people.html",
        status=typed.status,
        people=[(person, role_names(roles[person.id], words)) for person in found],
        organizations=await visible_organizations(viewer).order_by("name"),
        chosen=organization,
        may_all=may(viewer, Act.MANAGE_PEOPLE),
        typed=typed,
        problems=typed.problems,
    )


async def create(request: Request, sent: Form) -> Response:
    desk, viewer = desk_of(request), visit_of(request).viewer

    async def enroll() -> None:
        organizations = visible_organizations(viewer)
        organization = await organizations.get_or_none(id=id_sent(sent, "organizationId"))
        if organization is None:
            organization = await one_organization(viewer, id_sent(sent, "organizationId"))
        await enroll_person(
            desk, viewer, organization=organization, name=sent["name"], email=sent["email"]
        )

    return await do(request, sent, enroll, show=show, back=ADDRESS)


async def show_one(request: Request, typed: Typed = NOTHING_TYPED) -> Response:
    viewer, words = visit_of(request).viewer, visit_of(request).words
    person = await _person(request)
    held = (await roles_of([person.id]))[person.id]
    events = visible_people_events(viewer).filter(person_id=person.id).order_by("-number")
    may_all = may(viewer, Act.MANAGE_PEOPLE)
    given = ROLES if may_all else {role: ROLES[role] for role in ROLES if role in CUSTOMER_ROLES}
    return page(
        request,
        "person.html",
        status=typed.status,
        person=person,
        held=role_names(held, words),
        given=[(role.value, words(label)) for role, label in given.items() if role not in held],
        teams=(await teams_of(viewer, [person.id]))[person.id],
        organizations=await visible_organizations(viewer).order_by("name") if may_all else (),
        events=await events.limit(50).prefetch_related("actor", "team"),
        happened=HAPPENED,
        role_labels={role.value: words(label) for role, label in ROLES.items()},
        is_self=person.id == viewer.person_id,
        may_all=may_all,
        typed=typed,
        problems=typed.problems,
    )


async def change(request: Request, sent: Form) -> Response:
    return await _do(
        request,
        sent,
        change_person,
        name=sent["name"],
        email=sent["email"],
        phone=sent["phone"],
        expected_version=version_of(sent),
    )


async def move(request: Request, sent: Form) -> Response:
    to = id_sent(sent, "organizationId")
    return await _do(request, sent, move_person, "organizationId", organization_id=to)


async def grant(request: Request, sent: Form) -> Response:
    return await _do(request, sent, grant_role, "role", role=_role(sent))


async def revoke(request: Request, sent: Form) -> Response:
    return await _do(request, sent, revoke_role, "role", role=_role(sent))


async def deactivate(request: Request, sent: Form) -> Response:
    return await _do(request, sent, deactivate_person, "active")


async def reactivate(request: Request, sent: Form) -> Response:
    return await _do(request, sent, reactivate_person, "active")


async def _do(
    request: Request, sent: Form, use: Any, field: str = "name", **given: Any
) -> Response:
    person = await _person(request)
    desk, viewer = desk_of(request), visit_of(request).viewer
    return await do(
        request,
        sent,
        lambda: use(desk, viewer, person_id=person.id, **given),
        show=show_one,
        back=f"{ADDRESS}/{person.id}",
        field=field,
    )


def _role(sent: Form) -> Role:
    """Raises HTTPException 400 for what was never offered."""
    if sent["role"] not in set(Role):
        raise HTTPException(400)
    return Role(sent["role"])


async def _person(request: Request) -> Person:
    """Raises HTTPException 404."""
    people = visible_people(visit_of(request).viewer).filter(id=id_in(request))
    person = await people.prefetch_related("organization").first()
    if person is None:
        raise HTTPException(404)
    return person
