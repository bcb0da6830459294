"""Versions: what an article said before, how that differs, and how it says it again."""

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

import anyio
from tortoise.expressions import Subquery
from tortoise.queryset import QuerySet

from foredesk.database import transaction
from foredesk.desk import Desk
from foredesk.errors import NotFound
from foredesk.knowledge.changes import next_revision
from foredesk.knowledge.differences import Passage, passages
from foredesk.knowledge.models import Article, ArticleVersion
from foredesk.knowledge.queries import visible_to
from foredesk.knowledge.second_person import refuse_unseen_revision
from foredesk.knowledge.write import (
    NOTE_LIMIT,
    VERSIONED,
    changeable,
    content_of,
    revise,
    short,
)
from foredesk.people.idempotency import Once
from foredesk.people.policy import Act, require
from foredesk.people.viewer import ARTICLES, Viewer


@dataclass(frozen=True, slots=True)
class FieldDifference:
    """A line of the article that changed: title, summary, section or tags."""

    field: str
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class VersionDifferences:
    """How the later text differs from the earlier one, or the other way round."""

    before: ArticleVersion
    after: ArticleVersion
    fields: tuple[FieldDifference, ...]
    passages: tuple[Passage, ...]


def visible_versions(viewer: Viewer) -> QuerySet[ArticleVersion]:
    """Who writes articles sees what they said; readers only see what is published."""
    if not viewer.is_agent or not viewer.reads(*ARTICLES):
        return ArticleVersion.filter(id__isnull=True)
    seen = Subquery(visible_to(viewer).order_by().values("id"))
    return ArticleVersion.filter(article_id__in=seen)


async def article_versions(viewer: Viewer, article_id: UUID) -> Sequence[ArticleVersion]:
    """The newest first, with their authors."""
    rows = visible_versions(viewer).filter(article_id=article_id)
    return await rows.order_by("-version").prefetch_related("author")


async def version_differences(
    viewer: Viewer, *, article_id: UUID, before: int, after: int
) -> VersionDifferences:
    """Raises NotFound for an article or a version that is not there, or not to be seen."""
    old = await _version(viewer, article_id, before, "before")
    new = await _version(viewer, article_id, after, "after")
    return await compared(old, new)


async def compared(old: ArticleVersion, new: ArticleVersion) -> VersionDifferences:
    """Long texts take a while, so they are compared beside the event loop."""
    texts = await anyio.to_thread.run_sync(passages, old.body, new.body)
    lines = [
        FieldDifference(name, _line(old, name), _line(new, name))
        for name in VERSIONED
        if name != "body" and getattr(old, name) != getattr(new, name)
    ]
    return VersionDifferences(old, new, tuple(lines), texts)


async def restore_version(
    desk: Desk,
    viewer: Viewer,
    *,
    article_id: UUID,
    version: int,
    note: str = "",
    expected_version: int | None = None,
    once: Once | None = None,
) -> Article:
    """Say again what an earlier version said, as a new version; nothing if it says so already.

    Raises NotFound, NotPermitted, StaleVersion, and SecondPersonNeeded for a published article
    that somebody else has to look at first.
    """
    require(viewer, Act.WRITE_ARTICLE)
    note = short("note", note, NOTE_LIMIT)
    async with transaction():
        revision = await next_revision()
        article = await changeable(viewer, article_id, Act.WRITE_ARTICLE, expected_version)
        known = await _version(viewer, article_id, version, "version")
        content = {name: getattr(known, name) for name in VERSIONED}
        if content != content_of(article):
            await refuse_unseen_revision(viewer, article)
            about = {"note": note, "restored_from": version}
            await revise(desk, viewer, article, content, revision, **about)
        if once is not None:
            await once.remember(article.id)
    return article


async def _version(viewer: Viewer, article_id: UUID, version: int, field: str) -> ArticleVersion:
    rows = visible_versions(viewer).filter(article_id=article_id, version=version)
    known = await rows.prefetch_related("author").first()
    if known is None:
        raise NotFound(field)
    return known


def _line(version: ArticleVersion, name: str) -> str:
    value = getattr(version, name)
    return ", ".join(value) if isinstance(value, list) else str(value)
