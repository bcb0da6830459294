"""Organizations: the companies, and whose requests their people see."""

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response

from foredesk.people.enroll import register_organization
from foredesk.people.models import Organization, RequestVisibility
from foredesk.people.organizations import change_organization
from foredesk.people.policy import Act, may
from foredesk.people.queries import visible_organizations
from portal.acting import NOTHING_TYPED, Typed, version_of
from portal.forms import Form, choice_of
from portal.managing import SHOWN_AT_MOST, do, id_in
from portal.pages import desk_of, page
from portal.visits import visit_of
from portal.words import NAMES, marked

ADDRESS = "/organizations"
MODES = {
    RequestVisibility.OWN: marked("Everyone sees their own requests"),
    RequestVisibility.ORGANIZATION: marked("Everyone sees all requests of the company"),
    RequestVisibility.BY_ROLE: marked("Coordinators see all requests, everyone else their own"),
}


async def show(request: Request, typed: Typed = NOTHING_TYPED) -> Response:
    viewer, words = visit_of(request).viewer, visit_of(request).words
    found = await visible_organizations(viewer).order_by("name", "id").limit(SHOWN_AT_MOST)
    return page(
        request,
        "organizations.html",
        status=typed.status,
        organizations=[(row, words(MODES[row.request_visibility])) for row in found],
        may_all=may(viewer, Act.MANAGE_PEOPLE),
        tongues=NAMES,
        typed=typed,
        problems=typed.problems,
    )


async def create(request: Request, sent: Form) -> Response:
    desk, viewer = desk_of(request), visit_of(request).viewer
    return await do(
        request,
        sent,
        lambda: register_organization(
            desk,
            viewer,
            slug=sent["slug"],
            name=sent["name"],
            locale=sent["locale"],
            time_zone=sent["timeZone"],
        ),
        show=show,
        back=ADDRESS,
    )


async def show_one(request: Request, typed: Typed = NOTHING_TYPED) -> Response:
    viewer, words = visit_of(request).viewer, visit_of(request).words
    organization = await _organization(request)
    return page(
        request,
        "organization.html",
        status=typed.status,
        organization=organization,
        modes=[(mode.value, words(label)) for mode, label in MODES.items()],
        may_all=may(viewer, Act.MANAGE_PEOPLE),
        tongues=NAMES,
        typed=typed,
        problems=typed.problems,
    )


async def change(request: Request, sent: Form) -> Response:
    organization = await _organization(request)
    desk, viewer = desk_of(request), visit_of(request).viewer
    return await do(
        request,
        sent,
        lambda: change_organization(
            desk,
            viewer,
            organization_id=organization.id,
            name=sent["name"],
            locale=sent["locale"],
            time_zone=sent["timeZone"],
            request_visibility=choice_of(sent, "visibility", RequestVisibility),
            expected_version=version_of(sent),
        ),
        show=show_one,
        back=f"{ADDRESS}/{organization.id}",
    )


async def _organization(request: Request) -> Organization:
    """Raises HTTPException 404."""
    visible = visible_organizations(visit_of(request).viewer)
    organization = await visible.get_or_none(id=id_in(request))
    if organization is None:
        raise HTTPException(404)
    return organization
