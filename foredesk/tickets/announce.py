"""Announce: what follows from an event, each consequence a job of its own."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from foredesk.database import Writes
from foredesk.desk import Desk
from foredesk.ports import PAUSED_FOR, JobContext
from foredesk.tickets.facts import event_facts, facts_of
from foredesk.tickets.models import Ticket, TicketEvent, TicketKind
from foredesk.tickets.states import EventKind

CONSEQUENCES: dict[EventKind, tuple[str, ...]] = {
    EventKind.RECORDED: ("notify_requester",),
    EventKind.REPLIED: ("notify_requester", "notify_substitute"),
    EventKind.PAUSED: ("notify_requester",),
    EventKind.MOVED: ("notify_requester",),
    EventKind.MERGED: ("notify_requester",),
    EventKind.UNMERGED: ("notify_requester",),
    EventKind.SOLVED_ELSEWHERE: ("notify_requester",),
    EventKind.ESCALATED: ("notify_escalation",),
    EventKind.RESOLVED: ("notify_requester", "teach_articles"),
    EventKind.REFUSED: ("forget_questions", "notify_substitute"),
    EventKind.REOPENED: ("forget_questions", "notify_substitute"),
    EventKind.CLOSED: ("decide_on_surveys",),
    EventKind.ARTICLE_LINKED: ("teach_articles", "tell_of_flag"),
    EventKind.ARTICLE_UNLINKED: ("forget_question",),
    EventKind.KNOWN_ERROR_TOLD: ("notify_requester",),
    EventKind.ESTIMATE_OVERDUE: ("remind_of_estimate",),
    EventKind.OUTAGE_REPORT_SENT: ("mail_outage_report",),
    EventKind.OUTAGE_REPORT_REFUSED: ("notify_substitute",),
}
"""Jobs of the desk itself."""

HOOKS: dict[EventKind, str] = {
    EventKind.RECORDED: "on_ticket_created",
    EventKind.CLASSIFIED: "on_ticket_changed",
    EventKind.ASSIGNED: "on_ticket_changed",
    EventKind.ESCALATED: "on_ticket_changed",
    EventKind.REPAIR_ESTIMATED: "on_ticket_changed",
    EventKind.REPLIED: "on_comment_added",
    EventKind.NOTED: "on_comment_added",
    EventKind.FORWARDED: "on_comment_added",
    EventKind.PAUSED: "on_ticket_changed",
    EventKind.RESUMED: "on_ticket_changed",
    EventKind.MOVED: "on_ticket_changed",
    EventKind.SPLIT: "on_ticket_changed",
    EventKind.MERGED: "on_ticket_changed",
    EventKind.UNMERGED: "on_ticket_changed",
    EventKind.MERGED_IN: "on_ticket_changed",
    EventKind.MERGED_OUT: "on_ticket_changed",
    EventKind.RESOLVED: "on_ticket_resolved",
    EventKind.CLOSED: "on_ticket_closed",
    EventKind.REFUSED: "on_ticket_reopened",
    EventKind.REOPENED: "on_ticket_reopened",
    EventKind.CLOCK_WARNED: "on_sla_warning",
    EventKind.CLOCK_MISSED: "on_sla_breached",
    EventKind.OPERATIONAL_MISSED: "on_sla_breached",
    EventKind.ARTICLE_LINKED: "on_ticket_changed",
    EventKind.ARTICLE_UNLINKED: "on_ticket_changed",
    EventKind.KNOWN_ERROR_TOLD: "on_ticket_changed",
    EventKind.OUTAGE_REPORT_SENT: "on_ticket_changed",
    EventKind.OUTAGE_REPORT_ACCEPTED: "on_ticket_changed",
    EventKind.OUTAGE_REPORT_REFUSED: "on_ticket_changed",
}
"""Event hooks of plugins."""


class PluginFailed(Exception):
    """A plugin did not take the event; the job is tried again."""


async def announce(desk: Desk, ticket: Ticket, event: TicketEvent, writes: Writes) -> None:
    """Add to the writes the jobs that follow from the event; none for most kinds.

    No plugin is told of what a confidential team has.
    """
    for name in _consequences(ticket, event):
        payload = {"event_id": str(event.id), "ticket_id": str(ticket.id)}
        await desk.jobs.enqueue(name, payload, along_with=writes)
    if _asks_for_repair(desk, ticket, event):
        await desk.jobs.enqueue("suggest_repair", {"ticket_id": str(ticket.id)}, along_with=writes)
    hook = None if ticket.is_confidential else HOOKS.get(event.kind)
    for plugin in desk.hooks.listeners(hook, ticket.organization_id) if hook else ():
        told = {"event_id": str(event.id), "hook": hook, "plugin": plugin}
        await desk.jobs.enqueue("plugin_event", told, along_with=writes)


def _consequences(ticket: Ticket, event: TicketEvent) -> tuple[str, ...]:
    return CONSEQUENCES.get(event.kind, ()) + (("pass_on",) if is_passed_on(ticket, event) else ())


def is_passed_on(ticket: Ticket, event: TicketEvent) -> bool:
    """Whether it concerns the requesters of merged requests, or those who have the other one."""
    match event.kind:
        case EventKind.RESOLVED:
            return ticket.merged_count > 0
        case EventKind.REPLIED if ticket.merged_into_id is not None:
            return bool(event.data["from_requester"])
        case EventKind.REPLIED:
            return ticket.merged_count > 0 and bool(event.data.get("also_to_merged"))
    return False


def _asks_for_repair(desk: Desk, ticket: Ticket, event: TicketEvent) -> bool:
    """An incident may have come to another team."""
    return (
        event.kind in (EventKind.ASSIGNED, EventKind.ESCALATED)
        and ticket.kind is TicketKind.INCIDENT
        and ticket.team_id is not None
        and not ticket.is_confidential
        and bool(desk.hooks.listeners("estimate_repair", ticket.organization_id))
    )


async def deliver_to_plugin(desk: Desk, payload: Mapping[str, Any], context: JobContext) -> None:
    """Handler of `plugin_event`. Raises PluginFailed, so that the job is tried again."""
    event = await TicketEvent.get(id=UUID(payload["event_id"]))
    ticket = await Ticket.get(id=event.ticket_id)
    if ticket.is_confidential:
        return
    outcome = await desk.hooks.deliver(
        payload["hook"],
        payload["plugin"],
        ticket.organization_id,
        ticket=await facts_of(ticket),
        event=event_facts(event),
    )
    if outcome.is_paused:
        await desk.jobs.enqueue("plugin_event", payload, key=context.key, delay=PAUSED_FOR)
    elif outcome.error:
        raise PluginFailed(f"{outcome.plugin}: {outcome.error}: {outcome.detail}")
