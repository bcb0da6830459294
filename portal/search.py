"""Search: one address, with or without JavaScript; no result is a way to ask, not an end."""

import re
from collections.abc import Mapping
from typing import Any
from uuid import UUID

from starlette.requests import Request
from starlette.responses import Response

from foredesk.catalog import queries as services
from foredesk.knowledge.answering import search_articles
from foredesk.knowledge.queries import published_for
from foredesk.people.viewer import Viewer
from portal.forms import clean, uuid_in
from portal.home import NOTHING_SOUGHT
from portal.pages import desk_of, page
from portal.visits import visit_of

STEP = 10
FURTHEST = 200
LONGEST = 200
LISTED = 100
CHOICES = 8
_LANGUAGE = re.compile(r"[a-z]{2,3}(-[A-Za-z0-9]{1,8})?")


async def show(request: Request) -> Response:
    visit = visit_of(request)
    q = clean(request.query_params.get("q", ""))[:LONGEST]
    section = clean(request.query_params.get("section", ""))[:LONGEST]
    language = request.query_params.get("language", "")
    language = language if _LANGUAGE.fullmatch(language) else ""
    service = uuid_in(request.query_params.get("service", ""))
    first = _first(request.query_params.get("first", ""))
    shown: dict[str, Any] = {"q": q, "section": section, "language": language, "first": first}
    shown["service"] = service
    if q:
        shown["found"] = await search_articles(
            desk_of(request),
            visit.viewer,
            text=q,
            locale=visit.words.locale,
            section=section or None,
            language=language or None,
            service_id=service,
            visitor=visit.visitor,
            limit=STEP,
            offset=first,
            prefix=True,
            facets=True,
        )
        shown["turns"] = await _turns(visit.viewer, shown)
    elif section:
        of_section = published_for(visit.viewer).filter(section=section)
        shown["listed"] = await of_section.filter(locale=language or visit.words.locale).limit(
            LISTED
        )
    return page(request, "search.html", **(NOTHING_SOUGHT | shown))


async def _turns(viewer: Viewer, shown: Mapping[str, Any]) -> dict[str, Any]:
    """What the search can be turned to: sections, languages and services with their numbers."""
    facets = shown["found"].facets
    known = await services.visible_to(viewer).filter(
        id__in=[one.value for one in facets.services[:CHOICES]]
    )
    names = {str(one.id): one.name for one in known}
    answering = shown["language"] or next((hit.article.locale for hit in shown["found"].hits), "")
    return {
        "sections": [one for one in facets.sections if one.value != shown["section"]][:CHOICES],
        "tongues": [one for one in facets.languages if one.value != answering][:CHOICES],
        "services": [
            (one.value, names[one.value], one.count)
            for one in facets.services[:CHOICES]
            if one.value in names and one.value != str(shown["service"])
        ],
        "answering": answering,
        "service_name": await _service_name(viewer, shown["service"]),
    }


async def _service_name(viewer: Viewer, id: UUID | None) -> str:
    service = await services.visible_to(viewer).filter(id=id).first() if id else None
    return service.name if service else ""


def _first(text: str) -> int:
    is_number = text.isascii() and text.isdigit() and len(text) < 10
    return min(int(text), FURTHEST) if is_number else 0
