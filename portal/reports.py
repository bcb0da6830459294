"""Reports: a reason for outage as pages show it, to agents and to customers."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from babel.dates import format_date
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response

from foredesk.outages.content import Moment
from foredesk.outages.markdown import as_markdown
from foredesk.outages.models import OutageAction, OutageReport, OutageReportVersion
from foredesk.outages.queries import (
    actions_in,
    moments,
    of_version,
    possible,
    shown_version,
    visible_to,
    visible_versions,
)
from foredesk.people.queries import visible_people
from foredesk.tickets.models import Ticket
from foredesk.tickets.queries import sees_internal
from foredesk.tickets.states import OutageReportState
from portal.acting import ticket_of
from portal.visits import visit_of
from portal.words import Words


@dataclass(frozen=True, slots=True)
class ShownAction:
    id: UUID
    what: str
    owner: str
    owner_id: UUID
    due_on: date
    due: str
    done: str
    """When it was done; empty if it is not."""


@dataclass(frozen=True, slots=True)
class ShownVersion:
    """One version with the names and days in it said."""

    row: OutageReportVersion
    author: str
    timeline: Sequence[Moment]
    actions: Sequence[ShownAction]


@dataclass(frozen=True, slots=True)
class ShownReport:
    """`version` is what the viewer is to read; `versions` all that they may, newest first."""

    row: OutageReport
    label: str
    tone: str
    version: ShownVersion
    versions: Sequence[ShownVersion]
    possible: frozenset[str]


async def report_of(request: Request, ticket: Ticket) -> ShownReport | None:
    """None where there is none that the viewer may see."""
    viewer, words = visit_of(request).viewer, visit_of(request).words
    report = await visible_to(viewer).get_or_none(ticket_id=ticket.id)
    if report is None:
        return None
    number = shown_version(report, is_for_agents=sees_internal(viewer, ticket))
    rows = await visible_versions(viewer).filter(report_id=report.id).order_by("-number")
    actions = (await actions_in([report.id]))[report.id]
    people = {row.written_by_id for row in rows} | {action.owner_id for action in actions}
    known = visible_people(viewer).filter(id__in=[id for id in people if id])
    names = {person.id: person.name for person in await known}
    versions = [_version(row, actions, names, words) for row in rows]
    label, tone = _state(report, words)
    return ShownReport(
        row=report,
        label=label,
        tone=tone,
        version=next(one for one in versions if one.row.number == number),
        versions=versions,
        possible=possible(viewer, ticket, report),
    )


async def download(request: Request) -> Response:
    """What the viewer is to read, as Markdown in their language and zone."""
    ticket, visit = await ticket_of(request), visit_of(request)
    shown = await report_of(request, ticket)
    if shown is None:
        raise HTTPException(404)
    version = shown.version
    chosen = {action.id for action in version.actions}
    actions = (await actions_in([shown.row.id]))[shown.row.id]
    text = as_markdown(
        version.row,
        [action for action in actions if action.id in chosen],
        {action.owner_id: action.owner for action in version.actions if action.owner},
        number=ticket.number,
        locale=visit.words.locale,
        zone=str(visit.words.zone),
    )
    name = f"outage-{ticket.number}-{version.row.number}.md"
    return Response(
        text.encode(),
        media_type="text/markdown; charset=utf-8",
        headers={
            "Content-Disposition": f'attachment; filename="{name}"',
            "Cache-Control": "no-store",
        },
    )


def _version(
    row: OutageReportVersion,
    actions: Iterable[OutageAction],
    names: dict[UUID, str],
    words: Words,
) -> ShownVersion:
    return ShownVersion(
        row=row,
        author=names.get(row.written_by_id, "") if row.written_by_id else "",
        timeline=moments(row),
        actions=[
            ShownAction(
                id=action.id,
                what=action.what,
                owner=names.get(action.owner_id, ""),
                owner_id=action.owner_id,
                due_on=action.due_on,
                due=format_date(action.due_on, "long", locale=words.locale),
                done=words.date(action.done_at) if action.done_at else "",
            )
            for action in of_version(actions, row.number)
        ],
    )


def _state(report: OutageReport, words: Words) -> tuple[str, str]:
    match report.state:
        case OutageReportState.SENT:
            return words("Waiting for the customer"), "warn"
        case OutageReportState.ACCEPTED:
            return words("Accepted"), "good"
        case _ if report.refusal:
            return words("Refused, in work again"), "bad"
        case _:
            return words("In work"), ""
