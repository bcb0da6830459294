"""Transports: how a mail leaves, or that it stays."""

import asyncio
import smtplib
import ssl
from collections.abc import Callable
from datetime import datetime
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime
from urllib.parse import unquote, urlsplit

from foredesk.ports import Mail, MailTransport
from foredesk.settings import Settings, SettingsError

SECONDS = 30.0
PERMANENT = 500


class MailRefused(Exception):
    """The other side will never take this mail."""


class OutboxOnly:
    """No outside: mail stays in the outbox, where administrators read it."""

    async def deliver(self, mail: Mail, message_id: str) -> None:
        return None


class SmtpTransport:
    """`smtp://user:password@host:port`, with STARTTLS where it is offered; `smtps://` for TLS."""

    def __init__(self, url: str, sender: str, now: Callable[[], datetime]) -> None:
        parts = urlsplit(url)
        if parts.scheme not in ("smtp", "smtps") or not parts.hostname:
            raise SettingsError("setting 'smtp_url' must be like smtp://user:password@host:port")
        self._secure = parts.scheme == "smtps"
        self._host, self._port = parts.hostname, parts.port or (465 if self._secure else 587)
        self._user, self._password = unquote(parts.username or ""), unquote(parts.password or "")
        self._sender = sender
        self._now = now

    async def deliver(self, mail: Mail, message_id: str) -> None:
        """Raises OSError to be tried again, MailRefused when there is no use."""
        message = self._message(mail, message_id)
        try:
            await asyncio.to_thread(self._hand_over, message)
        except smtplib.SMTPRecipientsRefused as refusal:
            for code, reason in refusal.recipients.values():
                _raise_refused(code, reason)
            raise
        except smtplib.SMTPResponseException as refusal:
            _raise_refused(refusal.smtp_code, refusal.smtp_error)
            raise

    def _message(self, mail: Mail, message_id: str) -> EmailMessage:
        message = EmailMessage(policy=SMTP)
        message["From"] = self._sender
        message["To"] = mail.to
        message["Subject"] = mail.subject
        message["Date"] = format_datetime(self._now())
        message["Message-ID"] = message_id
        message["Content-Language"] = mail.locale
        # Keeps other machines from answering this one.
        message["Auto-Submitted"] = "auto-generated"
        message["X-Auto-Response-Suppress"] = "All"
        # Seven bits pass through every server there is.
        message.set_content(mail.text, cte="quoted-printable")
        return message

    def _hand_over(self, message: EmailMessage) -> None:
        with self._connected() as server:
            if not self._secure and server.has_extn("starttls"):
                server.starttls(context=ssl.create_default_context())
            if self._user:
                server.login(self._user, self._password)
            server.send_message(message)

    def _connected(self) -> smtplib.SMTP:
        if self._secure:
            context = ssl.create_default_context()
            return smtplib.SMTP_SSL(self._host, self._port, timeout=SECONDS, context=context)
        server = smtplib.SMTP(self._host, self._port, timeout=SECONDS)
        server.ehlo_or_helo_if_needed()
        return server


def transport_for(settings: Settings, now: Callable[[], datetime]) -> MailTransport:
    if not settings.smtp_url:
        return OutboxOnly()
    return SmtpTransport(settings.smtp_url, settings.mail_from, now)


def _raise_refused(code: int, reason: bytes | str) -> None:
    if code >= PERMANENT:
        text = reason.decode("utf-8", "replace") if isinstance(reason, bytes) else reason
        raise MailRefused(f"{code} {text}")
