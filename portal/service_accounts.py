"""Service accounts: programs that act at the desk, for administrators."""

from uuid import UUID

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response

from foredesk.errors import DeskError
from foredesk.people.idempotency import Once
from foredesk.people.models import Organization, Person, RoleGrant, Team, TeamMember
from foredesk.people.policy import Act, may
from foredesk.people.roles import Role
from foredesk.people.service_accounts import (
    create_service_account,
    deactivate_service_account,
    visible_service_accounts,
)
from portal import tokens
from portal.acting import NOTHING_TYPED, Typed
from portal.doors import FormView, View, form, members
from portal.forms import Form, uuid_in
from portal.pages import desk_of, page, see_other
from portal.visits import visit_of
from portal.words import marked

SHOWN_AT_MOST = 200
ROLES = {
    Role.CUSTOMER_SERVICE_REPRESENTATIVE: marked("Customer service representative"),
    Role.INCIDENT_RESOLVER: marked("Incident resolver"),
    Role.INCIDENT_COORDINATOR: marked("Incident coordinator"),
    Role.PROBLEM_ANALYST: marked("Problem analyst"),
    Role.PROBLEM_MANAGER: marked("Problem manager"),
    Role.CUSTOMER_SERVICE_MANAGER: marked("Customer service manager"),
    Role.ADMINISTRATOR: marked("Administrator"),
}
ADDRESS = "/service-accounts"
NOWHERE = UUID(int=0)


def administrators(view: View) -> View:
    """Raises HTTPException 404 for everybody else: it is not theirs to know of."""

    async def endpoint(request: Request) -> Response:
        _check(request)
        return await view(request)

    return members(endpoint)


def administrators_form(view: FormView) -> View:
    async def checked(request: Request, sent: Form) -> Response:
        _check(request)
        return await view(request, sent)

    return form(checked)


async def show(request: Request, typed: Typed = NOTHING_TYPED) -> Response:
    words = visit_of(request).words
    accounts = visible_service_accounts(visit_of(request).viewer)
    found = accounts.order_by("-is_active", "name").prefetch_related("organization")
    return page(
        request,
        "service_accounts.html",
        status=typed.status,
        accounts=await found.limit(SHOWN_AT_MOST),
        organizations=await Organization.all().order_by("name"),
        teams=await Team.all().order_by("name"),
        roles=[(role.value, words(label)) for role, label in ROLES.items()],
        typed=typed,
        problems=typed.problems,
    )


async def create(request: Request, sent: Form) -> Response:
    desk, viewer = desk_of(request), visit_of(request).viewer
    chosen = {"name": sent["name"], "organization": sent["organizationId"]}
    try:
        account = await create_service_account(
            desk,
            viewer,
            organization_id=uuid_in(sent["organizationId"]) or NOWHERE,
            name=sent["name"],
            roles=[role for role in ROLES if role.value in sent.fields.get("roles", ())],
            team_ids=[id for one in sent.fields.get("teamIds", ()) if (id := uuid_in(one))],
            once=Once(desk, viewer, "createServiceAccount in the portal", sent["key"], chosen),
        )
    except DeskError as refusal:
        problems = tokens.problems_of(request, sent, refusal, "name")
        return await show(request, Typed(sent, problems))
    return see_other(f"{ADDRESS}/{account.id}")


async def show_one(request: Request, typed: Typed = NOTHING_TYPED) -> Response:
    account, words = await _account(request), visit_of(request).words
    held = {grant.role.value for grant in await RoleGrant.filter(person_id=account.id)}
    teams = await TeamMember.filter(person_id=account.id).values_list("team__name", flat=True)
    return page(
        request,
        "service_account.html",
        status=typed.status,
        account=account,
        roles=[words(label) for role, label in ROLES.items() if role.value in held],
        teams=sorted(str(team) for team in teams),
        **await tokens.token_facts(request, account, typed),
    )


async def create_token(request: Request, sent: Form) -> Response:
    account = await _account(request)
    back = f"{ADDRESS}/{account.id}"
    return await tokens.create_for(request, sent, account, back, show_one)


async def revoke_token(request: Request, sent: Form) -> Response:
    account = await _account(request)
    await tokens.revoke_named(request, sent, account)
    return see_other(f"{ADDRESS}/{account.id}")


async def deactivate(request: Request, sent: Form) -> Response:
    account = await _account(request)
    viewer = visit_of(request).viewer
    await deactivate_service_account(desk_of(request), viewer, account_id=account.id)
    return see_other(f"{ADDRESS}/{account.id}")


def _check(request: Request) -> None:
    if not may(visit_of(request).viewer, Act.MANAGE_PEOPLE):
        raise HTTPException(404)


async def _account(request: Request) -> Person:
    """Raises HTTPException 404."""
    accounts = visible_service_accounts(visit_of(request).viewer)
    found = accounts.filter(id=uuid_in(request.path_params["account"]))
    account = await found.prefetch_related("organization").first()
    if account is None:
        raise HTTPException(404)
    return account
