import asyncio
from collections.abc import AsyncIterator
from dataclasses import replace
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default
from uuid import uuid4

import pytest

from foredesk.channels.deliver import send_mail_by
from foredesk.channels.mail import OutboxMailer
from foredesk.channels.models import MailState, OutboxMail
from foredesk.channels.queries import visible_to
from foredesk.channels.transports import OutboxOnly, SmtpTransport, transport_for
from foredesk.database import transaction
from foredesk.desk import Desk
from foredesk.errors import InvalidInput
from foredesk.people.roles import Role
from foredesk.people.viewer import ANONYMOUS, SYSTEM, Viewer
from foredesk.ports import JobContext, Mail, MailTransport
from foredesk.settings import Settings, SettingsError
from tests.channels.smtp_server import MailServer, mail_server
from tests.clock import NOW, Clock
from tests.quiet_parts import QuietJobs

MAIL = Mail("request:1", "ada@example.org", "VPN", "It works.\n", "en")


@pytest.fixture
def jobs() -> QuietJobs:
    return QuietJobs()


@pytest.fixture
def mailer(database: str, clock: Clock, jobs: QuietJobs) -> OutboxMailer:
    return OutboxMailer(clock, jobs, "foredesk.example")


@pytest.fixture
async def server() -> AsyncIterator[MailServer]:
    async with mail_server() as server:
        yield server


async def test_a_mail_goes_into_the_outbox_with_its_message_id_and_a_job(
    mailer: OutboxMailer, jobs: QuietJobs
) -> None:
    await mailer.send(MAIL)

    row = await OutboxMail.get()
    assert row.message_id == f"<{row.id}@foredesk.example>"
    assert (row.recipient, row.subject, row.text) == ("ada@example.org", "VPN", "It works.")
    assert (row.state, row.created_at) == (MailState.WAITING, NOW)
    assert [(name, payload) for name, payload, *_ in jobs.enqueued] == [
        ("send_mail", {"mail_id": str(row.id)})
    ]


async def test_one_occasion_makes_one_mail_however_often_it_is_sent(
    mailer: OutboxMailer, jobs: QuietJobs
) -> None:
    await mailer.send(MAIL)
    await mailer.send(replace(MAIL, text="Something else"))

    assert [row.text for row in await OutboxMail.all()] == ["It works."]
    assert len(jobs.enqueued) == 1


async def test_of_two_who_send_at_once_one_mail_is_kept(mailer: OutboxMailer) -> None:
    await asyncio.gather(*[mailer.send(MAIL) for _ in range(6)])

    assert await OutboxMail.all().count() == 1


async def test_a_mail_of_a_change_that_was_rolled_back_is_not_in_the_outbox(
    mailer: OutboxMailer,
) -> None:
    with pytest.raises(RuntimeError):
        async with transaction():
            await mailer.send(MAIL)
            raise RuntimeError

    assert not await OutboxMail.exists()


@pytest.mark.parametrize(
    "to",
    ["", "ada", "ada@example.org\r\nBcc: all@example.org", "a@b, c@d", "<a@b>", "a b@c", "x" * 400],
)
async def test_a_recipient_that_is_no_single_address_is_refused(
    mailer: OutboxMailer, to: str
) -> None:
    with pytest.raises(InvalidInput) as refusal:
        await mailer.send(replace(MAIL, to=to))

    assert refusal.value.field == "to"
    assert not await OutboxMail.exists()


async def test_no_header_is_smuggled_in_with_a_subject(
    mailer: OutboxMailer, desk: Desk, server: MailServer
) -> None:
    await mailer.send(replace(MAIL, subject="VPN\r\nBcc: all@example.org\x00\u2028x"))

    await _send(desk, _smtp(server))

    message = _taken(server)
    assert message["Bcc"] is None
    assert message["Subject"] == "VPN Bcc: all@example.org x"


async def test_text_of_every_script_arrives_as_it_was_written(
    mailer: OutboxMailer, desk: Desk, server: MailServer
) -> None:
    text = "принтер не печатает\nمرحبا\nプリンター\nGrüße 🖨\n.\nend"
    await mailer.send(replace(MAIL, to="zoë@example.org", subject="Принтер 🖨", text=text))

    await _send(desk, _smtp(server))

    message = _taken(server)
    row = await OutboxMail.get()
    assert message["Subject"] == "Принтер 🖨"
    assert message.get_content().replace("\r\n", "\n") == text + "\n"
    assert message["Message-ID"] == row.message_id
    assert message["From"] == "help@foredesk.example"
    assert message["Auto-Submitted"] == "auto-generated"
    assert (row.state, row.sent_at, row.attempts) == (MailState.SENT, NOW, 1)


async def test_a_sent_mail_is_not_sent_again_when_its_job_is_repeated(
    mailer: OutboxMailer, desk: Desk, server: MailServer
) -> None:
    await mailer.send(MAIL)

    for _ in range(2):
        await _send(desk, _smtp(server))

    assert len(server.taken) == 1


async def test_a_server_that_is_away_leaves_the_mail_waiting(
    mailer: OutboxMailer, desk: Desk, server: MailServer
) -> None:
    await mailer.send(MAIL)
    gone = SmtpTransport("smtp://127.0.0.1:1", "help@foredesk.example", desk.now)

    with pytest.raises(OSError, match="refused"):
        await _send(desk, gone)

    row = await OutboxMail.get()
    assert (row.state, row.attempts) == (MailState.WAITING, 1)
    assert row.problem.startswith("ConnectionRefusedError")

    await _send(desk, _smtp(server))

    assert (await OutboxMail.get()).state is MailState.SENT
    assert len(server.taken) == 1


@pytest.mark.parametrize(
    ("answer", "state"),
    [("550 no such person", MailState.FAILED), ("450 try again", MailState.WAITING)],
)
async def test_only_a_final_refusal_is_given_up(
    mailer: OutboxMailer, desk: Desk, server: MailServer, answer: str, state: MailState
) -> None:
    await mailer.send(MAIL)
    server.answer = answer

    try:
        await _send(desk, _smtp(server))
    except OSError:
        assert state is MailState.WAITING

    row = await OutboxMail.get()
    assert (row.state, server.taken) == (state, [])
    assert answer[4:] in row.problem


async def test_without_a_server_mail_is_kept_in_the_outbox(
    mailer: OutboxMailer, desk: Desk
) -> None:
    await mailer.send(MAIL)

    await _send(desk, transport_for(Settings(), desk.now))

    row = await OutboxMail.get()
    assert (row.state, row.sent_at) == (MailState.KEPT, None)


@pytest.mark.parametrize("url", ["http://mail", "smtp://", "mail.example.org"])
def test_an_impossible_server_address_stops_the_start(url: str) -> None:
    with pytest.raises(SettingsError, match="smtp_url"):
        transport_for(Settings(smtp_url=url), lambda: NOW)


async def test_only_administrators_read_the_outbox(mailer: OutboxMailer) -> None:
    await mailer.send(MAIL)
    agent = Viewer(uuid4(), uuid4(), frozenset({Role.CUSTOMER_SERVICE_MANAGER}))
    administrator = Viewer(uuid4(), uuid4(), frozenset({Role.ADMINISTRATOR}))

    seen = [await visible_to(viewer).count() for viewer in (ANONYMOUS, agent, administrator)]

    assert seen == [0, 0, 1]
    assert await visible_to(SYSTEM).count() == 1


async def _send(desk: Desk, transport: MailTransport) -> None:
    row = await OutboxMail.get()
    handler = send_mail_by(transport)
    await handler(desk, {"mail_id": str(row.id)}, JobContext("key", 0, NOW))


def _smtp(server: MailServer) -> SmtpTransport:
    return SmtpTransport(f"smtp://127.0.0.1:{server.port}", "help@foredesk.example", lambda: NOW)


def _taken(server: MailServer) -> EmailMessage:
    (raw,) = server.taken
    raw = raw.removesuffix(b".\r\n").replace(b"\r\n..", b"\r\n.")
    message = message_from_bytes(raw, policy=default)
    assert isinstance(message, EmailMessage)
    return message


def test_the_outbox_alone_needs_nothing() -> None:
    assert isinstance(transport_for(Settings(), lambda: NOW), OutboxOnly)
