"""Background: every kind of job and timer the server runs, and who takes care of it."""

from collections.abc import Awaitable, Callable, Mapping
from datetime import UTC, datetime
from functools import partial
from typing import Any
from uuid import UUID

from foredesk.channels.deliver import send_mail_by
from foredesk.channels.notify import NOTIFIED, notify_requester
from foredesk.database import transaction
from foredesk.desk import Desk
from foredesk.jobs import Handler, PgQueuerJobs, Sweep
from foredesk.knowledge.events import deliver_knowledge_event
from foredesk.ports import JobContext, MailTransport
from foredesk.sla.jobs import handle_reproject_clocks
from foredesk.surveys.invite import expire_invitations, send_due_invitations
from foredesk.surveys.jobs import (
    handle_decide_on_surveys,
    handle_plugin_response,
    handle_survey_completed,
)
from foredesk.tickets.announce import announce_to_plugins, deliver_to_plugin
from foredesk.tickets.classify import classify_by_plugins
from foredesk.tickets.confirm import close_silent
from foredesk.tickets.models import TicketEvent
from foredesk.tickets.states import EventKind
from foredesk.tickets.teach import teach_articles
from foredesk.tickets.timers import tell_due_clocks

DeskHandler = Callable[[Desk, Mapping[str, Any], JobContext], Awaitable[None]]


def handlers(desk: Desk, transport: MailTransport) -> Mapping[str, Handler]:
    """Who handles which job."""
    table: dict[str, DeskHandler] = {
        "ticket_event": _ticket_event,
        "classify_ticket": _classify_ticket,
        "teach_articles": _teach_articles,
        "notify_requester": _notify_requester,
        "plugin_event": deliver_to_plugin,
        "knowledge_event": deliver_knowledge_event,
        "decide_on_surveys": handle_decide_on_surveys,
        "survey_completed": handle_survey_completed,
        "plugin_response": handle_plugin_response,
        "reproject_clocks": handle_reproject_clocks,
        "send_mail": send_mail_by(transport),
    }
    return {name: partial(handler, desk) for name, handler in table.items()}


def sweeps(desk: Desk, jobs: PgQueuerJobs) -> Mapping[str, Sweep]:
    """What is looked for every few seconds."""
    return {
        "clocks": lambda: tell_due_clocks(desk),
        "silent requests": lambda: close_silent(desk),
        "survey invitations": lambda: send_due_invitations(desk),
        "expired invitations": lambda: expire_invitations(desk),
        "old jobs": lambda: jobs.prune(datetime.now(UTC)),
    }


async def _ticket_event(desk: Desk, payload: Mapping[str, Any], context: JobContext) -> None:
    """Hand an event on to everyone it concerns, each in a job of its own."""
    event = await TicketEvent.get(id=UUID(payload["event_id"]))
    async with transaction():
        await announce_to_plugins(desk, event)
        for name in _concerned(event):
            await desk.jobs.enqueue(
                name,
                {"event_id": str(event.id), "ticket_id": str(event.ticket_id)},
                key=str(event.id),
            )


def _concerned(event: TicketEvent) -> list[str]:
    concerned = ["notify_requester"] if event.kind in NOTIFIED else []
    if event.kind is EventKind.RESOLVED and event.data.get("article_ids"):
        concerned.append("teach_articles")
    if event.kind is EventKind.CLOSED:
        concerned.append("decide_on_surveys")
    return concerned


async def _classify_ticket(desk: Desk, payload: Mapping[str, Any], context: JobContext) -> None:
    """For the request whose process died between its recording and its classification."""
    await classify_by_plugins(desk, UUID(payload["ticket_id"]))


async def _notify_requester(desk: Desk, payload: Mapping[str, Any], context: JobContext) -> None:
    await notify_requester(desk, UUID(payload["event_id"]))


async def _teach_articles(desk: Desk, payload: Mapping[str, Any], context: JobContext) -> None:
    await teach_articles(desk, await TicketEvent.get(id=UUID(payload["event_id"])))
