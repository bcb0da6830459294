"""Services: which ones an article is about, so that a search can be narrowed to one."""

from collections.abc import Collection, Mapping, Sequence
from uuid import UUID

from foredesk.catalog import queries as catalog
from foredesk.catalog.models import Service
from foredesk.database import transaction
from foredesk.desk import Desk
from foredesk.errors import InvalidInput, NotFound
from foredesk.knowledge.changes import announce, next_revision, record_change
from foredesk.knowledge.models import Article
from foredesk.knowledge.search_models import ArticleService
from foredesk.knowledge.search_queries import services_of
from foredesk.knowledge.write import changeable
from foredesk.people.policy import Act, require
from foredesk.people.viewer import Viewer

MOST_SERVICES = 10


async def name_services(
    desk: Desk, viewer: Viewer, *, article_id: UUID, service_ids: Collection[UUID]
) -> Article:
    """Say which services the article is about, all of them anew but those that the viewer may not
    see.

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
        seen = (
            await catalog.visible_to(viewer).filter(id__in=[*before]).values_list("id", flat=True)
        )
        gone, new = set(seen) - wanted, wanted - before
        if not gone and not new:
            return article
        await ArticleService.filter(article_id=article.id, service_id__in=[*gone]).delete()
        await ArticleService.bulk_create(
            [ArticleService(article_id=article.id, service_id=id) for id in sorted(new)]
        )
        article.revision = revision
        await article.save(update_fields=["revision"])
        await record_change(article.id, revision)
        await announce(desk, article.id, revision)
    return article


async def visible_services(
    viewer: Viewer, article_ids: Sequence[UUID]
) -> Mapping[UUID, list[Service]]:
    """By article, the services it is about that the viewer may see, by name."""
    about = await services_of(article_ids)
    ids = {id for of_one in about.values() for id in of_one}
    seen = {service.id: service for service in await catalog.visible_to(viewer).filter(id__in=ids)}
    return {
        article_id: sorted(
            (seen[id] for id in about[article_id] if id in seen),
            key=lambda service: (service.name, service.id),
        )
        for article_id in article_ids
    }
