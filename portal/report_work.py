"""The agent's page on a reason for outage: draft it, revise it, send it, keep its promises."""

import re
from collections.abc import Sequence
from datetime import date, datetime, tzinfo
from functools import partial
from typing import Any

from starlette.requests import Request
from starlette.responses import Response

from foredesk.errors import InvalidInput
from foredesk.outages.content import Content, Moment, PlannedAction
from foredesk.outages.write import (
    complete_outage_action,
    discard_outage_report,
    draft_outage_report,
    revise_outage_report,
    send_outage_report,
)
from foredesk.people.policy import Act, may
from foredesk.tickets.models import Ticket
from foredesk.tickets.queries import sees_internal
from foredesk.tickets.states import TicketState
from portal.acting import NOTHING_TYPED, Typed, act, ticket_of, version_of
from portal.forms import NOT_OFFERED, Form, id_chosen, uuid_in
from portal.pages import desk_of, page
from portal.reports import ShownReport, report_of
from portal.visits import visit_of
from portal.workplace import colleagues_for

SPARE = 2
"""Empty rows for actions that are added."""
MOST_ROWS = 52
_LINE = re.compile(r"(\d{4}-\d\d-\d\d)[ T](\d\d:\d\d)\s+(\S.*)")
_NO_TIME = "Begin each line with a day and a time, such as 2026-03-02 14:05."


async def show(request: Request) -> Response:
    return await _page(request, await ticket_of(request), NOTHING_TYPED)


async def draft(request: Request, sent: Form) -> Response:
    return await _act(request, sent, field="", action=_draft)


async def revise(request: Request, sent: Form) -> Response:
    return await _act(request, sent, field="summary", action=_revise)


async def send(request: Request, sent: Form) -> Response:
    return await _act(request, sent, field="", action=_send)


async def discard(request: Request, sent: Form) -> Response:
    return await _act(request, sent, field="", action=_discard)


async def done(request: Request, sent: Form) -> Response:
    return await _act(request, sent, field="", action=_done)


async def _draft(request: Request, ticket: Ticket, sent: Form) -> None:
    await draft_outage_report(desk_of(request), visit_of(request).viewer, ticket_id=ticket.id)


async def _revise(request: Request, ticket: Ticket, sent: Form) -> None:
    shown = await report_of(request, ticket)
    known = shown.version.timeline if shown else ()
    await revise_outage_report(
        desk_of(request),
        visit_of(request).viewer,
        ticket_id=ticket.id,
        content=Content(
            summary=sent["summary"],
            impact=sent["impact"],
            cause=sent["cause"],
            workaround=sent["workaround"],
            timeline=timeline_in(sent["timeline"], visit_of(request).words.zone, known),
            actions=_actions(sent),
        ),
        note=sent["note"],
        expected_version=version_of(sent),
    )


async def _send(request: Request, ticket: Ticket, sent: Form) -> None:
    await send_outage_report(
        desk_of(request),
        visit_of(request).viewer,
        ticket_id=ticket.id,
        expected_version=version_of(sent),
    )


async def _discard(request: Request, ticket: Ticket, sent: Form) -> None:
    await discard_outage_report(desk_of(request), visit_of(request).viewer, ticket_id=ticket.id)


async def _done(request: Request, ticket: Ticket, sent: Form) -> None:
    action = uuid_in(sent["action"])
    if action is None:
        raise InvalidInput("action", NOT_OFFERED)
    await complete_outage_action(desk_of(request), visit_of(request).viewer, action_id=action)


def written(timeline: Sequence[Moment], zone: tzinfo) -> str:
    """A line each, for an agent to change."""
    return "\n".join(_line(moment, zone) for moment in timeline)


def timeline_in(text: str, zone: tzinfo, known: Sequence[Moment]) -> list[Moment]:
    """What the lines say by the agent's clock; lines that nobody changed keep their second.

    Raises InvalidInput for a line without a time.
    """
    unchanged = {_line(moment, zone): moment for moment in known}
    lines = [line.strip() for line in text.splitlines() if line.strip()]
    return [unchanged.get(line) or _moment(line, zone) for line in lines]


def _line(moment: Moment, zone: tzinfo) -> str:
    return f"{moment.at.astimezone(zone):%Y-%m-%d %H:%M} {moment.text}"


def _moment(line: str, zone: tzinfo) -> Moment:
    found = _LINE.fullmatch(line)
    if found is None:
        raise InvalidInput("timeline", _NO_TIME)
    try:
        at = datetime.fromisoformat(f"{found[1]}T{found[2]}").replace(tzinfo=zone)
    except ValueError as problem:
        raise InvalidInput("timeline", _NO_TIME) from problem
    return Moment(at, found[3])


def _actions(sent: Form) -> list[PlannedAction]:
    """The rows that are filled in. Raises InvalidInput for one that is half filled in."""
    found = []
    for row in range(MOST_ROWS):
        what = sent[f"what-{row}"].strip()
        if not what:
            continue
        owner = id_chosen(sent, f"owner-{row}")
        try:
            due = date.fromisoformat(sent[f"due-{row}"])
        except ValueError as problem:
            raise InvalidInput(f"due-{row}", "Choose the day by which it is done.") from problem
        if owner is None:
            raise InvalidInput(f"owner-{row}", "Choose who does it.")
        found.append(PlannedAction(what, owner, due))
    return found


async def _page(request: Request, ticket: Ticket, typed: Typed) -> Response:
    visit = visit_of(request)
    report = await report_of(request, ticket)
    writes = may(visit.viewer, Act.WRITE_OUTAGE_REPORT, ticket)
    is_for_agents = sees_internal(visit.viewer, ticket)
    people = await colleagues_for(visit, ticket) if writes else ()
    return page(
        request,
        "report_work.html",
        status=typed.status,
        ticket=ticket,
        report=report if is_for_agents else None,
        can_draft=writes and report is None and ticket.state is not TicketState.CLOSED,
        typed=typed,
        problems=typed.problems,
        values=_values(report, typed, visit.words.zone) if report else {},
        rows=_rows(report, typed) if report else [],
        owners=people,
    )


def _values(report: ShownReport, typed: Typed, zone: tzinfo) -> dict[str, str]:
    """What the fields hold: what was typed, or the newest version."""
    if "summary" in typed.sent.fields:
        names = ("summary", "impact", "cause", "workaround", "timeline", "note")
        return {name: typed[name] for name in names}
    row = report.version.row
    return {
        "summary": row.summary,
        "impact": row.impact,
        "cause": row.cause,
        "workaround": row.workaround,
        "timeline": written(report.version.timeline, zone),
        "note": "",
    }


def _rows(report: ShownReport, typed: Typed) -> list[dict[str, Any]]:
    """One for each action that is not done, and some to spare."""
    if "summary" in typed.sent.fields:
        return [
            {
                "what": typed[f"what-{row}"],
                "owner": typed[f"owner-{row}"],
                "due": typed[f"due-{row}"],
            }
            for row in range(MOST_ROWS)
            if f"what-{row}" in typed.sent.fields
        ]
    actions = [one for one in report.version.actions if not one.done]
    rows = [
        {"what": one.what, "owner": str(one.owner_id), "due": one.due_on.isoformat()}
        for one in actions
    ]
    return rows + [{"what": "", "owner": "", "due": ""} for _ in range(SPARE)]


_act = partial(act, show=_page, back="/board", then="/report")
