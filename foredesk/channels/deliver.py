"""Deliver: the job that takes a mail out of the outbox."""

from collections.abc import Awaitable, Callable, Mapping
from typing import Any
from uuid import UUID

from foredesk import faults
from foredesk.channels.models import MailState, OutboxMail
from foredesk.channels.transports import MailRefused, OutboxOnly
from foredesk.desk import Desk
from foredesk.ports import JobContext, Mail, MailTransport

Handler = Callable[[Desk, Mapping[str, Any], JobContext], Awaitable[None]]


def send_mail_by(transport: MailTransport) -> Handler:
    """The handler of `send_mail {"mail_id"}`.

    A mail may leave twice after a crash, with the same Message-ID. Raises OSError to be retried.
    """

    async def handle_send_mail(desk: Desk, payload: Mapping[str, Any], context: JobContext) -> None:
        row = await OutboxMail.get_or_none(id=UUID(payload["mail_id"]), state=MailState.WAITING)
        if row is None:
            return
        row.attempts += 1
        try:
            await transport.deliver(_mail(row), row.message_id)
        except MailRefused as refusal:
            await _give_up(row, str(refusal))
        except OSError as problem:
            await _keep_waiting(row, problem)
            raise
        else:
            faults.point("after-mail-sent")
            await _mark_sent(row, desk, kept=isinstance(transport, OutboxOnly))

    return handle_send_mail


def _mail(row: OutboxMail) -> Mail:
    return Mail(row.key, row.recipient, row.subject, row.text, row.locale)


async def _mark_sent(row: OutboxMail, desk: Desk, *, kept: bool) -> None:
    row.state = MailState.KEPT if kept else MailState.SENT
    row.problem = ""
    row.sent_at = None if kept else desk.now()
    await row.save()


async def _give_up(row: OutboxMail, problem: str) -> None:
    row.state = MailState.FAILED
    row.problem = problem
    await row.save()


async def _keep_waiting(row: OutboxMail, problem: OSError) -> None:
    row.problem = f"{type(problem).__name__}: {problem}"
    await row.save()
