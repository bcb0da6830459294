"""Write: draft a reason for outage from the event log, revise it, send it, or discard it."""

from collections.abc import Sequence
from datetime import date
from uuid import UUID

from foredesk.database import blank
from foredesk.desk import Desk
from foredesk.errors import InvalidInput, NotFound
from foredesk.identity import new_id
from foredesk.outages.content import Content, PlannedAction, check_complete, cleaned
from foredesk.outages.draft import drafted
from foredesk.outages.models import OutageAction, OutageReport, OutageReportVersion
from foredesk.outages.queries import actions_in, content_of, of_version, version_of
from foredesk.outages.reporting import Reporting, beginning, reporting
from foredesk.people.idempotency import Once
from foredesk.people.models import Organization, Person
from foredesk.people.policy import Act
from foredesk.people.queries import in_teams, is_agent, visible_people
from foredesk.people.viewer import Viewer
from foredesk.text import readable
from foredesk.tickets.models import Ticket, TicketEvent
from foredesk.tickets.states import EventKind

NOTE_LIMIT = 2_000


async def draft_outage_report(
    desk: Desk,
    viewer: Viewer,
    *,
    ticket_id: UUID,
    expected_version: int | None = None,
    once: Once | None = None,
) -> OutageReport:
    """Begin the report of a ticket with what its events tell, in the requester's language.

    `expected_version` is that of the ticket.

    Raises InvalidTransition when there is one, or the ticket is closed; and what `changing` raises.
    """
    async with beginning(
        desk, viewer, ticket_id, expected_version=expected_version, once=once
    ) as it:
        ticket = it.change.ticket
        events = await TicketEvent.filter(ticket_id=ticket.id).order_by("sequence")
        content = cleaned(drafted(ticket, events, await _locale(ticket)))
        it.tell(EventKind.OUTAGE_REPORT_DRAFTED, version=it.report.version + 1)
        await it.report.save()
        await _keep(it, content, "")
    return it.report


async def revise_outage_report(
    desk: Desk,
    viewer: Viewer,
    *,
    ticket_id: UUID,
    content: Content,
    note: str = "",
    expected_version: int | None = None,
    once: Once | None = None,
) -> OutageReport:
    """Write another version; the earlier ones stay. What the customer had, they get anew.

    An action that stays the same keeps whether it is done, and one that is done stays in any case.

    Raises InvalidInput for what can't be kept, NotFound for an owner who is no agent of the
    requester's organization, InvalidTransition, and what `reporting` raises.
    """
    content, note = cleaned(content), readable("note", note, limit=NOTE_LIMIT)
    async with reporting(
        desk,
        viewer,
        ticket_id,
        Act.WRITE_OUTAGE_REPORT,
        expected_version=expected_version,
        once=once,
    ) as it:
        await _check_owners(viewer, it.change.ticket, content.actions)
        it.tell(EventKind.OUTAGE_REPORT_REVISED, version=it.report.version + 1)
        await _keep(it, content, note)
    return it.report


async def send_outage_report(
    desk: Desk,
    viewer: Viewer,
    *,
    ticket_id: UUID,
    expected_version: int | None = None,
    once: Once | None = None,
) -> OutageReport:
    """Give the newest version to the customer, who accepts or refuses it.

    Raises InvalidInput for one that lacks its cause, impact or timeline, or that was refused just
    so; InvalidTransition for one that is no draft; and what `reporting` raises.
    """
    async with reporting(
        desk,
        viewer,
        ticket_id,
        Act.WRITE_OUTAGE_REPORT,
        expected_version=expected_version,
        once=once,
    ) as it:
        report = it.report
        if report.refusal and report.version == report.sent_version:
            raise InvalidInput("ticketId", "They refused this very version. Revise it first.")
        it.tell(EventKind.OUTAGE_REPORT_SENT, version=report.version)
        check_complete(content_of(await version_of(report, report.version), ()))
    return it.report


async def discard_outage_report(
    desk: Desk,
    viewer: Viewer,
    *,
    ticket_id: UUID,
    expected_version: int | None = None,
    once: Once | None = None,
) -> OutageReport:
    """Give up a draft that no customer has had: the ticket closes without one again.

    Raises InvalidTransition for any other, and what `reporting` raises.
    """
    async with reporting(
        desk,
        viewer,
        ticket_id,
        Act.WRITE_OUTAGE_REPORT,
        expected_version=expected_version,
        once=once,
    ) as it:
        it.tell(EventKind.OUTAGE_REPORT_DISCARDED)
        it.close_if_settled()
    return it.report


async def complete_outage_action(
    desk: Desk, viewer: Viewer, *, action_id: UUID, once: Once | None = None
) -> OutageReport:
    """Say that something is done which was promised; after the ticket is closed, too.

    Raises NotFound for an action that the viewer may not see, or that no version names any more;
    InvalidInput for one that is done; and what `reporting` raises.
    """
    action = await OutageAction.get_or_none(id=action_id, until_version__isnull=True)
    there = OutageReport.filter(id=action.report_id, state__isnull=False) if action else None
    report = await there.first() if there is not None else None
    if action is None or report is None:
        raise NotFound("actionId")
    try:
        async with reporting(
            desk, viewer, report.ticket_id, Act.WRITE_OUTAGE_REPORT, once=once
        ) as it:
            await action.refresh_from_db()
            if action.done_at is not None or action.until_version is not None:
                raise InvalidInput("actionId", "This is done already, or not planned any more.")
            it.change.append(EventKind.OUTAGE_ACTION_COMPLETED, action_id=str(action.id))
            action.done_at, action.done_by_id = desk.now(), viewer.person_id
            await action.save()
    except NotFound:
        raise NotFound("actionId") from None
    return it.report


async def _keep(it: Reporting, content: Content, note: str) -> None:
    report, number = it.report, it.report.version
    version = blank(
        OutageReportVersion,
        id=new_id(),
        report_id=report.id,
        number=number,
        summary=content.summary,
        impact=content.impact,
        cause=content.cause,
        workaround=content.workaround,
        timeline=[{"at": one.at.isoformat(), "text": one.text} for one in content.timeline],
        note=note,
        written_by_id=it.change.viewer.person_id,
        written_at=it.change.desk.now(),
    )
    await version.save(force_create=True)
    await _keep_actions(report, number, content.actions)


async def _keep_actions(report: OutageReport, number: int, wanted: Sequence[PlannedAction]) -> None:
    """Those that stay the same stay; others end with the version before, and new ones begin."""
    present = of_version((await actions_in([report.id]))[report.id], number)
    left = list(present)
    for position, action in enumerate(wanted):
        same = next((one for one in left if _is_same(one, action)), None)
        if same is not None:
            left.remove(same)
            await OutageAction.filter(id=same.id).update(position=position)
            continue
        await OutageAction.create(
            report_id=report.id,
            position=position,
            what=action.what,
            owner_id=action.owner_id,
            due_on=action.due_on,
            since_version=number,
        )
    over = [one.id for one in left if one.done_at is None]
    await OutageAction.filter(id__in=over).update(until_version=number)


def _is_same(kept: OutageAction, wanted: PlannedAction) -> bool:
    key: tuple[str, UUID, date] = (kept.what, kept.owner_id, kept.due_on)
    return key == (wanted.what, wanted.owner_id, wanted.due_on)


async def _check_owners(viewer: Viewer, ticket: Ticket, actions: Sequence[PlannedAction]) -> None:
    """Agents who serve the requester's organization; members of the confidential team that has
    the ticket, if one has it.
    """
    wanted = {action.owner_id for action in actions}
    if not wanted:
        return
    people = visible_people(viewer).filter(
        is_agent(),
        id__in=list(wanted),
        is_active=True,
        memberships__team__customers__organization_id=ticket.organization_id,
    )
    if ticket.is_confidential:
        people = people.filter(in_teams([ticket.team_id] if ticket.team_id else []))
    if wanted - set(await people.values_list("id", flat=True)):
        raise NotFound("actions", "An owner is nobody who serves this customer.")


async def _locale(ticket: Ticket) -> str:
    requester = await Person.get(id=ticket.requester_id)
    return requester.locale or (await Organization.get(id=ticket.organization_id)).locale
