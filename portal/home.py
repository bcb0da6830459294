"""The first page: search first, then one's own requests, then what others ask."""

from typing import Any

from starlette.requests import Request
from starlette.responses import Response

from foredesk.knowledge.popular import popular_articles
from foredesk.knowledge.queries import sections
from portal.pages import desk_of, page
from portal.requests import CLOSED, of, rows_of
from portal.visits import visit_of

SECTIONS = 12
MINE = 3
POPULAR = 6


async def show(request: Request) -> Response:
    visit = visit_of(request)
    named = [(name, n) for name, n in await sections(visit.viewer, visit.words.locale) if name]
    biggest = sorted(sorted(named, key=lambda one: -one[1])[:SECTIONS])
    mine = of(visit.viewer) & ~CLOSED
    rows = await rows_of(request, mine, limit=MINE) if visit.is_signed_in else []
    return page(
        request,
        "home.html",
        rows=rows,
        popular=await popular_articles(
            desk_of(request), visit.viewer, locale=visit.words.locale, limit=POPULAR
        ),
        sections=biggest,
        **NOTHING_SOUGHT,
    )


NOTHING_SOUGHT: dict[str, Any] = {
    "q": "",
    "section": "",
    "language": "",
    "service": None,
    "turns": {},
    "found": None,
    "listed": [],
    "first": 0,
    "step": 10,
}
"""What the search form and the results show before anything is typed."""
