"""Services: which ones an article is about, so that a search can be narrowed to one."""

from collections.abc import Collection
from uuid import UUID

from foredesk.catalog import queries as catalog
from foredesk.database import transaction
from foredesk.desk import Desk
from foredesk.errors import InvalidInput, NotFound
from foredesk.knowledge.changes import announce, next_revision, record_change
from foredesk.knowledge.models import Article
from foredesk.knowledge.search_models import ArticleService
from foredesk.knowledge.write import changeable
from foredesk.people.policy import Act, require
from foredesk.people.viewer import Viewer

MOST_SERVICES = 10


async def name_services(
    desk: Desk, viewer: Viewer, *, article_id: UUID, service_ids: Collection[UUID]
) -> Article:
    """Say which services the article is about, all of them anew.

    Raises NotFound for what is not the viewer's to see, and InvalidInput for too many.
    """
    require(viewer, Act.WRITE_ARTICLE)
    wanted = set(service_ids)
    if len(wanted) > MOST_SERVICES:
        raise InvalidInput("serviceIds", f"Name at most {MOST_SERVICES} services.")
    if await catalog.visible_to(viewer).filter(id__in=[*wanted]).count() < len(wanted):
        raise NotFound("serviceIds")
    async with transaction():
        revision = await next_revision()
        article = await changeable(viewer, article_id, Act.WRITE_ARTICLE)
        before = {row.service_id for row in await ArticleService.filter(article_id=article.id)}
        if before == wanted:
            return article
        await ArticleService.filter(article_id=article.id).delete()
        await ArticleService.bulk_create(
            [ArticleService(article_id=article.id, service_id=id) for id in sorted(wanted)]
        )
        article.revision = revision
        await article.save(update_fields=["revision"])
        await record_change(article.id, revision)
        await announce(desk, article.id, revision)
    return article
