import pytest

from foredesk.desk import Desk
from foredesk.errors import InvalidInput, NotFound, NotPermitted, SecondPersonNeeded
from foredesk.knowledge import attach
from foredesk.knowledge.attach import (
    attach_file,
    attached_file,
    attachments_of,
    remove_attachment,
)
from foredesk.knowledge.authoring import ArticleAttachment, AttachmentContent
from foredesk.knowledge.models import Audience
from foredesk.knowledge.publish import publish_article, retire_article
from foredesk.knowledge.second_person import set_publishing_rule
from foredesk.knowledge.write import write_article
from foredesk.people.roles import Role
from foredesk.people.viewer import ANONYMOUS, SYSTEM
from tests.knowledge.desks import publish, publish_for
from tests.people import make_agent, make_organization, make_requester

PNG = b"\x89PNG\r\n\x1a\n" + bytes(range(256))


async def test_a_file_is_had_by_those_who_read_its_article(desk: Desk) -> None:
    acme, other = await make_organization(desk), await make_organization(desk)
    article = await publish_for(desk, acme.id, "Floor plan")
    kept = await attach_file(desk, SYSTEM, article_id=article.id, name="plan.PNG", content=PNG)

    found = await attached_file(await make_requester(desk, acme), kept.id)

    assert found is not None
    assert (found.content, found.attachment.media_type) == (PNG, "image/png")
    assert found.attachment.size == len(PNG)
    assert await attached_file(await make_requester(desk, other), kept.id) is None
    assert await attached_file(ANONYMOUS, kept.id) is None
    await retire_article(desk, SYSTEM, article_id=article.id)
    assert await attached_file(await make_requester(desk, acme), kept.id) is None


async def test_the_same_name_again_takes_the_place_of_the_file(desk: Desk) -> None:
    article = await publish(desk, "Ink")
    for text in (b"one", b"two"):
        await attach_file(desk, SYSTEM, article_id=article.id, name="a.txt", content=text)

    (kept,) = await attachments_of(ANONYMOUS, article.id)

    assert (await AttachmentContent.get(attachment_id=kept.id)).content == b"two"
    await remove_attachment(desk, SYSTEM, attachment_id=kept.id)
    assert not await AttachmentContent.exists()
    with pytest.raises(NotFound):
        await remove_attachment(desk, SYSTEM, attachment_id=kept.id)


@pytest.mark.parametrize(
    ("name", "content", "field"),
    [
        ("page.html", b"<script>", "name"),
        ("picture.svg", b"<svg/>", "name"),
        ("setup.exe", b"MZ", "name"),
        ("no ending", b"text", "name"),
        ("../..", b"text", "name"),
        ("picture.png", b"<script>", "content"),
        ("report.pdf", PNG, "content"),
        ("notes.txt", b"\xff\xfe", "content"),
        ("notes.txt", b"a\x00b", "content"),
        ("picture.webp", b"RIFF1234WAVE", "content"),
        ("empty.txt", b"", "content"),
    ],
)
async def test_files_that_could_do_harm_are_refused(
    desk: Desk, name: str, content: bytes, field: str
) -> None:
    article = await publish(desk, "Ink")

    with pytest.raises(InvalidInput) as refusal:
        await attach_file(desk, SYSTEM, article_id=article.id, name=name, content=content)

    assert refusal.value.field == field
    assert not await ArticleAttachment.exists()


async def test_too_large_and_too_many_are_refused(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(attach, "LARGEST", 8)
    monkeypatch.setattr(attach, "MOST", 1)
    article = await publish(desk, "Ink")
    kept = await attach_file(
        desk, SYSTEM, article_id=article.id, name="C:\\x\\..\\план:1.txt", content=b"12345678"
    )

    assert kept.name == "план-1.txt"
    for name, content in (("b.txt", b"1"), ("план-1.txt", b"123456789")):
        with pytest.raises(InvalidInput):
            await attach_file(desk, SYSTEM, article_id=article.id, name=name, content=content)


async def test_where_a_second_person_must_look_files_count_as_text(desk: Desk) -> None:
    acme = await make_organization(desk)
    manager = Role.CUSTOMER_SERVICE_MANAGER
    grace = await make_agent(desk, acme, role=manager)
    alan = await make_agent(desk, acme, role=manager)
    await set_publishing_rule(desk, SYSTEM, organization_id=None, needs_second_person=True)
    article = await write_article(desk, grace, title="Ink", body="B", audience=Audience.AGENTS)
    file = {"article_id": article.id, "name": "a.txt", "content": b"text"}
    await attach_file(desk, alan, **file)  # type: ignore[arg-type]

    with pytest.raises(SecondPersonNeeded):
        await publish_article(desk, alan, article_id=article.id)
    third = await make_agent(desk, acme, role=manager)
    await publish_article(desk, third, article_id=article.id)
    with pytest.raises(SecondPersonNeeded):
        await attach_file(desk, third, **file)  # type: ignore[arg-type]
    with pytest.raises(NotPermitted):
        await attach_file(desk, ANONYMOUS, **file)  # type: ignore[arg-type]
