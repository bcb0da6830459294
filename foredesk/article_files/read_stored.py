"""Read stored: records of articles as this desk has them."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from typing import Any
from uuid import UUID

from foredesk.article_files import record
from foredesk.article_files.record import (
    ArticleRecord,
    FileRecord,
    Said,
    VersionRecord,
    without_empty,
    written_time,
)
from foredesk.catalog.models import Service
from foredesk.knowledge.authoring import ArticleAttachment, AttachmentContent
from foredesk.knowledge.models import Article, ArticleVersion
from foredesk.knowledge.search_models import ArticleService
from foredesk.people.models import Organization, Person, Team


async def stored_records(articles: Sequence[Article]) -> list[ArticleRecord]:
    """One for each, in their order."""
    ids = [article.id for article in articles]
    versions = await ArticleVersion.filter(article_id__in=ids).order_by("version")
    files = await ArticleAttachment.filter(article_id__in=ids).order_by("name")
    names = await _names(articles, versions, files)
    services = await _services(ids)
    return [
        ArticleRecord(
            _said(article, names, services[article.id]),
            [_version(one, names) for one in versions if one.article_id == article.id],
            [await _file(one, names) for one in files if one.article_id == article.id],
        )
        for article in articles
    ]


Names = Mapping[UUID, str]
"""Of people, organizations and teams alike: ids are never the same."""


async def _names(articles: Sequence[Article], *written: Sequence[Any]) -> Names:
    people = {getattr(one, id) for one in articles for id in record.PEOPLE.values()}
    people |= {one.author_id for rows in written for one in rows}
    organizations = [one.organization_id for one in articles if one.organization_id]
    teams = [one.team_id for one in articles if one.team_id]
    return {
        **_by_id(await _pairs(Person, [id for id in people if id], "email")),
        **_by_id(await _pairs(Organization, organizations, "slug")),
        **_by_id(await _pairs(Team, teams, "key")),
    }


async def _pairs(model: Any, ids: list[UUID], name: str) -> Any:
    return await model.filter(id__in=ids).values_list("id", name) if ids else []


def _by_id(pairs: Any) -> dict[UUID, str]:
    return {id: str(name) for id, name in pairs}


async def _services(ids: list[UUID]) -> Mapping[UUID, list[str]]:
    named: dict[UUID, list[str]] = defaultdict(list)
    keys = _by_id(await Service.all().values_list("id", "key"))
    for row in await ArticleService.filter(article_id__in=ids):
        named[row.article_id].append(keys[row.service_id])
    return defaultdict(list, {id: sorted(found) for id, found in named.items()})


def _said(article: Article, names: Names, services: list[str]) -> Said:
    said: Said = {name: getattr(article, name) for name in record.PLAIN}
    said |= {name: getattr(article, name).value for name in record.CHOICES}
    said |= {name: _text(getattr(article, name)) for name in record.KEYS}
    said |= {name: written_time(getattr(article, name)) for name in record.TIMES}
    for name, column in {**record.PEOPLE, **record.PLACES}.items():
        id = getattr(article, column)
        said[name] = names.get(id) if id else None
    return without_empty({**said, "services": services})


def _version(version: ArticleVersion, names: Names) -> VersionRecord:
    said: Said = {name: getattr(version, name) for name in record.VERSION_PLAIN}
    author = names.get(version.author_id) if version.author_id else None
    return VersionRecord(without_empty({**said, "at": written_time(version.at), "author": author}))


async def _file(file: ArticleAttachment, names: Names) -> FileRecord:
    stored = await AttachmentContent.get(attachment_id=file.id)
    author = names.get(file.author_id) if file.author_id else None
    said = {"name": file.name, "digest": file.digest, "at": written_time(file.at)}
    return FileRecord(without_empty({**said, "author": author}), bytes(stored.content))


def _text(id: UUID | None) -> str | None:
    return str(id) if id else None
