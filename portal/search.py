"""Search: one address, with or without JavaScript; no result is a way to ask, not an end."""

from typing import Any

from starlette.requests import Request
from starlette.responses import Response

from foredesk.knowledge.answering import search_articles
from foredesk.knowledge.queries import published_for
from portal.forms import clean
from portal.home import NOTHING_SOUGHT
from portal.pages import desk_of, page
from portal.visits import visit_of
from portal.words import NAMES

STEP = 10
FURTHEST = 200
LONGEST = 200
LISTED = 100


async def show(request: Request) -> Response:
    visit = visit_of(request)
    q = clean(request.query_params.get("q", ""))[:LONGEST]
    section = clean(request.query_params.get("section", ""))[:LONGEST]
    language = request.query_params.get("language", "")
    language = language if language in NAMES else ""
    first = _first(request.query_params.get("first", ""))
    shown: dict[str, Any] = {"q": q, "section": section, "language": language, "first": first}
    if q:
        shown["found"] = await search_articles(
            desk_of(request),
            visit.viewer,
            text=q,
            locale=language or visit.words.locale,
            section=section or None,
            visitor=visit.visitor,
            limit=STEP,
            offset=first,
            prefix=True,
        )
    elif section:
        of_section = published_for(visit.viewer).filter(section=section)
        shown["listed"] = await of_section.filter(locale=language or visit.words.locale).limit(
            LISTED
        )
    return page(request, "search.html", **(NOTHING_SOUGHT | shown))


def _first(text: str) -> int:
    is_number = text.isascii() and text.isdigit() and len(text) < 10
    return min(int(text), FURTHEST) if is_number else 0
