"""Feed: what the search index follows, read from the database."""

from collections import defaultdict
from collections.abc import AsyncIterator, Sequence
from uuid import UUID

from foredesk import ports
from foredesk.knowledge.enriching import enriched
from foredesk.knowledge.models import Article, ArticleChange, ArticleQuestion, ArticleState
from foredesk.knowledge.rendition import is_current, rendered, take_over
from foredesk.knowledge.search_queries import services_of

BATCH = 200
QUESTIONS_PER_ARTICLE = 200


class ArticleFeed:
    """Fulfils `ports.ArticleFeed`: published articles, with the questions they answered, and what
    plugins add to them."""

    def __init__(self, hooks: ports.Hooks | None = None) -> None:
        self._hooks = hooks

    async def latest_revision(self) -> int:
        newest = await ArticleChange.all().order_by("-revision").first()
        return newest.revision if newest else 0

    async def changes_after(self, revision: int, *, limit: int) -> Sequence[ports.ArticleChange]:
        changes = (
            await ArticleChange.filter(revision__gt=revision).order_by("revision").limit(limit)
        )
        return [ports.ArticleChange(change.revision, change.article_id) for change in changes]

    async def documents(self, article_ids: Sequence[UUID]) -> Sequence[ports.IndexDocument]:
        articles = await Article.filter(id__in=list(article_ids), state=ArticleState.PUBLISHED)
        return await enriched(self._hooks, await _documents(articles))

    async def every_document(self) -> AsyncIterator[Sequence[ports.IndexDocument]]:
        last: UUID | None = None
        while True:
            published = Article.filter(state=ArticleState.PUBLISHED)
            after = published.filter(id__gt=last) if last else published
            articles = await after.order_by("id").limit(BATCH)
            if not articles:
                return
            last = articles[-1].id
            yield await enriched(self._hooks, await _documents(articles))


async def _documents(articles: Sequence[Article]) -> list[ports.IndexDocument]:
    ids = [article.id for article in articles]
    asked, services = await _asked_as(ids), await services_of(ids)
    return [
        await _document(article, tuple(asked[article.id]), tuple(services[article.id]))
        for article in articles
    ]


async def _asked_as(article_ids: Sequence[UUID]) -> dict[UUID, list[str]]:
    """The newest questions of each article, each wording once."""
    asked: dict[UUID, dict[str, str]] = defaultdict(dict)
    questions = ArticleQuestion.filter(article_id__in=list(article_ids)).order_by("-at", "-id")
    for article_id, text in await questions.values_list("article_id", "text"):
        known = asked[article_id]
        if len(known) < QUESTIONS_PER_ARTICLE:
            known.setdefault(text.casefold(), text)
    return defaultdict(list, {key: list(known.values()) for key, known in asked.items()})


async def _document(
    article: Article, asked_as: tuple[str, ...], service_ids: tuple[UUID, ...]
) -> ports.IndexDocument:
    if not is_current(article):
        take_over(article, await rendered(article.body, article.locale))
    return ports.IndexDocument(
        article_id=article.id,
        revision=article.revision,
        locale=article.locale,
        audience=article.audience.value,
        organization_id=article.organization_id,
        team_id=article.team_id,
        section=article.section,
        tags=tuple(article.tags),
        title=article.title,
        headings=tuple(article.headings),
        body=article.body_text,
        asked_as=asked_as,
        service_ids=service_ids,
    )
