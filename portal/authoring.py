"""The list of articles for those who write them, in every state."""

from collections.abc import Mapping, Sequence
from typing import Any

from starlette.requests import Request
from starlette.responses import Response

from foredesk.knowledge.authoring import ArticleNotice, ArticleNoticeKind
from foredesk.knowledge.models import ArticleState
from foredesk.knowledge.notices import mark_notices_seen, visible_notices
from foredesk.knowledge.queries import visible_to
from foredesk.people.models import Person
from foredesk.people.queries import visible_people
from foredesk.people.viewer import Viewer
from portal.authoring_asked import STEP, asked_in, listed
from portal.authors import ADDRESS, STATES, state_of
from portal.forms import Form
from portal.managing import id_sent
from portal.pages import desk_of, page, see_other
from portal.visits import Visit, visit_of
from portal.words import language_name, marked

CHOICES_AT_MOST = 500
NOTICES_AT_MOST = 20
WHY: Mapping[ArticleNoticeKind, str] = {
    ArticleNoticeKind.REVIEW_DUE: marked("It is time to look it through."),
    ArticleNoticeKind.RETURNED: marked("It came back from the review."),
    ArticleNoticeKind.DECLINED: marked("The new version that you proposed was declined."),
    ArticleNoticeKind.NOT_PUBLISHED: marked("It could not be published as planned."),
    ArticleNoticeKind.ORIGINAL_CHANGED: marked("What it translates says something new."),
}


async def show(request: Request) -> Response:
    visit, now = visit_of(request), desk_of(request).now()
    asked = asked_in(request.query_params)
    found = await listed(visit.viewer, asked, now)
    states = {state: visit.words(label) for state, (label, _) in STATES.items()}
    return page(
        request,
        "authoring.html",
        asked=asked,
        step=STEP,
        total=found.total,
        rows=[(article, *state_of(article, visit.words)) for article in found.articles],
        states=states,
        retired=ArticleState.RETIRED,
        notices=await _notices(visit),
        **await _choices(visit.viewer),
    )


async def seen(request: Request, sent: Form) -> Response:
    await mark_notices_seen(
        desk_of(request), visit_of(request).viewer, notice_ids=[id_sent(sent, "notice")]
    )
    return see_other(ADDRESS)


async def sections_of(viewer: Viewer) -> Sequence[str]:
    """Every section that an article of theirs is in."""
    rows = visible_to(viewer).exclude(section="").order_by("section").distinct()
    return [str(one) for one in await rows.limit(CHOICES_AT_MOST).values_list("section", flat=True)]


async def owners_of(viewer: Viewer) -> Sequence[Person]:
    """People who own an article; only those whom the viewer may see."""
    mine = visible_to(viewer).exclude(owner_id=None).order_by("owner_id").distinct()
    ids = await mine.limit(CHOICES_AT_MOST).values_list("owner_id", flat=True)
    return await visible_people(viewer).filter(id__in=list(ids)).order_by("name")


async def _notices(visit: Visit) -> Sequence[tuple[ArticleNotice, str, str]]:
    """What they are asked to see to, each with why, and what was said; what the desk itself says
    is said in their language."""
    unseen = visible_notices(visit.viewer).filter(seen_at=None).prefetch_related("article")
    return [
        (one, visit.words(WHY[one.kind]), _said(one, visit))
        for one in await unseen.limit(NOTICES_AT_MOST)
    ]


def _said(notice: ArticleNotice, visit: Visit) -> str:
    is_ours = notice.kind is ArticleNoticeKind.NOT_PUBLISHED and notice.note
    return visit.words(notice.note) if is_ours else notice.note


async def _choices(viewer: Viewer) -> dict[str, Any]:
    rows = visible_to(viewer).order_by("locale").distinct()
    locales = await rows.values_list("locale", flat=True)
    return {
        "sections": await sections_of(viewer),
        "locales": [(str(one), language_name(str(one))) for one in locales],
        "owners": await owners_of(viewer),
    }
