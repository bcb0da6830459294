"""Files of articles, and the article in the reader's own language."""

from foredesk.identity import new_id
from foredesk.knowledge.attach import attach_file
from foredesk.knowledge.models import Article, Audience
from foredesk.knowledge.publish import publish_article
from foredesk.knowledge.write import write_article
from foredesk.people.viewer import SYSTEM
from portal.app import create
from tests.portal.furnished import Furnished
from tests.portal.walker import Walker

PNG = b"\x89PNG\r\n\x1a\n" + bytes(range(256))


async def test_files_are_listed_and_sent_so_that_no_browser_runs_them(
    visitor: Walker, site: Furnished
) -> None:
    article = await Article.get(slug="vpn-drops")
    for name, content in (("Плана.png", PNG), ("steps.md", "# Größe".encode())):
        await attach_file(site.desk, SYSTEM, article_id=article.id, name=name, content=content)

    page = await visitor.get("/articles/vpn-drops")
    addresses = {label: address for label, address in page.links if address.startswith("/files/")}
    text = await visitor.client.get(addresses["steps.md"])
    picture = await visitor.client.get(addresses["Плана.png"])
    again = await visitor.client.get(
        addresses["Плана.png"], headers={"If-None-Match": picture.headers["etag"]}
    )

    assert list(addresses) == ["steps.md", "Плана.png"]
    assert text.content.decode() == "# Größe"
    assert text.headers["content-disposition"] == "attachment; filename*=utf-8''steps.md"
    assert text.headers["content-type"] == "text/plain; charset=utf-8"
    assert picture.content == PNG
    assert picture.headers["content-type"] == "image/png"
    assert picture.headers["content-disposition"].startswith("inline; filename*=utf-8''%D0%9F")
    assert picture.headers["x-content-type-options"] == "nosniff"
    policies = picture.headers.get_list("content-security-policy")
    assert "default-src 'none'; sandbox" in policies
    assert (again.status_code, again.content) == (304, b"")


async def test_a_file_is_not_there_for_who_does_not_read_its_article(
    visitor: Walker, ada: Walker, site: Furnished
) -> None:
    article = await write_article(
        site.desk, SYSTEM, title="Inside", body="B", audience=Audience.AGENTS
    )
    await publish_article(site.desk, SYSTEM, article_id=article.id)
    kept = await attach_file(
        site.desk, SYSTEM, article_id=article.id, name="a.txt", content=b"inside"
    )

    for walker in (visitor, ada):
        for address in (f"/files/{kept.id}", f"/files/{new_id()}", "/files/nonsense"):
            page = await walker.get(address)
            assert page.status == 404
            assert "inside" not in page.text


async def test_a_reader_is_led_to_the_article_in_their_language(site: Furnished) -> None:
    original = await Article.get(slug="vpn-drops")
    german = await write_article(
        site.desk, SYSTEM, title="VPN weg", body="B", locale="de", translation_of=original.id
    )
    await publish_article(site.desk, SYSTEM, article_id=german.id)

    page = await Walker(create(site.desk), language="de").get("/articles/vpn-drops")
    english = await Walker(create(site.desk)).get("/articles/vpn-drops")

    assert "Diesen Artikel gibt es auch in Ihrer Sprache: VPN weg" in page.said
    assert "in your language" not in english.said
