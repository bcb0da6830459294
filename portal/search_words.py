"""Words of searches, by company and language: which mean the same, and which say nothing."""

from typing import Any
from urllib.parse import urlencode
from uuid import UUID

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response

from foredesk.errors import InvalidInput, SearchRegression, StaleVersion
from foredesk.knowledge.search_models import Occasion, WordList
from foredesk.knowledge.search_queries import visible_golden_runs, visible_word_lists
from foredesk.knowledge.word_lists import revise_word_list
from foredesk.people.policy import Act, may, serves
from foredesk.people.queries import visible_organizations
from foredesk.people.viewer import Viewer
from portal.acting import NOTHING_TYPED, Typed, version_of
from portal.authors import tongues
from portal.forms import Form, uuid_in
from portal.golden_queries import told_runs
from portal.managing import SHOWN_AT_MOST, do
from portal.pages import desk_of, page
from portal.visits import visit_of
from portal.words import marked

ADDRESS = "/authoring/words"
CHANGED = marked("Somebody else changed these words in the meantime. Look again, then repeat.")
LOST = marked(
    "Questions that must be answered would lose their answer with these words: see below."
)


async def show(request: Request, typed: Typed = NOTHING_TYPED) -> Response:
    viewer = _manager(request)
    organization_id, language = _chosen(request, typed)
    lists = visible_word_lists(viewer).prefetch_related("organization")
    rows = await lists.order_by("language", "id").limit(SHOWN_AT_MOST)
    offered = await _companies(request, viewer)
    here = next(
        (row for row in rows if (row.organization_id, row.language) == (organization_id, language)),
        None,
    )
    is_offered = str(organization_id or "") in dict(offered)
    return page(
        request,
        "search_words.html",
        status=typed.status,
        lists=rows,
        companies=offered,
        organization=str(organization_id or ""),
        company=dict(offered).get(str(organization_id or ""), ""),
        tongues=tongues(language),
        language=language,
        editing=bool(language) and is_offered,
        version=typed["version"] or (here.version if here else 0),
        said=_said(here, typed),
        runs=await _last_run(request),
        problems=typed.problems,
    )


async def revise(request: Request, sent: Form) -> Response:
    _manager(request)
    desk, viewer = desk_of(request), visit_of(request).viewer
    organization_id = uuid_in(sent["organization"])
    if sent["organization"] and organization_id is None:
        raise HTTPException(404)

    async def act() -> None:
        try:
            await revise_word_list(
                desk,
                viewer,
                organization_id=organization_id,
                language=sent["language"],
                synonyms=[
                    line.split(",") for line in sent["synonyms"].splitlines() if line.strip()
                ],
                stop_words=sent["stopWords"].replace(",", " ").split(),
                expected_version=version_of(sent),
            )
        except StaleVersion as refusal:
            raise InvalidInput("synonyms", CHANGED) from refusal
        except SearchRegression as refusal:
            raise InvalidInput("synonyms", LOST) from refusal

    chosen = urlencode({"organization": sent["organization"], "language": sent["language"]})
    back = f"{ADDRESS}?{chosen}"
    return await do(request, sent, act, show=show, back=back, field="synonyms")


def _groups(text: str) -> list[list[str]]:
    return [line.split(",") for line in text.splitlines() if line.strip()]


def _chosen(request: Request, typed: Typed) -> tuple[UUID | None, str]:
    """Of the form that was sent, or of the address."""
    if typed.sent.fields:
        return uuid_in(typed["organization"]), typed["language"]
    asked = request.query_params
    return uuid_in(asked.get("organization", "")), asked.get("language", "")[:16]


def _said(here: WordList | None, typed: Typed) -> dict[str, str]:
    if typed.sent.fields:
        return {"synonyms": typed["synonyms"], "stop_words": typed["stopWords"]}
    groups = "\n".join(", ".join(group) for group in here.synonyms) if here else ""
    return {"synonyms": groups, "stop_words": " ".join(here.stop_words) if here else ""}


async def _companies(request: Request, viewer: Viewer) -> list[tuple[str, str]]:
    """Those whose words they may change; administrators also everybody's."""
    rows = await visible_organizations(viewer).order_by("name").limit(SHOWN_AT_MOST)
    found = [(str(one.id), one.name) for one in rows if serves(viewer, one.id)]
    everybody = [("", visit_of(request).words("Everybody"))] if viewer.is_administrator else []
    return everybody + found


async def _last_run(request: Request) -> list[dict[str, Any]]:
    viewer = visit_of(request).viewer
    runs = visible_golden_runs(viewer).filter(occasion=Occasion.WORDS_CHANGED)
    return await told_runs(request, await runs.order_by("-at", "-id").limit(1))


def _manager(request: Request) -> Viewer:
    """Raises HTTPException 404."""
    viewer = visit_of(request).viewer
    if not may(viewer, Act.MANAGE_SEARCH_WORDS):
        raise HTTPException(404)
    return viewer
