"""Several: one act for all tickets that were ticked on the board, and what came of each."""

from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass

from starlette.requests import Request
from starlette.responses import Response

from foredesk.database import retry
from foredesk.errors import DeskError
from foredesk.people.models import Person
from foredesk.people.queries import visible_people
from foredesk.tickets.assign import assign_ticket
from foredesk.tickets.merge import merge_ticket
from foredesk.tickets.models import Ticket
from foredesk.tickets.pause import pause_ticket
from foredesk.tickets.queries import visible_to
from foredesk.tickets.resolve import resolve_ticket
from portal.acting import LARGEST_NUMBER
from portal.forms import Form, id_chosen
from portal.joining import ticket_numbered, waiting_for
from portal.pages import desk_of, page
from portal.refusals import say, unreadable
from portal.visits import Visit, visit_of

AT_MOST = 100


@dataclass(frozen=True, slots=True)
class Outcome:
    """What came of one ticket; `problem` is empty where it was done."""

    number: int
    subject: str
    problem: str = ""


async def act(request: Request, sent: Form) -> Response:
    words, picked = visit_of(request).words, _picked(sent)
    do, problem = _ACTS.get(sent["act"]), ""
    if do is None or not picked:
        problem = words("Tick the tickets first, then choose what to do.")
    elif len(picked) > AT_MOST:
        problem = words("Tick at most %(number)s tickets.", number=words.number(AT_MOST))
    elif sent.unreadable:
        problem = unreadable(words)
    outcomes = [] if problem or do is None else await _outcomes(request, sent, picked, do)
    shown = sent["show"] if sent["show"].isalpha() else "open"
    return page(
        request,
        "several.html",
        status=422 if problem else 200,
        outcomes=outcomes,
        done=len([outcome for outcome in outcomes if not outcome.problem]),
        problem=problem,
        typed=sent["resolution"].strip(),
        back=f"/board?show={shown}",
    )


async def colleagues(visit: Visit) -> Sequence[Person]:
    """Agents who serve an organization that the viewer serves."""
    serving = visible_people(visit.viewer).filter(
        memberships__team__customers__organization_id__in=list(visit.viewer.serves), is_active=True
    )
    return await serving.distinct().order_by("name")


Do = Callable[[Request, Ticket, int, Form], Awaitable[object]]


async def _outcomes(
    request: Request, sent: Form, picked: dict[int, int], do: Do
) -> Sequence[Outcome]:
    """In the order in which they stood on the board; each ticket is changed by itself."""
    mine = visible_to(visit_of(request).viewer).filter(number__in=list(picked))
    tickets = {ticket.number: ticket for ticket in await mine}
    return [
        await _outcome(request, sent, tickets.get(number), number, version, do)
        for number, version in picked.items()
    ]


async def _outcome(
    request: Request, sent: Form, ticket: Ticket | None, number: int, version: int, do: Do
) -> Outcome:
    words = visit_of(request).words
    if ticket is None:
        return Outcome(number, "", words("There is no such thing, or it is not yours to see."))
    try:
        await retry(lambda: do(request, ticket, version, sent))
    except DeskError as refusal:
        return Outcome(number, ticket.subject, say(words, refusal))
    return Outcome(number, ticket.subject)


async def _take(request: Request, ticket: Ticket, version: int, sent: Form) -> None:
    viewer = visit_of(request).viewer
    await assign_ticket(
        desk_of(request),
        viewer,
        ticket_id=ticket.id,
        team_id=ticket.team_id if ticket.team_id in viewer.team_ids else None,
        assignee_id=viewer.person_id,
        expected_version=version,
    )


async def _assign(request: Request, ticket: Ticket, version: int, sent: Form) -> None:
    await assign_ticket(
        desk_of(request),
        visit_of(request).viewer,
        ticket_id=ticket.id,
        assignee_id=id_chosen(sent, "assignee"),
        expected_version=version,
    )


async def _resolve(request: Request, ticket: Ticket, version: int, sent: Form) -> None:
    await resolve_ticket(
        desk_of(request),
        visit_of(request).viewer,
        ticket_id=ticket.id,
        resolution=sent["resolution"],
        expected_version=version,
    )


async def _pause(request: Request, ticket: Ticket, version: int, sent: Form) -> None:
    await pause_ticket(
        desk_of(request),
        visit_of(request).viewer,
        ticket_id=ticket.id,
        waiting_for=waiting_for(sent),
        note=sent["pauseNote"],
        expected_version=version,
    )


async def _merge(request: Request, ticket: Ticket, version: int, sent: Form) -> None:
    viewer = visit_of(request).viewer
    into = await ticket_numbered(viewer, sent["intoTicketId"])
    await merge_ticket(
        desk_of(request),
        viewer,
        ticket_id=ticket.id,
        into_id=into.id,
        expected_version=version,
    )


def _picked(sent: Form) -> dict[int, int]:
    """Numbers of the ticked tickets, each with the version that the board showed."""
    picked = {}
    for text in sent.fields.get("ticket", ()):
        number, _, version = text.partition(".")
        if _is_number(number) and _is_number(version):
            picked[int(number)] = int(version)
    return picked


def _is_number(text: str) -> bool:
    return text.isascii() and text.isdigit() and len(text) < 11 and int(text) <= LARGEST_NUMBER


_ACTS: dict[str, Do] = {
    "take": _take,
    "assign": _assign,
    "resolve": _resolve,
    "pause": _pause,
    "merge": _merge,
}
