"""Mail: into the outbox with the change that caused it, and out after the commit."""

import re
from collections.abc import Callable
from contextlib import nullcontext, suppress
from datetime import datetime

from tortoise.exceptions import IntegrityError

from foredesk.channels.models import MailState, OutboxMail
from foredesk.database import Writes, blank, is_open, savepoint
from foredesk.errors import InvalidInput
from foredesk.identity import new_id
from foredesk.ports import Jobs, Mail
from foredesk.text import readable

SUBJECT_LIMIT = 250
TEXT_LIMIT = 200_000
_RECIPIENT = re.compile(r"[^@\s,;<>\"\x00-\x1f]+@[^@\s,;<>\"\x00-\x1f]+")


class OutboxMailer:
    """The Mailer port. `host` stands behind the @ of every Message-ID; a mail that does not leave
    is kept in the outbox, and is no work for any job.
    """

    def __init__(
        self, now: Callable[[], datetime], jobs: Jobs, host: str, *, leaves: bool = True
    ) -> None:
        self._now = now
        self._jobs = jobs
        self._host = host.strip("<> ") or "foredesk.invalid"
        self._leaves = leaves

    async def send(self, mail: Mail) -> None:
        """In the caller's transaction. A second mail with the same key is not sent.

        Raises InvalidInput for a recipient that is no single address.
        """
        if len(mail.to) > 320 or not _RECIPIENT.fullmatch(mail.to):
            raise InvalidInput("to", "Write one e-mail address such as ada@example.org.")
        writes, row = Writes(), self._row(mail)
        writes.insert(row)
        if self._leaves:
            await self._jobs.enqueue("send_mail", {"mail_id": str(row.id)}, along_with=writes)
        with suppress(IntegrityError):
            async with savepoint() if is_open() else nullcontext():
                await writes.send()

    def _row(self, mail: Mail) -> OutboxMail:
        mail_id = new_id()
        return blank(
            OutboxMail,
            id=mail_id,
            key=mail.key,
            recipient=mail.to,
            subject=_header(mail.subject),
            text=readable("text", mail.text, limit=TEXT_LIMIT),
            locale=mail.locale,
            message_id=f"<{mail_id}@{self._host}>",
            state=MailState.WAITING if self._leaves else MailState.KEPT,
            created_at=self._now(),
        )


def _header(text: str) -> str:
    """One line without control characters, so that no header can be smuggled in."""
    line = " ".join("".join(c if c.isprintable() else " " for c in text).split())
    return line if len(line) <= SUBJECT_LIMIT else line[: SUBJECT_LIMIT - 1] + "…"
