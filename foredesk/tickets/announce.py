"""Announce: tell plugins what happened to a ticket, each of them in a job of its own."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from foredesk.desk import Desk
from foredesk.ports import JobContext
from foredesk.tickets.facts import event_facts, facts_of
from foredesk.tickets.models import Ticket, TicketEvent
from foredesk.tickets.states import EventKind

HOOKS: dict[EventKind, tuple[str, ...]] = {
    EventKind.RECORDED: ("on_ticket_created",),
    EventKind.CLASSIFIED: ("on_ticket_changed",),
    EventKind.ASSIGNED: ("on_ticket_changed",),
    EventKind.ESCALATED: ("on_ticket_changed",),
    EventKind.REPAIR_ESTIMATED: ("on_ticket_changed",),
    EventKind.REPLIED: ("on_comment_added",),
    EventKind.NOTED: ("on_comment_added",),
    EventKind.RESOLVED: ("on_ticket_resolved",),
    EventKind.CLOSED: ("on_ticket_closed",),
    EventKind.REFUSED: ("on_ticket_reopened",),
    EventKind.REOPENED: ("on_ticket_reopened",),
    EventKind.CLOCK_WARNED: ("on_sla_warning",),
    EventKind.CLOCK_MISSED: ("on_sla_breached",),
}


CONSEQUENTIAL = frozenset(
    {EventKind.RECORDED, EventKind.REPLIED, EventKind.RESOLVED, EventKind.CLOSED}
)
"""Kinds of events that the desk itself follows up: by mail, learning, or a survey."""


class PluginFailed(Exception):
    """A plugin did not take the event; the job is tried again."""


def concerns_anyone(desk: Desk, kind: EventKind, organization_id: UUID) -> bool:
    """Whether anything follows from such an event: what concerns nobody needs no job."""
    return kind in CONSEQUENTIAL or any(
        desk.hooks.listeners(hook, organization_id) for hook in HOOKS.get(kind, ())
    )


async def announce_to_plugins(desk: Desk, event: TicketEvent) -> None:
    """Queue one delivery per plugin that listens, in the caller's transaction."""
    hooks = HOOKS.get(event.kind, ())
    if not hooks:
        return
    ticket = await Ticket.get(id=event.ticket_id)
    for hook in hooks:
        for plugin in desk.hooks.listeners(hook, ticket.organization_id):
            await desk.jobs.enqueue(
                "plugin_event",
                {"event_id": str(event.id), "hook": hook, "plugin": plugin},
                key=f"{event.id}:{hook}:{plugin}",
            )


async def deliver_to_plugin(desk: Desk, payload: Mapping[str, Any], context: JobContext) -> None:
    """Handler of `plugin_event`. Raises PluginFailed, so that the job is tried again."""
    event = await TicketEvent.get(id=UUID(payload["event_id"]))
    ticket = await Ticket.get(id=event.ticket_id)
    outcome = await desk.hooks.deliver(
        payload["hook"],
        payload["plugin"],
        ticket.organization_id,
        ticket=await facts_of(ticket),
        event=event_facts(event),
    )
    if outcome.error:
        raise PluginFailed(f"{outcome.plugin}: {outcome.error}: {outcome.detail}")
