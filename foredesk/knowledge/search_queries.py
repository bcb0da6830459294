"""Who sees the words and golden queries of a search, and what articles are about."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from typing import Any
from uuid import UUID

from tortoise.expressions import Q
from tortoise.queryset import QuerySet

from foredesk.knowledge.search_models import (
    ArticleService,
    GoldenChange,
    GoldenQuery,
    GoldenRun,
    WordList,
)
from foredesk.people.policy import Act, may
from foredesk.people.viewer import ARTICLES, Viewer


def visible_word_lists(viewer: Viewer) -> QuerySet[WordList]:
    """Those of everybody, and of the organizations that the viewer manages."""
    if not may(viewer, Act.MANAGE_SEARCH_WORDS):
        return WordList.filter(id__isnull=True)
    return WordList.filter(_ours(viewer))


def visible_golden_queries(viewer: Viewer) -> QuerySet[GoldenQuery]:
    """Agents see those of everybody, and of the organizations that they serve."""
    if not _is_agent(viewer):
        return GoldenQuery.filter(id__isnull=True)
    return GoldenQuery.filter(_ours(viewer))


def visible_golden_runs(viewer: Viewer) -> QuerySet[GoldenRun]:
    if not _is_agent(viewer):
        return GoldenRun.filter(id__isnull=True)
    return GoldenRun.filter(_ours(viewer))


def visible_golden_changes(viewer: Viewer) -> QuerySet[GoldenChange]:
    """Of a run they see, only what concerns queries that they see too."""
    if not _is_agent(viewer):
        return GoldenChange.filter(id__isnull=True)
    return GoldenChange.filter(_ours(viewer, "query__"))


async def services_of(article_ids: Sequence[UUID]) -> Mapping[UUID, list[UUID]]:
    found: defaultdict[UUID, list[UUID]] = defaultdict(list)
    rows = ArticleService.filter(article_id__in=list(article_ids)).order_by("service_id")
    for row in await rows:
        found[row.article_id].append(row.service_id)
    return found


def _is_agent(viewer: Viewer) -> bool:
    return viewer.is_agent and viewer.reads(*ARTICLES)


def _ours(viewer: Viewer, path: str = "") -> Q:
    if viewer.is_administrator:
        return Q()
    everybodys: Any = {f"{path}organization_id__isnull": True}
    served: Any = {f"{path}organization_id__in": [*viewer.serves]}
    return Q(**everybodys) | Q(**served)
