"""Missing: what people looked for in vain, and articles that somebody should look after."""

from collections.abc import Mapping

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response

from foredesk.people.policy import Act, may
from foredesk.self_service.missing import missing_content
from foredesk.self_service.table import missing_csv, upkeep_csv
from foredesk.self_service.upkeep import Concern, neglected_articles, sees_upkeep
from portal.doors import View, members
from portal.pages import desk_of, page
from portal.self_service import choices, table, wanted_in, wanted_or_usual
from portal.visits import visit_of
from portal.words import marked

SHOWN = 50
CONCERNS: Mapping[Concern, str] = {
    Concern.FLAGGED: marked("agents found something wrong in it"),
    Concern.LOW_VOTES: marked("it helps less than half of those who vote"),
    Concern.REVIEW_DUE: marked("its day to be looked over has come"),
    Concern.OLD: marked("nobody has changed it for a year"),
}


def caring(view: View) -> View:
    """Raises HTTPException 404 for those who write no articles."""

    async def endpoint(request: Request) -> Response:
        if not sees_upkeep(visit_of(request).viewer):
            raise HTTPException(404)
        return await view(request)

    return members(endpoint)


async def show(request: Request) -> Response:
    wanted, problems = wanted_or_usual(request)
    viewer = visit_of(request).viewer
    found = await missing_content(desk_of(request), viewer, span=wanted.span)
    return page(
        request,
        "answers_missing.html",
        status=422 if problems else 200,
        problems=problems,
        gaps=found.gaps[:SHOWN],
        queries=found.queries[:SHOWN],
        writes=may(viewer, Act.WRITE_ARTICLE),
        **choices(request, wanted),
    )


async def download(request: Request) -> Response:
    desk, viewer = desk_of(request), visit_of(request).viewer
    wanted = wanted_in(request.query_params, viewer, desk.now())
    return table("missing", missing_csv(await missing_content(desk, viewer, span=wanted.span)))


async def show_articles(request: Request) -> Response:
    found = await neglected_articles(desk_of(request), visit_of(request).viewer)
    return page(request, "answers_articles.html", found=found, concerns=CONCERNS)


async def download_articles(request: Request) -> Response:
    found = await neglected_articles(desk_of(request), visit_of(request).viewer)
    return table("articles", upkeep_csv(found))
