"""What a viewer may read of reasons for outage."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from tortoise.expressions import F, Q
from tortoise.queryset import QuerySet

from foredesk.outages.content import Content, Moment, PlannedAction
from foredesk.outages.models import OutageAction, OutageReport, OutageReportVersion
from foredesk.outages.moves import MOVES
from foredesk.people.policy import Act, may
from foredesk.people.roles import Scope
from foredesk.people.viewer import Viewer
from foredesk.tickets.models import Ticket
from foredesk.tickets.queries import handled_by
from foredesk.tickets.states import ALLOWED_FROM, EventKind

_THERE = Q(state__isnull=False)


def visible_to(viewer: Viewer) -> QuerySet[OutageReport]:
    """Agents see those of the tickets that they handle; customers those of the tickets that they
    see, once a version was sent to them. What was discarded nobody sees.
    """
    return OutageReport.filter(_THERE, _open_to(viewer, "", Q(sent_version__isnull=False)))


def visible_versions(viewer: Viewer) -> QuerySet[OutageReportVersion]:
    """Agents see every version, customers the one that was sent to them last."""
    sent = Q(number=F("report__sent_version"))
    return OutageReportVersion.filter(
        _open_to(viewer, "report__", sent), report__state__isnull=False
    )


def visible_actions(viewer: Viewer) -> QuerySet[OutageAction]:
    """Agents see every action, customers those of the version that was sent to them last."""
    sent = Q(since_version__lte=F("report__sent_version")) & (
        Q(until_version__isnull=True) | Q(until_version__gt=F("report__sent_version"))
    )
    return OutageAction.filter(_open_to(viewer, "report__", sent), report__state__isnull=False)


def _open_to(viewer: Viewer, path: str, sent: Q) -> Q:
    if viewer.is_system:
        return Q(id__isnull=False)
    if viewer.person_id is None or not viewer.reads(Scope.TICKETS):
        return Q(id__isnull=True)
    ticket = f"{path}ticket__"
    own: dict[str, Any] = {f"{ticket}requester_id": viewer.person_id}
    seen = Q(**own)
    if viewer.sees_whole_organization:
        house: dict[str, Any] = {f"{ticket}organization_id": viewer.organization_id}
        house[f"{ticket}is_confidential"] = False
        seen |= Q(**house)
    return (seen & sent) | handled_by(viewer, ticket) if viewer.is_agent else seen & sent


def shown_version(report: OutageReport, *, is_for_agents: bool) -> int | None:
    """The newest one for those who handle the ticket, for others the one that they were sent."""
    return report.version if is_for_agents else report.sent_version


async def version_of(report: OutageReport, number: int) -> OutageReportVersion:
    return await OutageReportVersion.get(report_id=report.id, number=number)


async def actions_in(report_ids: Iterable[UUID]) -> Mapping[UUID, Sequence[OutageAction]]:
    """By report, those of all its versions in their order."""
    found: dict[UUID, list[OutageAction]] = {id: [] for id in report_ids}
    for action in await OutageAction.filter(report_id__in=list(found)).order_by("position", "id"):
        found[action.report_id].append(action)
    return found


def of_version(actions: Iterable[OutageAction], number: int) -> list[OutageAction]:
    """Those that a version names."""
    return [
        action
        for action in actions
        if action.since_version <= number
        and (action.until_version is None or action.until_version > number)
    ]


def content_of(version: OutageReportVersion, actions: Iterable[OutageAction]) -> Content:
    return Content(
        summary=version.summary,
        impact=version.impact,
        cause=version.cause,
        workaround=version.workaround,
        timeline=moments(version),
        actions=[PlannedAction(one.what, one.owner_id, one.due_on) for one in actions],
    )


def moments(version: OutageReportVersion) -> list[Moment]:
    return [
        Moment(datetime.fromisoformat(entry["at"]), entry["text"]) for entry in version.timeline
    ]


def possible(viewer: Viewer, ticket: Ticket, report: OutageReport) -> frozenset[str]:
    """Of revise, send, discard, complete, accept and refuse, what the viewer may do to it now."""
    found = set()
    if may(viewer, Act.WRITE_OUTAGE_REPORT, ticket):
        found |= {"revise", "complete", "send", "discard"}
    if may(viewer, Act.ANSWER_OUTAGE_REPORT, ticket):
        found |= {"accept", "refuse"}
    return frozenset(name for name in found if _is_open_for(name, ticket, report))


def _is_open_for(name: str, ticket: Ticket, report: OutageReport) -> bool:
    kind = _LEADS_TO[name]
    if ticket.merged_into_id is not None or ticket.state not in ALLOWED_FROM[kind]:
        return False
    if kind not in MOVES:
        return True
    is_bound = name == "discard" and report.sent_version is not None
    return report.state in MOVES[kind][0] and not is_bound


_LEADS_TO = {
    "revise": EventKind.OUTAGE_REPORT_REVISED,
    "send": EventKind.OUTAGE_REPORT_SENT,
    "discard": EventKind.OUTAGE_REPORT_DISCARDED,
    "complete": EventKind.OUTAGE_ACTION_COMPLETED,
    "accept": EventKind.OUTAGE_REPORT_ACCEPTED,
    "refuse": EventKind.OUTAGE_REPORT_REFUSED,
}
