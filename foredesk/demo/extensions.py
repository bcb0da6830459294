"""Extensions: pages that get their last part in the middle of the story, and so have versions."""

from datetime import timedelta

from foredesk.demo.acts import Scene
from foredesk.demo.library import EXTENDED, Page, pages
from foredesk.demo.stage import Moments
from foredesk.knowledge.queries import article_by_id
from foredesk.knowledge.write import revise_article

_AUTHORS = {"en": "Owen Tarrant", "de": "Leonie Abt"}


def extended_pages() -> tuple[Page, ...]:
    return tuple(page for page in pages() if page.slug in EXTENDED)


async def extend(scene: Scene, page: Page) -> Moments:
    """Read the page through, and make it what it is today: a translation what its original is."""
    yield scene.desk.now() + timedelta(minutes=12)
    article = scene.cast.articles[page.translation, page.locale]
    author = scene.cast.viewers[_AUTHORS[page.locale]]
    original = await article_by_id(author, article.original_id) if article.original_id else None
    await revise_article(
        scene.desk,
        author,
        article_id=article.id,
        body=page.body,
        original_version=original.version if original else None,
    )
