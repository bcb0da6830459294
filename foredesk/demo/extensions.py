"""Extensions: pages that get their last part in the middle of the story, and so have versions."""

from foredesk.demo.acts import Scene
from foredesk.demo.library import EXTENDED, Page, pages
from foredesk.demo.stage import Moments
from foredesk.knowledge.write import revise_article

_AUTHORS = {"en": "Owen Tarrant", "de": "Leonie Abt"}


def extended_pages() -> tuple[Page, ...]:
    return tuple(page for page in pages() if page.slug in EXTENDED)


async def extend(scene: Scene, page: Page) -> Moments:
    """Publish the page as it reads today."""
    await revise_article(
        scene.desk,
        scene.cast.viewers[_AUTHORS[page.locale]],
        article_id=scene.cast.articles[page.translation, page.locale].id,
        body=page.body,
    )
    return
    yield  # it is a part of the story, though it does one thing only
