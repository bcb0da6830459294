"""Background: every kind of job and timer the server runs, and who takes care of it."""

from collections.abc import Awaitable, Callable, Mapping
from datetime import UTC, datetime
from functools import partial
from typing import Any
from uuid import UUID

from foredesk.channels.deliver import send_mail_by
from foredesk.channels.notify import notify_requester
from foredesk.channels.substitutes import notify_substitute
from foredesk.desk import Desk
from foredesk.jobs import Handler, PgQueuerJobs, Sweep
from foredesk.knowledge.events import deliver_knowledge_event
from foredesk.people.idempotency import forget_keys
from foredesk.people.reminders import remind_of_tokens
from foredesk.people.sign_in import forget_sessions
from foredesk.ports import JobContext, MailTransport
from foredesk.sla.jobs import handle_reproject_clocks
from foredesk.surveys.invite import expire_invitations, send_due_invitations
from foredesk.surveys.jobs import (
    handle_decide_on_surveys,
    handle_plugin_response,
    handle_survey_completed,
)
from foredesk.tickets.announce import deliver_to_plugin
from foredesk.tickets.classify import classify_forgotten
from foredesk.tickets.confirm import close_silent
from foredesk.tickets.models import TicketEvent
from foredesk.tickets.release import release_tickets
from foredesk.tickets.teach import teach_articles, unteach_articles
from foredesk.tickets.timers import tell_due_clocks

DeskHandler = Callable[[Desk, Mapping[str, Any], JobContext], Awaitable[None]]


def handlers(desk: Desk, transport: MailTransport) -> Mapping[str, Handler]:
    """Who handles which job."""
    table: dict[str, DeskHandler] = {
        "teach_articles": _teach_articles,
        "forget_questions": _forget_questions,
        "notify_requester": _notify_requester,
        "notify_substitute": _notify_substitute,
        "release_tickets": _release_tickets,
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
        "forgotten requests": lambda: classify_forgotten(desk),
        "clocks": lambda: tell_due_clocks(desk),
        "silent requests": lambda: close_silent(desk),
        "survey invitations": lambda: send_due_invitations(desk),
        "expired invitations": lambda: expire_invitations(desk),
        "old sessions": lambda: forget_sessions(desk),
        "ending tokens": lambda: remind_of_tokens(desk),
        "old keys": lambda: forget_keys(desk),
        "old jobs": lambda: jobs.prune(datetime.now(UTC)),
    }


async def _notify_requester(desk: Desk, payload: Mapping[str, Any], context: JobContext) -> None:
    await notify_requester(desk, UUID(payload["event_id"]))


async def _notify_substitute(desk: Desk, payload: Mapping[str, Any], context: JobContext) -> None:
    await notify_substitute(desk, UUID(payload["event_id"]))


async def _release_tickets(desk: Desk, payload: Mapping[str, Any], context: JobContext) -> None:
    await release_tickets(desk, UUID(payload["person_id"]))


async def _teach_articles(desk: Desk, payload: Mapping[str, Any], context: JobContext) -> None:
    await teach_articles(desk, await TicketEvent.get(id=UUID(payload["event_id"])))


async def _forget_questions(desk: Desk, payload: Mapping[str, Any], context: JobContext) -> None:
    await unteach_articles(desk, await TicketEvent.get(id=UUID(payload["event_id"])))
