"""Acting: do what a form asks of a ticket, or show its page again with what was typed."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response

from foredesk.errors import DeskError, NotFound, StaleVersion
from foredesk.tickets.models import Ticket
from foredesk.tickets.queries import history_of, visible_to
from foredesk.tickets.states import EventKind
from portal.forms import Form
from portal.pages import see_other
from portal.refusals import say, unreadable
from portal.visits import visit_of

LARGEST_NUMBER = 2**31 - 1


@dataclass(frozen=True, slots=True)
class Typed:
    """What a form said and why it was not done; empty when a page is shown for the first time."""

    sent: Form = field(default_factory=Form)
    problems: dict[str, str] = field(default_factory=dict)

    def __getitem__(self, name: str) -> str:
        return self.sent[name]

    @property
    def status(self) -> int:
        return 422 if self.problems else 200


NOTHING_TYPED = Typed()
Action = Callable[[Request, Ticket, Form], Awaitable[object]]
Show = Callable[[Request, Ticket, Typed], Awaitable[Response]]


async def ticket_of(request: Request) -> Ticket:
    """The ticket of the address. Raises HTTPException 404 for any that is not theirs to see."""
    number = int(request.path_params["number"])
    if number > LARGEST_NUMBER:
        raise HTTPException(404)
    tickets = visible_to(visit_of(request).viewer).filter(number=number)
    parts = ("clocks", "requester", "requester__organization", "assignee", "team", "service")
    ticket = await tickets.prefetch_related(*parts).first()
    if ticket is None:
        raise HTTPException(404)
    return ticket


async def act(
    request: Request,
    sent: Form,
    *,
    field: str,
    action: Action,
    show: Show,
    back: str,
    then: str = "",
) -> Response:
    """`field` is where a problem is shown that names no other field of the form; `then` is the
    page of the ticket to come back to.
    """
    ticket = await ticket_of(request)
    words = visit_of(request).words
    broken = {name: unreadable(words) for name in sent.unreadable}
    if broken:
        return await show(request, ticket, Typed(sent, broken))
    try:
        await action(request, ticket, sent)
    except NotFound as refusal:
        if refusal.field == "ticketId":
            raise
        problems = {field: words("There is no such thing, or it is not yours to see.")}
        return await show(request, ticket, Typed(sent, problems))
    except DeskError as refusal:
        is_stale = isinstance(refusal, StaleVersion)
        if not (is_stale and await _was_just_said(request, ticket, sent[field])):
            problems = {_place(refusal, sent, field): say(words, refusal)}
            return await show(request, await ticket_of(request), Typed(sent, problems))
    still = await visible_to(visit_of(request).viewer).filter(id=ticket.id).exists()
    return see_other(f"{back}/{ticket.number}{then}" if still else back)


def _place(refusal: DeskError, sent: Form, otherwise: str) -> str:
    """The field that the refusal names if the form has it."""
    named = refusal.path[-1] if refusal.path else ""
    return named if named in sent.fields else otherwise


def version_of(sent: Form) -> int | None:
    """The version that the sender was looking at."""
    text = sent["version"]
    return int(text) if text.isascii() and text.isdigit() and len(text) < 10 else None


async def _was_just_said(request: Request, ticket: Ticket, text: str) -> bool:
    """Whether the newest message is this very one: a form that was sent twice."""
    viewer = visit_of(request).viewer
    kinds = [EventKind.REPLIED.value, EventKind.NOTED.value]
    said = history_of(viewer, ticket).filter(kind__in=kinds).order_by("-sequence")
    newest = await said.first()
    return (
        newest is not None
        and newest.actor_id == viewer.person_id
        and newest.data.get("body") == text.strip()
    )
