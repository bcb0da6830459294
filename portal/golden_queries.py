"""Golden queries: questions whose answer must stay among the first, and what their runs said."""

from collections.abc import Mapping, Sequence
from typing import Any
from uuid import UUID

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response

from foredesk.knowledge.golden import (
    USUAL_PLACES,
    add_golden_query,
    change_golden_query,
    remove_golden_query,
    run_golden_queries,
)
from foredesk.knowledge.models import Article
from foredesk.knowledge.queries import visible_to
from foredesk.knowledge.search_models import GoldenRun, Occasion
from foredesk.knowledge.search_queries import (
    visible_golden_changes,
    visible_golden_queries,
    visible_golden_runs,
)
from foredesk.people.policy import Act, may, serves
from foredesk.people.queries import visible_organizations
from foredesk.tickets import queries as tickets
from foredesk.tickets.golden import keep_ticket_as_golden
from foredesk.tickets.models import TicketArticle
from portal.acting import LARGEST_NUMBER, NOTHING_TYPED, Typed, version_of
from portal.answers import article_at
from portal.authors import ADDRESS as ARTICLES
from portal.authors import do, tongues
from portal.forms import Form, clean, uuid_in
from portal.managing import SHOWN_AT_MOST, id_in
from portal.pages import desk_of, page
from portal.visits import visit_of
from portal.words import marked

ADDRESS = f"{ARTICLES}/golden"
RUNS_SHOWN = 10
PLACES = (1, 3, 5, 10)
OCCASIONS: Mapping[Occasion, str] = {
    Occasion.BY_HAND: marked("Run by hand"),
    Occasion.PUBLISHED: marked("An article was published"),
    Occasion.WORDS_CHANGED: marked("Words of the search were changed"),
    Occasion.PLUGIN_CHANGED: marked("A plugin was switched on or set up"),
    Occasion.ANALYSIS_CHANGED: marked("Texts are read in another way"),
}


async def show(request: Request, typed: Typed = NOTHING_TYPED) -> Response:
    visit = visit_of(request)
    rows = visible_golden_queries(visit.viewer).prefetch_related("organization", "article")
    queries = await rows.order_by("text", "id").limit(SHOWN_AT_MOST)
    runs = visible_golden_runs(visit.viewer).order_by("-at", "-id").limit(RUNS_SHOWN)
    companies = await visible_organizations(visit.viewer).order_by("name").limit(SHOWN_AT_MOST)
    said = await _said(request, typed)
    return page(
        request,
        "golden_queries.html",
        status=typed.status,
        queries=queries,
        lost=sum(not one.holds for one in queries),
        runs=await told_runs(request, await runs),
        may_keep=may(visit.viewer, Act.KEEP_GOLDEN_QUERIES),
        said=said,
        places=PLACES,
        companies=[(one.id, one.name) for one in companies if serves(visit.viewer, one.id)],
        tongues=tongues(said["language"]),
        problems=typed.problems,
    )


async def add(request: Request, sent: Form) -> Response:
    desk, viewer = desk_of(request), visit_of(request).viewer
    ticket_id = uuid_in(sent["ticket"])
    within = int(sent["within"]) if sent["within"] in map(str, PLACES) else USUAL_PLACES

    async def act() -> None:
        article = await article_at(request, sent["articleId"], "articleId")
        common: dict[str, Any] = {
            "text": sent["text"],
            "article_id": article.id,
            "within": within,
            "is_binding": sent["binding"] == "yes",
        }
        if ticket_id is not None:
            await keep_ticket_as_golden(desk, viewer, ticket_id=ticket_id, **common)
            return
        await add_golden_query(
            desk,
            viewer,
            locale=sent["locale"] or None,
            organization_id=uuid_in(sent["organizationId"]),
            **common,
        )

    return await do(request, sent, act, show=show, back=ADDRESS, field="text")


async def change(request: Request, sent: Form) -> Response:
    desk, viewer, id = desk_of(request), visit_of(request).viewer, id_in(request)

    async def act() -> None:
        await change_golden_query(
            desk,
            viewer,
            query_id=id,
            is_binding=sent["binding"] == "yes",
            expected_version=version_of(sent),
        )

    return await do(request, sent, act, show=show, back=ADDRESS, field="text")


async def remove(request: Request, sent: Form) -> Response:
    desk, viewer, id = desk_of(request), visit_of(request).viewer, id_in(request)

    async def act() -> None:
        await remove_golden_query(desk, viewer, query_id=id)

    return await do(request, sent, act, show=show, back=ADDRESS, field="text")


async def run(request: Request, sent: Form) -> Response:
    desk, viewer = desk_of(request), visit_of(request).viewer

    async def act() -> None:
        await run_golden_queries(desk, viewer)

    return await do(request, sent, act, show=show, back=f"{ADDRESS}#runs", field="text")


async def told_runs(request: Request, runs: Sequence[GoldenRun]) -> list[dict[str, Any]]:
    """Each with what it lost and won back, as far as the viewer may see it."""
    visit = visit_of(request)
    changes = visible_golden_changes(visit.viewer).filter(run_id__in=[run.id for run in runs])
    by_run: dict[UUID, list[Any]] = {run.id: [] for run in runs}
    for one in await changes.prefetch_related("query__article").order_by("id"):
        by_run[one.run_id].append(one)
    articles = await _named(request, runs)
    return [
        {
            "run": run,
            "why": visit.words(OCCASIONS[run.occasion]),
            "article": articles.get(run.subject),
            "changes": by_run[run.id],
        }
        for run in runs
    ]


async def _named(request: Request, runs: Sequence[GoldenRun]) -> Mapping[str, Article]:
    slugs = [run.subject for run in runs if run.occasion is Occasion.PUBLISHED]
    if not slugs:
        return {}
    rows = await visible_to(visit_of(request).viewer).filter(slug__in=slugs)
    return {one.slug: one for one in rows}


async def _said(request: Request, typed: Typed) -> dict[str, str]:
    """What was typed, or what the address brings along: words of a search, or a request's."""
    names = {"text": "text", "language": "locale", "article": "articleId", "ticket": "ticket"}
    if typed.sent.fields:
        return {name: typed[field] for name, field in names.items()} | {
            "organization": typed["organizationId"],
            "within": typed["within"],
            "binding": typed["binding"],
        }
    asked = request.query_params
    said = {name: clean(asked.get(name, ""))[:200] for name in names} | {
        "organization": "",
        "within": str(USUAL_PLACES),
        "binding": "",
    }
    return said | await _of_ticket(request, said["ticket"]) if said["ticket"] else said


async def _of_ticket(request: Request, number: str) -> dict[str, str]:
    """Raises HTTPException 404 for a request that is not theirs to see."""
    is_number = number.isascii() and number.isdigit() and int(number[:12]) <= LARGEST_NUMBER
    seen = tickets.visible_to(visit_of(request).viewer)
    ticket = await seen.filter(number=int(number)).first() if is_number else None
    if ticket is None:
        raise HTTPException(404)
    used = TicketArticle.filter(ticket_id=ticket.id).order_by("-resolved", "linked_at")
    link = await used.prefetch_related("article").first()
    found = {"ticket": str(ticket.id), "text": ticket.subject}
    return found | {"article": link.article.slug} if link else found
