"""What a viewer may read of the knowledge base. Nobody reads an article in another way."""

from collections.abc import Sequence
from uuid import UUID

from tortoise.expressions import Q
from tortoise.functions import Count
from tortoise.queryset import QuerySet

from foredesk.knowledge.models import Article, ArticleLink, ArticleState, Audience
from foredesk.knowledge.slugs import may_be_slug
from foredesk.people.viewer import ARTICLES, Viewer


def visible_to(viewer: Viewer) -> QuerySet[Article]:
    """Everybody reads what is published for them; agents also drafts and what is retired.

    A team's articles are its members' alone, and administrators' unless the team is confidential.
    """
    if not viewer.reads(*ARTICLES):
        return Article.filter(state=ArticleState.PUBLISHED, audience=Audience.PUBLIC)
    if viewer.is_system:
        return Article.all()
    ours, teams = [*viewer.reader.organization_ids], [*viewer.team_ids]
    if viewer.is_administrator:
        return Article.filter(Q(is_confidential=False) | _of(teams))
    if viewer.is_agent:
        of_ours = Q(organization_id__isnull=True) | Q(organization_id__in=ours)
        return Article.filter(of_ours, Q(team_id__isnull=True) | _of(teams))
    readable = Q(audience=Audience.PUBLIC)
    if ours:
        readable |= Q(audience=Audience.ORGANIZATION, organization_id__in=ours)
    if teams:
        readable |= Q(audience=Audience.GROUP) & _of(teams)
    return Article.filter(readable, state=ArticleState.PUBLISHED)


def _of(team_ids: Sequence[UUID]) -> Q:
    """Nobody's articles are those of no team."""
    return Q(team_id__in=list(team_ids)) if team_ids else Q(id__isnull=True)


def published_for(viewer: Viewer) -> QuerySet[Article]:
    """What may be offered to the viewer as an answer."""
    return visible_to(viewer).filter(state=ArticleState.PUBLISHED)


async def article_by_id(viewer: Viewer, article_id: UUID) -> Article | None:
    return await visible_to(viewer).filter(id=article_id).first()


async def article_by_slug(viewer: Viewer, slug: str) -> Article | None:
    return await visible_to(viewer).filter(slug=slug).first() if may_be_slug(slug) else None


async def translations(viewer: Viewer, article: Article) -> Sequence[Article]:
    """The same article in other languages."""
    return (
        await published_for(viewer)
        .filter(translation_group=article.translation_group)
        .exclude(id=article.id)
        .order_by("locale")
    )


async def linked_from(viewer: Viewer, article: Article) -> Sequence[Article]:
    """Articles that this one links to."""
    slugs = await ArticleLink.filter(article_id=article.id).values_list("target_slug", flat=True)
    return await published_for(viewer).filter(slug__in=list(slugs)).exclude(id=article.id)


async def linking_to(viewer: Viewer, article: Article) -> Sequence[Article]:
    """Articles that link to this one."""
    ids = await ArticleLink.filter(target_slug=article.slug).values_list("article_id", flat=True)
    return await published_for(viewer).filter(id__in=list(ids)).exclude(id=article.id)


async def sections(viewer: Viewer, locale: str) -> Sequence[tuple[str, int]]:
    """Sections of one language with the number of their published articles, by name."""
    rows = (
        await published_for(viewer)
        .filter(locale=locale)
        .order_by()
        .annotate(articles=Count("id"))
        .group_by("section")
        .values_list("section", "articles")
    )
    return sorted((str(section), int(articles)) for section, articles in rows)
