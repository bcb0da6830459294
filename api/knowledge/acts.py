"""Acts: what came of an article, and whether it helped."""

from typing import Annotated

import strawberry

from api.acting import attempt, the_key
from api.context import Info
from api.fields import act
from api.knowledge.types import Article
from api.user_errors import InvalidInput, NotFound, NotPermitted, Refusal
from foredesk.knowledge.deflection import record_deflection
from foredesk.knowledge.feedback import rate_article
from foredesk.knowledge.models import DeflectionOutcome

KnowledgeRefusal = InvalidInput | NotFound | NotPermitted | Refusal


@strawberry.input(description="Input of recordDeflection.")
class RecordDeflectionInput:
    search_id: strawberry.ID = strawberry.field(description="Search that found the article")
    article_id: strawberry.ID = strawberry.field(description="Article that was offered")
    outcome: DeflectionOutcome = strawberry.field(description="What came of it")
    visitor: str | None = strawberry.field(
        default=strawberry.UNSET, description="Token of the anonymous reader who searched"
    )


RecordDeflectionError = Annotated[
    KnowledgeRefusal,
    strawberry.union("RecordDeflectionError", description="Reason why nothing was recorded."),
]


@strawberry.type(description="Result of recordDeflection.")
class RecordDeflectionPayload:
    article: Article | None = strawberry.field(
        description="Article that was offered; null when errors is not empty"
    )
    errors: list[RecordDeflectionError] = strawberry.field(
        description="Reasons why nothing was recorded; empty on success"
    )


@strawberry.input(description="Input of rateArticle.")
class RateArticleInput:
    article_id: strawberry.ID = strawberry.field(description="Article to rate")
    is_helpful: bool = strawberry.field(description="Whether the article helped")
    comment: str = strawberry.field(
        default="", description="What was missing, up to 2,000 characters"
    )
    visitor: str | None = strawberry.field(
        default=strawberry.UNSET, description="Token of the anonymous reader"
    )


RateArticleError = Annotated[
    KnowledgeRefusal,
    strawberry.union("RateArticleError", description="Reason why the vote was not taken."),
]


@strawberry.type(description="Result of rateArticle.")
class RateArticlePayload:
    article: Article | None = strawberry.field(
        description="Article that was rated; null when errors is not empty"
    )
    errors: list[RateArticleError] = strawberry.field(
        description="Reasons why the vote was not taken; empty on success"
    )


@strawberry.type
class KnowledgeMutation:
    @act(description="Records what came of an article that a search offered")
    async def record_deflection(
        self,
        info: Info,
        input: Annotated[RecordDeflectionInput, strawberry.argument(description="What came.")],
    ) -> RecordDeflectionPayload:
        done, errors = await attempt(
            info,
            lambda: record_deflection(
                info.context.desk,
                info.context.viewer,
                search_id=the_key("Search", input.search_id, "searchId"),
                article_id=the_key("Article", input.article_id, "articleId"),
                outcome=input.outcome,
                visitor=input.visitor or None,
            ),
        )
        row = await info.context.loaders.of(Article).load(done.article_id) if done else None
        return RecordDeflectionPayload(article=Article(row=row) if row else None, errors=errors)

    @act(description="Casts a vote on an article, or changes it")
    async def rate_article(
        self,
        info: Info,
        input: Annotated[RateArticleInput, strawberry.argument(description="The vote.")],
    ) -> RateArticlePayload:
        done, errors = await attempt(
            info,
            lambda: rate_article(
                info.context.desk,
                info.context.viewer,
                article_id=the_key("Article", input.article_id, "articleId"),
                helpful=input.is_helpful,
                comment=input.comment,
                visitor=input.visitor or None,
            ),
        )
        row = await info.context.loaders.of(Article).load(done.article_id) if done else None
        return RateArticlePayload(article=Article(row=row) if row else None, errors=errors)
