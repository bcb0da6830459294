from foredesk.desk import Desk
from foredesk.identity import new_id
from foredesk.knowledge.feed import ArticleFeed
from foredesk.knowledge.learning import learn_question
from foredesk.knowledge.models import Audience
from foredesk.knowledge.publish import retire_article
from foredesk.knowledge.write import revise_article, write_article
from foredesk.people.viewer import SYSTEM
from tests.knowledge.desks import publish
from tests.people import make_organization
from tests.quiet_parts import QuietLive


async def test_the_feed_of_an_empty_desk_is_empty(desk: Desk) -> None:
    feed = ArticleFeed()

    assert await feed.latest_revision() == 0
    assert await feed.changes_after(0, limit=10) == []
    assert [batch async for batch in feed.every_document()] == []


async def test_the_feed_names_each_changed_article_once_with_its_newest_revision(
    desk: Desk,
) -> None:
    first = await publish(desk, "First")
    second = await publish(desk, "Second")
    await revise_article(desk, SYSTEM, article_id=first.id, body="Else.")
    feed = ArticleFeed()

    changes = await feed.changes_after(0, limit=10)

    assert [(change.revision, change.article_id) for change in changes] == [
        (4, second.id),
        (5, first.id),
    ]
    assert await feed.latest_revision() == 5
    assert await feed.changes_after(4, limit=10) == changes[1:]
    assert await feed.changes_after(0, limit=1) == changes[:1]


async def test_only_published_articles_are_documents(desk: Desk) -> None:
    draft = await write_article(desk, SYSTEM, title="Draft", body="B")
    shown = await publish(desk, "Shown")
    retired = await publish(desk, "Retired")
    await retire_article(desk, SYSTEM, article_id=retired.id)

    documents = await ArticleFeed().documents([draft.id, shown.id, retired.id, new_id()])

    assert [document.article_id for document in documents] == [shown.id]


async def test_a_document_carries_what_the_index_needs(desk: Desk) -> None:
    acme = await make_organization(desk)
    article = await publish(
        desk,
        "Drucker druckt nicht",
        "Einschalten.\n\n## Tinte\n\n*Nachfüllen*.",
        locale="de",
        section="Drucken",
        tags=["drucker"],
        audience=Audience.ORGANIZATION,
        organization_id=acme.id,
    )
    first, second = new_id(), new_id()
    await learn_question(desk, article_id=article.id, text="Kein Papier?", ticket_id=first)
    await learn_question(desk, article_id=article.id, text="kein papier?", ticket_id=second)

    (document,) = await ArticleFeed().documents([article.id])

    assert document.locale == "de"
    assert document.audience == "organization"
    assert document.organization_id == acme.id
    assert document.section == "Drucken"
    assert document.tags == ("drucker",)
    assert document.title == "Drucker druckt nicht"
    assert document.headings == ("Tinte",)
    assert document.body == "Einschalten.\nNachfüllen."
    assert document.asked_as == ("kein papier?",)
    assert document.revision == await ArticleFeed().latest_revision()


async def test_every_document_comes_once(desk: Desk) -> None:
    articles = {(await publish(desk, f"Number {number}")).id for number in range(7)}

    seen = [d.article_id async for batch in ArticleFeed().every_document() for d in batch]

    assert len(seen) == 7
    assert set(seen) == articles


async def test_a_published_change_is_announced_after_its_commit(desk: Desk) -> None:
    article = await publish(desk, "T")

    assert isinstance(desk.live, QuietLive)
    assert [(n.topic, n.id, n.version) for n in desk.live.published] == [
        ("knowledge", str(article.id), 1),
        ("knowledge", str(article.id), 2),
    ]
