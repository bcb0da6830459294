"""Popular: the articles that people turn to most, for a first page."""

from collections.abc import Sequence
from datetime import timedelta
from uuid import UUID

from tortoise.functions import Count

from foredesk.desk import Desk
from foredesk.knowledge.models import Article, Deflection
from foredesk.knowledge.queries import published_for
from foredesk.people.viewer import Viewer

LATELY = timedelta(days=90)
RANKED = 100


async def popular_articles(
    desk: Desk, viewer: Viewer, *, locale: str, limit: int
) -> Sequence[Article]:
    """Those opened or confirmed most in the last 90 days, then the newest; of one language."""
    ids = await _most_used(desk)
    readable = published_for(viewer).filter(locale=locale)
    known = {article.id: article for article in await readable.filter(id__in=ids)}
    chosen = [known[id_] for id_ in ids if id_ in known][:limit]
    if len(chosen) < limit:
        newest = readable.exclude(id__in=[article.id for article in chosen])
        chosen += await newest.order_by("-published_at", "id").limit(limit - len(chosen))
    return chosen


async def _most_used(desk: Desk) -> list[UUID]:
    rows = (
        await Deflection.filter(at__gte=desk.now() - LATELY)
        .annotate(uses=Count("id"))
        .group_by("article_id")
        .order_by("-uses")
        .limit(RANKED)
        .values_list("article_id", flat=True)
    )
    return [UUID(str(row)) for row in rows]
