"""Background: every kind of job and timer the server runs, and who takes care of it."""

from collections.abc import Awaitable, Callable, Mapping
from datetime import UTC, datetime
from functools import partial
from typing import Any
from uuid import UUID

from foredesk.channels.deliver import send_mail_by
from foredesk.channels.escalations import notify_escalation
from foredesk.channels.estimates import remind_of_estimate
from foredesk.channels.flags import tell_of_flag
from foredesk.channels.notify import notify_requester
from foredesk.channels.substitutes import notify_substitute
from foredesk.desk import Desk
from foredesk.jobs import Handler, PgQueuerJobs, Sweep
from foredesk.knowledge.care import remind_of_reviews
from foredesk.knowledge.events import deliver_knowledge_event
from foredesk.knowledge.schedule import keep_schedules
from foredesk.outages.mail import mail_outage_report
from foredesk.people.idempotency import forget_keys
from foredesk.people.reminders import remind_of_tokens
from foredesk.people.sign_in import forget_sessions
from foredesk.ports import JobContext, MailTransport
from foredesk.self_service.retention import Forgetting
from foredesk.self_service.settle import settle_form_starts
from foredesk.sla.holiday_ends import HolidayReminders
from foredesk.surveys.invite import expire_invitations, send_due_invitations
from foredesk.surveys.jobs import (
    handle_decide_on_surveys,
    handle_plugin_response,
    handle_survey_completed,
)
from foredesk.tickets.advise import suggest_repair
from foredesk.tickets.announce import deliver_to_plugin
from foredesk.tickets.classify import classify_forgotten
from foredesk.tickets.clock_jobs import handle_reproject_clocks
from foredesk.tickets.confirm import close_silent
from foredesk.tickets.known_errors import push_known_error
from foredesk.tickets.models import TicketEvent
from foredesk.tickets.overdue import tell_overdue_estimates
from foredesk.tickets.pass_on import pass_on
from foredesk.tickets.pause import resume_due
from foredesk.tickets.release import release_tickets
from foredesk.tickets.teach import teach_articles, unteach_article, unteach_articles
from foredesk.tickets.timers import tell_due_clocks

DeskHandler = Callable[[Desk, Mapping[str, Any], JobContext], Awaitable[None]]


def handlers(desk: Desk, transport: MailTransport) -> Mapping[str, Handler]:
    """Who handles which job."""
    table: dict[str, DeskHandler] = {
        "teach_articles": _teach_articles,
        "forget_questions": _forget_questions,
        "forget_question": _forget_question,
        "push_known_error": _push_known_error,
        "tell_of_flag": _tell_of_flag,
        "notify_requester": _notify_requester,
        "notify_substitute": _notify_substitute,
        "notify_escalation": _notify_escalation,
        "suggest_repair": _suggest_repair,
        "remind_of_estimate": _remind_of_estimate,
        "mail_outage_report": _mail_outage_report,
        "release_tickets": _release_tickets,
        "pass_on": _pass_on,
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
        "overdue estimates": lambda: tell_overdue_estimates(desk),
        "silent requests": lambda: close_silent(desk),
        "paused requests": lambda: resume_due(desk),
        "survey invitations": lambda: send_due_invitations(desk),
        "expired invitations": lambda: expire_invitations(desk),
        "scheduled articles": lambda: keep_schedules(desk),
        "articles to look over": lambda: remind_of_reviews(desk),
        "old sessions": lambda: forget_sessions(desk),
        "ending tokens": lambda: remind_of_tokens(desk),
        "ending holidays": HolidayReminders(desk),
        "form starts": lambda: settle_form_starts(desk),
        "old searches": Forgetting(desk),
        "old keys": lambda: forget_keys(desk),
        "old jobs": lambda: jobs.prune(datetime.now(UTC)),
    }


async def _notify_requester(desk: Desk, payload: Mapping[str, Any], context: JobContext) -> None:
    await notify_requester(desk, UUID(payload["event_id"]))


async def _notify_escalation(desk: Desk, payload: Mapping[str, Any], context: JobContext) -> None:
    await notify_escalation(desk, UUID(payload["event_id"]))


async def _notify_substitute(desk: Desk, payload: Mapping[str, Any], context: JobContext) -> None:
    await notify_substitute(desk, UUID(payload["event_id"]))


async def _suggest_repair(desk: Desk, payload: Mapping[str, Any], context: JobContext) -> None:
    await suggest_repair(desk, UUID(payload["ticket_id"]))


async def _remind_of_estimate(desk: Desk, payload: Mapping[str, Any], context: JobContext) -> None:
    await remind_of_estimate(desk, UUID(payload["event_id"]))


async def _mail_outage_report(desk: Desk, payload: Mapping[str, Any], context: JobContext) -> None:
    await mail_outage_report(desk, UUID(payload["event_id"]))


async def _release_tickets(desk: Desk, payload: Mapping[str, Any], context: JobContext) -> None:
    await release_tickets(desk, UUID(payload["person_id"]))


async def _pass_on(desk: Desk, payload: Mapping[str, Any], context: JobContext) -> None:
    await pass_on(desk, await TicketEvent.get(id=UUID(payload["event_id"])))


async def _tell_of_flag(desk: Desk, payload: Mapping[str, Any], context: JobContext) -> None:
    await tell_of_flag(desk, UUID(payload["event_id"]))


async def _push_known_error(desk: Desk, payload: Mapping[str, Any], context: JobContext) -> None:
    await push_known_error(desk, UUID(payload["article_id"]))


async def _forget_question(desk: Desk, payload: Mapping[str, Any], context: JobContext) -> None:
    await unteach_article(desk, await TicketEvent.get(id=UUID(payload["event_id"])))


async def _teach_articles(desk: Desk, payload: Mapping[str, Any], context: JobContext) -> None:
    await teach_articles(desk, await TicketEvent.get(id=UUID(payload["event_id"])))


async def _forget_questions(desk: Desk, payload: Mapping[str, Any], context: JobContext) -> None:
    await unteach_articles(desk, await TicketEvent.get(id=UUID(payload["event_id"])))
