import pytest

from foredesk.channels.mail import OutboxMailer
from foredesk.channels.models import OutboxMail
from foredesk.ports import Mail
from tests.portal.conftest import signed_in
from tests.portal.furnished import Furnished
from tests.portal.walker import Walker

LETTER = "Hello Ada,\n\nplease answer: https://desk.example/survey/s3cret <b>now</b>"


@pytest.fixture
async def root(site: Furnished) -> Walker:
    return await signed_in(site, "root@acme.example")


async def write(site: Furnished, key: str, subject: str) -> None:
    mailer = OutboxMailer(site.desk.now, site.desk.jobs, "desk.example")
    await mailer.send(Mail(key, "ada@acme.example", subject, LETTER))


async def test_administrators_read_what_the_desk_has_written(root: Walker, site: Furnished) -> None:
    await write(site, "1", "How did we do?")
    await OutboxMail.filter(key="1").update(state="failed", problem="550 no such person")

    page = await root.get("/outbox")

    assert page.status == 200
    for words in ("How did we do?", "ada@acme.example", "Not delivered", "550 no such person"):
        assert words in page.said
    assert 'href="https://desk.example/survey/s3cret"' in page.text
    assert "&lt;b&gt;now&lt;/b&gt;" in page.text


async def test_an_empty_outbox_says_so(root: Walker) -> None:
    assert "Nothing has been written yet." in (await root.get("/outbox")).said


async def test_nobody_else_learns_that_there_is_an_outbox(
    visitor: Walker, ada: Walker, grace: Walker, site: Furnished
) -> None:
    await write(site, "1", "How did we do?")

    for walker in (ada, grace):
        page = await walker.get("/outbox")
        assert page.status == 404
        assert "How did we do?" not in page.said
        assert "/outbox" not in (await walker.get("/")).text
    assert "Sign in" in (await visitor.get("/outbox")).said
