"""Who reads an article, who answers for it, and what happens to it when."""

from collections.abc import Awaitable, Callable, Sequence
from datetime import datetime
from typing import Any

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response

from foredesk.catalog import queries as services
from foredesk.knowledge.article_services import name_services
from foredesk.knowledge.care import assign_article, look_over_article, place_article
from foredesk.knowledge.models import Article, Audience
from foredesk.knowledge.schedule import schedule_article
from foredesk.knowledge.search_queries import services_of
from foredesk.people.models import Person, Team
from foredesk.people.policy import Act, serves
from foredesk.people.queries import is_agent, visible_organizations, visible_people, visible_teams
from foredesk.people.viewer import Viewer
from portal.acting import NOTHING_TYPED, Typed, version_of
from portal.authors import ADDRESS, AUDIENCES, article_of, do, may_do
from portal.forms import Form, choice_of, id_chosen, uuid_in
from portal.languages import languages_of
from portal.managing import NOWHERE, SHOWN_AT_MOST, moment_sent
from portal.pages import desk_of, page
from portal.visits import visit_of

NONE: tuple[str, ...] = ()


async def show(request: Request, typed: Typed = NOTHING_TYPED) -> Response:
    """Raises HTTPException 404 for an article that is not theirs to change."""
    article, visit = await article_of(request), visit_of(request)
    if not may_do(visit.viewer, Act.WRITE_ARTICLE, article):
        raise HTTPException(404)
    tongues = await languages_of(visit.viewer, article)
    return page(
        request,
        "article_care.html",
        status=typed.status,
        article=article,
        original=tongues.original,
        typed=typed,
        problems=typed.problems,
        owners=await owners_for(visit.viewer),
        services=await services.visible_to(visit.viewer).order_by("name").limit(SHOWN_AT_MOST),
        about=(await services_of([article.id]))[article.id],
        **await placements(request),
    )


async def place(request: Request, sent: Form) -> Response:
    return await _do(
        request,
        sent,
        place_article,
        "audience",
        lambda: {
            "audience": choice_of(sent, "audience", Audience) or Audience.PUBLIC,
            "organization_id": id_chosen(sent, "organizationId"),
            "team_id": id_chosen(sent, "teamId"),
        },
    )


async def assign(request: Request, sent: Form) -> Response:
    return await _do(
        request,
        sent,
        assign_article,
        "ownerId",
        lambda: {"owner_id": id_chosen(sent, "ownerId")},
    )


async def look_over(request: Request, sent: Form) -> Response:
    return await _do(
        request,
        sent,
        look_over_article,
        "reviewAt",
        lambda: {
            "review_at": _moment(request, sent, "reviewAt"),
            "is_still_right": "right" in sent,
        },
    )


async def schedule(request: Request, sent: Form) -> Response:
    return await _do(
        request,
        sent,
        schedule_article,
        "publishAt",
        lambda: {
            "publish_at": _moment(request, sent, "publishAt"),
            "retire_at": _moment(request, sent, "retireAt"),
        },
    )


async def name(request: Request, sent: Form) -> Response:
    """The services that it is about."""
    article = await article_of(request)
    desk, viewer = desk_of(request), visit_of(request).viewer
    chosen = {uuid_in(one) or NOWHERE for one in sent.fields.get("serviceIds", NONE)}
    return await do(
        request,
        sent,
        lambda: name_services(desk, viewer, article_id=article.id, service_ids=chosen),
        show=show,
        back=f"{ADDRESS}/{article.id}",
        field="serviceIds",
    )


async def owners_for(viewer: Viewer) -> Sequence[Person]:
    """Agents who may answer for an article."""
    rows = visible_people(viewer).filter(is_agent(), is_active=True).order_by("name", "id")
    return await rows.limit(SHOWN_AT_MOST)


async def placements(request: Request) -> dict[str, Any]:
    """For whom the viewer may write articles."""
    visit = visit_of(request)
    organizations = await visible_organizations(visit.viewer).order_by("name")
    teams = await visible_teams(visit.viewer).order_by("name")
    return {
        "audiences": [(one.value, visit.words(label)) for one, label in AUDIENCES.items()],
        "organizations": [one for one in organizations if serves(visit.viewer, one.id)],
        "teams": [one for one in teams if _writes_for(visit.viewer, one)],
    }


async def _do(
    request: Request,
    sent: Form,
    use: Callable[..., Awaitable[Article]],
    field: str,
    read: Callable[[], dict[str, Any]],
) -> Response:
    """`read` makes the use case's arguments of the form."""
    article = await article_of(request)
    desk, viewer = desk_of(request), visit_of(request).viewer

    async def act() -> None:
        await use(desk, viewer, article_id=article.id, expected_version=version_of(sent), **read())

    back = f"{ADDRESS}/{article.id}"
    return await do(request, sent, act, show=show, back=back, field=field)


def _moment(request: Request, sent: Form, name: str) -> datetime | None:
    """None for a field that is left empty. Raises InvalidInput."""
    return moment_sent(request, sent, name) if name in sent else None


def _writes_for(viewer: Viewer, team: Team) -> bool:
    return team.id in viewer.team_ids or (viewer.is_administrator and not team.is_confidential)
