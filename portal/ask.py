"""Asking for help: what may answer it stands beside the form; sending it makes one request."""

from starlette.requests import Request
from starlette.responses import Response

from foredesk.errors import DeskError, IdempotencyKeyReused
from foredesk.knowledge.answering import FoundArticles, suggest_articles
from foredesk.knowledge.deflection import file_after_search
from foredesk.knowledge.models import DeflectionOutcome
from foredesk.people.models import Person
from foredesk.people.queries import visible_people
from foredesk.sla.priority import Impact, Urgency
from foredesk.tickets.models import Ticket
from foredesk.tickets.record import record_ticket
from portal.article import note_outcome
from portal.forms import Form, choice_of, clean, uuid_in
from portal.labels import impacts, urgencies
from portal.pages import desk_of, page, see_other
from portal.refusals import say, unreadable
from portal.visits import visit_of

FIELDS = ("subject", "details", "reach", "urgency", "impact", "search", "suggested", "key")
LONGEST = 200


async def show(request: Request) -> Response:
    """The form; `subject` and `search` come along from a search that did not answer."""
    typed = dict.fromkeys(FIELDS, "")
    typed["subject"] = clean(request.query_params.get("subject", ""))[:LONGEST]
    typed["search"] = str(uuid_in(request.query_params.get("search", "")) or "")
    return await _form(request, typed)


async def send(request: Request, sent: Form) -> Response:
    typed = {name: sent[name] for name in FIELDS}
    words = visit_of(request).words
    problems = {name: unreadable(words) for name in FIELDS if name in sent.unreadable}
    if problems:
        return await _form(request, typed, problems)
    try:
        ticket = await _record(request, typed)
    except DeskError as refusal:
        if isinstance(refusal, IdempotencyKeyReused):
            typed["key"] = ""
        field = refusal.path[0] if refusal.path and refusal.path[0] in FIELDS else ""
        return await _form(request, typed, {field: say(words, refusal)})
    return see_other(f"/requests/{ticket.number}")


async def look(request: Request, sent: Form) -> Response:
    """What may answer it, for browsers without JavaScript: the form again, and nothing is sent."""
    return await _form(request, {name: sent[name] for name in FIELDS})


async def answered(request: Request, sent: Form) -> Response:
    """“This answered it”: noted, and thanked for."""
    search, _, article = sent["answered"].partition(" ")
    article_id = uuid_in(article)
    if article_id:
        outcome = DeflectionOutcome.SOLVED
        await note_outcome(request, uuid_in(search), article_id, outcome)
    return see_other("/answered")


async def thanks(request: Request) -> Response:
    return page(request, "answered.html")


async def _form(
    request: Request, typed: dict[str, str], problems: dict[str, str] | None = None
) -> Response:
    words = visit_of(request).words
    return page(
        request,
        "ask.html",
        status=422 if problems else 200,
        typed=typed,
        problems=problems or {},
        found=await _suggestions(request, typed),
        person=await _person(request),
        urgencies=urgencies(words),
        impacts=impacts(words),
    )


async def _suggestions(request: Request, typed: dict[str, str]) -> FoundArticles:
    visit = visit_of(request)
    return await suggest_articles(
        desk_of(request),
        visit.viewer,
        subject=typed["subject"][:LONGEST],
        visitor=visit.visitor,
    )


async def _person(request: Request) -> Person | None:
    viewer = visit_of(request).viewer
    if viewer.person_id is None:
        return None
    return await visible_people(viewer).get_or_none(id=viewer.person_id)


async def _record(request: Request, typed: dict[str, str]) -> Ticket:
    """Searches made before signing in are the visitor's, and failed all the same."""
    desk, visit = desk_of(request), visit_of(request)
    ticket = await record_ticket(
        desk,
        visit.viewer,
        subject=typed["subject"],
        details=_details(request, typed),
        urgency=choice_of(typed, "urgency", Urgency),
        impact=choice_of(typed, "impact", Impact),
        search_id=uuid_in(typed["search"]),
        visitor=visit.visitor,
        idempotency_key=typed["key"] or None,
    )
    if suggested := uuid_in(typed["suggested"]):
        await file_after_search(
            desk, visit.viewer, search_id=suggested, ticket_id=ticket.id, visitor=visit.visitor
        )
    return ticket


def _details(request: Request, typed: dict[str, str]) -> str:
    details, reach = typed["details"].strip(), " ".join(typed["reach"].split())
    if not reach:
        return details
    reached = visit_of(request).words("How to reach me: %(how)s", how=reach)
    return f"{details}\n\n{reached}".strip()
