"""For which companies a second person has to look at an article before people read it."""

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response

from foredesk.knowledge.second_person import set_publishing_rule, visible_rules
from foredesk.people.policy import Act, may
from foredesk.people.queries import visible_organizations
from portal.acting import NOTHING_TYPED, Typed, version_of
from portal.authors import ADDRESS, do
from portal.forms import Form, uuid_in
from portal.managing import SHOWN_AT_MOST
from portal.pages import desk_of, page
from portal.visits import visit_of


async def show(request: Request, typed: Typed = NOTHING_TYPED) -> Response:
    viewer = visit_of(request).viewer
    if not may(viewer, Act.SET_PUBLISHING_RULE):
        raise HTTPException(404)
    rules = {rule.organization_id: rule for rule in await visible_rules(viewer)}
    organizations = await visible_organizations(viewer).order_by("name").limit(SHOWN_AT_MOST)
    everybodys = [("", visit_of(request).words("Articles of no company"), rules.get(None))]
    return page(
        request,
        "publishing_rules.html",
        status=typed.status,
        rows=everybodys + [(str(one.id), one.name, rules.get(one.id)) for one in organizations],
        problems=typed.problems,
    )


async def change(request: Request, sent: Form) -> Response:
    desk, viewer = desk_of(request), visit_of(request).viewer
    organization_id = uuid_in(sent["organizationId"])
    if sent["organizationId"] and organization_id is None:
        raise HTTPException(404)
    return await do(
        request,
        sent,
        lambda: set_publishing_rule(
            desk,
            viewer,
            organization_id=organization_id,
            needs_second_person=sent["needs"] == "yes",
            expected_version=version_of(sent),
        ),
        show=show,
        back=f"{ADDRESS}/rules",
        field="rules",
    )
