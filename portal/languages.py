"""The languages of an article, as its page and its editor show them."""

from collections.abc import Sequence
from dataclasses import dataclass

from foredesk.knowledge.models import Article
from foredesk.knowledge.originals import is_behind
from foredesk.knowledge.queries import visible_to
from foredesk.people.viewer import Viewer


@dataclass(frozen=True, slots=True)
class Languages:
    """`original` is None for what is no translation, or whose original is not theirs to see."""

    original: Article | None
    is_behind: bool
    others: Sequence[tuple[Article, bool]]
    """The same in other languages, each with whether it is behind this one."""


async def languages_of(viewer: Viewer, article: Article) -> Languages:
    group = visible_to(viewer).filter(translation_group=article.translation_group)
    others = await group.exclude(id=article.id).order_by("locale", "id")
    original = next((one for one in others if one.id == article.original_id), None)
    return Languages(
        original=original,
        is_behind=is_behind(article, original),
        others=[(one, is_behind(one, article)) for one in others],
    )
