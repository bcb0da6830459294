"""Bring in: articles from somewhere else, many at a time, each known again by its source path."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any
from uuid import UUID

from foredesk.database import transaction
from foredesk.desk import Desk
from foredesk.errors import InvalidInput
from foredesk.identity import new_id
from foredesk.knowledge.changes import announce, next_revision, record_changes
from foredesk.knowledge.models import Article, ArticleLink, ArticleState, ArticleVersion, Audience
from foredesk.knowledge.render import Rendered
from foredesk.knowledge.rendition import links_of, rendered, take_over
from foredesk.knowledge.write import cleaned, version_of
from foredesk.people.policy import Act, require
from foredesk.people.viewer import Viewer

ORIGINAL_LOCALE = "en"
"""Of trees in several languages, the one that the others translate."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ArticleSource:
    """An article as it is elsewhere. `digest` tells whether it is still what was brought in."""

    path: str
    digest: str
    slug: str
    locale: str
    translation_group: UUID
    title: str
    body: str
    summary: str = ""
    section: str = ""
    tags: tuple[str, ...] = ()
    is_draft: bool = False


class Taken(StrEnum):
    ADDED = "added"
    CHANGED = "changed"
    UNCHANGED = "unchanged"


@dataclass(slots=True)
class _Prepared:
    source: ArticleSource
    content: dict[str, Any]
    rendition: Rendered


@dataclass(slots=True)
class _Batch:
    """What is to be written in one transaction."""

    added: list[Article] = field(default_factory=list)
    changed: list[Article] = field(default_factory=list)
    versions: list[ArticleVersion] = field(default_factory=list)
    links: list[ArticleLink] = field(default_factory=list)

    @property
    def articles(self) -> list[Article]:
        return [*self.added, *self.changed]


async def bring_in_articles(
    desk: Desk, viewer: Viewer, sources: Sequence[ArticleSource]
) -> dict[str, Taken | InvalidInput]:
    """Add and publish what is new, revise what has changed, refuse what cannot be kept: by path.

    One transaction, at most a few dozen articles. What was retired here stays retired.
    """
    require(viewer, Act.IMPORT)
    outcomes: dict[str, Taken | InvalidInput] = {}
    prepared: list[_Prepared] = []
    for source in sources:
        try:
            prepared.append(await _prepared(source))
        except InvalidInput as refusal:
            outcomes[source.path] = refusal
    async with transaction():
        outcomes |= await _write(desk, viewer, prepared)
    return outcomes


async def _prepared(source: ArticleSource) -> _Prepared:
    content = cleaned(
        title=source.title,
        summary=source.summary,
        body=source.body,
        section=source.section,
        tags=source.tags,
    )
    rendition = await rendered(content["body"], source.locale)
    content["summary"] = content["summary"] or rendition.lead
    return _Prepared(source, content, rendition)


async def _write(
    desk: Desk, viewer: Viewer, prepared: Sequence[_Prepared]
) -> dict[str, Taken | InvalidInput]:
    revision = await next_revision()  # from here on nobody else brings in the same
    known = await _known([each.source.path for each in prepared])
    outcomes: dict[str, Taken | InvalidInput] = {}
    batch = _Batch()
    for each in prepared:
        article = known.get(each.source.path)
        if article is not None and article.source_hash == each.source.digest:
            outcomes[each.source.path] = Taken.UNCHANGED
            continue
        outcomes[each.source.path] = Taken.CHANGED if article else Taken.ADDED
        revision = await next_revision() if batch.articles else revision
        _take(desk, viewer, each, article, revision, batch)
    await _store(desk, batch)
    return outcomes


async def _known(paths: Sequence[str]) -> dict[str, Article]:
    articles = await Article.filter(source_path__in=[*paths]).select_for_update()
    return {str(article.source_path): article for article in articles}


def _take(
    desk: Desk,
    viewer: Viewer,
    each: _Prepared,
    known: Article | None,
    revision: int,
    batch: _Batch,
) -> None:
    article = known or _new(desk, each.source)
    (batch.changed if known else batch.added).append(article)
    article.update_from_dict(each.content)
    article.source_hash = each.source.digest
    article.revision, article.updated_at = revision, desk.now()
    take_over(article, each.rendition)
    if known:
        article.version += 1
    if article.state is ArticleState.DRAFT and not each.source.is_draft:
        article.state, article.published_at = ArticleState.PUBLISHED, desk.now()
    if article.state is ArticleState.PUBLISHED:
        article.published_version = article.version
    batch.versions.append(version_of(article, viewer))
    batch.links.extend(links_of(article, each.rendition))


def _new(desk: Desk, source: ArticleSource) -> Article:
    return Article(
        id=new_id(),
        slug=source.slug,
        locale=source.locale,
        translation_group=source.translation_group,
        audience=Audience.PUBLIC,
        source_path=source.path,
        created_at=desk.now(),
        version=1,
    )


async def _name_originals(batch: _Batch) -> None:
    """What comes in anew says what its original says by then; English texts are the originals."""
    translations = [one for one in batch.articles if one.locale != ORIGINAL_LOCALE]
    groups = [one.translation_group for one in translations]
    known = await Article.filter(
        translation_group__in=groups, locale=ORIGINAL_LOCALE, original_id__isnull=True
    )
    originals = {one.translation_group: one for one in (*known, *batch.articles) if _is_first(one)}
    for one in translations:
        if (original := originals.get(one.translation_group)) is not None:
            one.original_id, one.original_version = original.id, original.version


def _is_first(article: Article) -> bool:
    return article.locale == ORIGINAL_LOCALE and article.original_id is None


async def _store(desk: Desk, batch: _Batch) -> None:
    if not batch.articles:
        return
    await _name_originals(batch)
    await Article.bulk_create(batch.added)
    for article in batch.changed:
        await article.save()
    await ArticleLink.filter(article_id__in=[article.id for article in batch.changed]).delete()
    await ArticleVersion.bulk_create(batch.versions)
    await ArticleLink.bulk_create(batch.links)
    await record_changes([(article.id, article.revision) for article in batch.articles])
    await announce(desk, batch.articles[-1].id, batch.articles[-1].revision)
