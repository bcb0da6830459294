"""Events: tell plugins what readers did, after the commit and each plugin by itself."""

from collections.abc import Mapping
from datetime import timedelta
from typing import Any
from uuid import UUID

from foredesk.desk import Desk
from foredesk.hooks import ArticleFacts, DeflectionFacts, RatingFacts, SearchedFacts
from foredesk.knowledge.models import Article, ArticleRating, Deflection, Search
from foredesk.people.viewer import Viewer
from foredesk.ports import PAUSED_FOR, JobContext

JOB = "knowledge_event"


class NotDelivered(Exception):
    """A plugin failed to take in an event; the job is to be tried again."""


async def enqueue_for_listeners(
    desk: Desk, viewer: Viewer, hook: str, row_id: UUID, *, delay: timedelta = timedelta(0)
) -> None:
    """Queue the event for every plugin that listens, in the caller's transaction."""
    organization_id = viewer.organization_id
    for plugin in desk.hooks.listeners(hook, organization_id):
        payload = {
            "hook": hook,
            "plugin": plugin,
            "id": str(row_id),
            "organization_id": str(organization_id) if organization_id else None,
        }
        await desk.jobs.enqueue(JOB, payload, key=f"{hook}:{plugin}:{row_id}", delay=delay)


async def deliver_knowledge_event(
    desk: Desk, payload: Mapping[str, Any], context: JobContext
) -> None:
    """Job handler of `knowledge_event`. Raises NotDelivered so that it is tried again."""
    organization = payload["organization_id"]
    facts = await _FACTS[payload["hook"]](UUID(payload["id"]))
    if facts is None:
        return
    outcome = await desk.hooks.deliver(
        payload["hook"], payload["plugin"], UUID(organization) if organization else None, **facts
    )
    if outcome.is_paused:
        await desk.jobs.enqueue(JOB, payload, key=context.key, delay=PAUSED_FOR)
    elif outcome.error is not None:
        raise NotDelivered(f"{payload['plugin']}.{payload['hook']}: {outcome.error}")


def article_facts(article: Article) -> ArticleFacts:
    """What plugins may know of an article."""
    return ArticleFacts(
        id=article.id,
        slug=article.slug,
        title=article.title,
        locale=article.locale,
        summary=article.summary,
        section=article.section,
        tags=tuple(article.tags),
        audience=article.audience.value,
        version=article.version,
    )


async def _deflection(row_id: UUID) -> dict[str, Any] | None:
    deflection = await Deflection.filter(id=row_id).prefetch_related("search").first()
    if deflection is None:
        return None
    return {
        "deflection": DeflectionFacts(
            id=deflection.id,
            search_id=deflection.search_id,
            article_id=deflection.article_id,
            outcome=deflection.outcome.value,
            at=deflection.at,
            text=deflection.search.text,
            ticket_id=deflection.ticket_id,
        )
    }


async def _rating(row_id: UUID) -> dict[str, Any] | None:
    rating = await ArticleRating.filter(id=row_id).prefetch_related("article").first()
    if rating is None:
        return None
    return {
        "article": article_facts(rating.article),
        "rating": RatingFacts(rating.helpful, rating.comment, rating.at),
    }


async def _search(row_id: UUID) -> dict[str, Any] | None:
    search = await Search.get_or_none(id=row_id)
    if search is None:
        return None
    return {
        "search": SearchedFacts(
            id=search.id,
            text=search.text,
            at=search.created_at,
            locale=search.locale,
            channel=search.channel.value,
            article_ids=tuple(UUID(id) for id in search.results),
            total=search.total,
        )
    }


_FACTS = {"on_deflected": _deflection, "on_article_rated": _rating, "on_search": _search}
