from foredesk.desk import Desk
from foredesk.knowledge.feed import ArticleFeed
from foredesk.knowledge.models import Article
from foredesk.knowledge.rendition import html_of
from tests.knowledge.desks import publish


async def test_what_an_older_renderer_made_is_neither_shown_nor_indexed(desk: Desk) -> None:
    article = await publish(desk, "T", "New *text*.")
    await Article.filter(id=article.id).update(
        renderer=0, body_html="<script>old</script>", body_text="old", headings=["old"]
    )

    stored = await Article.get(id=article.id)

    assert await html_of(stored) == "<p>New <em>text</em>.</p>\n"
    (document,) = await ArticleFeed().documents([article.id])
    assert (document.body, document.headings) == ("New text.", ())


async def test_what_the_renderer_of_today_made_is_kept(desk: Desk) -> None:
    article = await publish(desk, "T", "Text.")
    await Article.filter(id=article.id).update(body_html="<p>kept</p>")

    assert await html_of(await Article.get(id=article.id)) == "<p>kept</p>"
