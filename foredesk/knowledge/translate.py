"""Translate: the same article in other languages, which lag behind, and which are missing."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from uuid import UUID

from foredesk.database import transaction
from foredesk.desk import Desk
from foredesk.errors import InvalidInput
from foredesk.knowledge.models import Article, ArticleState
from foredesk.knowledge.originals import known_version
from foredesk.knowledge.queries import published_for, visible_to
from foredesk.knowledge.write import changeable
from foredesk.people.idempotency import Once
from foredesk.people.policy import Act, require
from foredesk.people.viewer import Viewer


class TranslationState(StrEnum):
    """What is to be done for an article in a language; CURRENT: nothing."""

    MISSING = "missing"
    UNPUBLISHED = "unpublished"
    BEHIND = "behind"
    CURRENT = "current"


@dataclass(frozen=True, slots=True)
class TranslationWork:
    """A published original, and how it stands with it in one language."""

    original: Article
    translation: Article | None
    state: TranslationState


async def mark_translation_current(
    desk: Desk,
    viewer: Viewer,
    *,
    article_id: UUID,
    original_version: int,
    expected_version: int | None = None,
    once: Once | None = None,
) -> Article:
    """Say that a translation says what this version of its original says, as it is.

    Raises NotFound, NotPermitted, StaleVersion, and InvalidInput for what is no translation, or
    for a version that the original does not have.
    """
    require(viewer, Act.WRITE_ARTICLE)
    async with transaction():
        article = await changeable(viewer, article_id, Act.WRITE_ARTICLE, expected_version)
        article.original_version = await known_version(article, original_version)
        await article.save(update_fields=["original_version"])
        if once is not None:
            await once.remember(article.id)
    return article


async def link_translation(
    desk: Desk,
    viewer: Viewer,
    *,
    article_id: UUID,
    original_id: UUID | None,
    expected_version: int | None = None,
    once: Once | None = None,
) -> Article:
    """Say that an article translates another, in its newest version, or none any more.

    Raises NotFound, NotPermitted, StaleVersion, and InvalidInput for an original that is itself a
    translation, or in the same language, and for an article that has translations of its own.
    """
    require(viewer, Act.WRITE_ARTICLE)
    async with transaction():
        article = await changeable(viewer, article_id, Act.WRITE_ARTICLE, expected_version)
        if original_id is None:
            article.translation_group = article.id
            article.original_id = article.original_version = None
        else:
            original = await changeable(viewer, original_id, Act.WRITE_ARTICLE)
            await _check_original(article, original)
            article.translation_group = original.translation_group
            article.original_id, article.original_version = original.id, original.version
        await article.save(update_fields=["translation_group", "original_id", "original_version"])
        if once is not None:
            await once.remember(article.id)
    return article


async def in_language(viewer: Viewer, article: Article, locale: str) -> Article:
    """The article as the viewer may read it in this language, or in one that comes near.

    In this very locale, in another of the language, the original, and else the article itself.
    """
    if article.locale == locale:
        return article
    group = published_for(viewer).filter(translation_group=article.translation_group)
    return nearest(await group.order_by("locale", "id"), article, locale)


def nearest(known: Iterable[Article], article: Article, locale: str) -> Article:
    """Of the same article in several languages the one that comes nearest to a language; where
    none does, the original, and else itself."""

    def distance(one: Article) -> tuple[int, int]:
        if one.locale == locale:
            return 0, 0
        if language(one.locale) == language(locale):
            return 1, 0 if one.id == article.id else 1
        if one.id == article.original_id:
            return 2, 0
        return 2, 1 if one.id == article.id else 2

    return min([article, *known], key=distance)


async def translation_work(
    viewer: Viewer, *, locale: str, first: int = 100
) -> Sequence[TranslationWork]:
    """Published originals and how they stand in a language: what is behind, then what is not
    published yet, then what is missing, each by title; those in the language itself left out."""
    require(viewer, Act.WRITE_ARTICLE)
    originals = published_for(viewer).filter(original_id__isnull=True).exclude(locale=locale)
    versions = await originals.order_by("title", "id").values_list("id", "version")
    known = await _translations(viewer, locale)
    work = [_Todo(UUID(str(id)), version, known.get(UUID(str(id)))) for id, version in versions]
    todo = [one for one in work if one.state is not TranslationState.CURRENT]
    chosen = sorted(todo, key=lambda one: _ORDER.index(one.state))[:first]
    ids = [id for one in chosen for id in one.ids]
    rows = {row.id: row for row in await visible_to(viewer).filter(id__in=ids)}
    return [one.read(rows) for one in chosen if one.original_id in rows]


_ORDER = (TranslationState.BEHIND, TranslationState.UNPUBLISHED, TranslationState.MISSING)


def language(locale: str) -> str:
    return locale.replace("_", "-").partition("-")[0].lower()


@dataclass(frozen=True, slots=True)
class _Known:
    """What there is of a translation, without its text."""

    id: UUID
    original_version: int
    is_published: bool


@dataclass(frozen=True, slots=True)
class _Todo:
    """An original in one language, without its text."""

    original_id: UUID
    version: int
    known: _Known | None

    @property
    def state(self) -> TranslationState:
        if self.known is None:
            return TranslationState.MISSING
        if self.known.original_version < self.version:
            return TranslationState.BEHIND
        is_done = self.known.is_published
        return TranslationState.CURRENT if is_done else TranslationState.UNPUBLISHED

    @property
    def ids(self) -> Sequence[UUID]:
        return [self.original_id, self.known.id] if self.known else [self.original_id]

    def read(self, rows: Mapping[UUID, Article]) -> TranslationWork:
        translation = rows.get(self.known.id) if self.known else None
        return TranslationWork(rows[self.original_id], translation, self.state)


async def _translations(viewer: Viewer, locale: str) -> Mapping[UUID, _Known]:
    """By original."""
    rows = visible_to(viewer).filter(locale=locale, original_id__isnull=False)
    found = await rows.exclude(state=ArticleState.RETIRED).values_list(
        "original_id", "id", "original_version", "state"
    )
    return {
        UUID(str(original)): _Known(UUID(str(id)), version or 0, state == ArticleState.PUBLISHED)
        for original, id, version, state in found
    }


async def _check_original(article: Article, original: Article) -> None:
    if original.id == article.id or original.original_id is not None:
        raise InvalidInput("originalId", "Name the original, not another translation.")
    if original.locale == article.locale:
        raise InvalidInput("originalId", "A translation is in another language.")
    if await Article.filter(original_id=article.id).exists():
        raise InvalidInput("articleId", "This article has translations of its own.")
