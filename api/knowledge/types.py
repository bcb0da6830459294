"""Articles as the schema shows them."""

from datetime import datetime
from typing import Annotated

import strawberry

from api.catalog import Service
from api.context import Info
from api.fields import collection, column, computed, relation
from api.knowledge.authoring_types import ArticleAttachment, ArticleAuthoring
from api.node import Node
from api.people import Organization, Person, Team
from api.scalars import Html, Url
from foredesk.knowledge import models
from foredesk.knowledge.models import ArticleKind, ArticleState, Audience
from foredesk.knowledge.originals import is_behind
from foredesk.knowledge.queries import visible_to
from foredesk.knowledge.rendition import html_of
from foredesk.knowledge.translate import nearest


@strawberry.type(description="What an agent said is wrong with an article.")
class ArticleFlag:
    note: str = strawberry.field(description="What is wrong")
    version: int = strawberry.field(description="Version of the article that it is said of")


@strawberry.type(description="Answer to a question, in one language.")
class Article(Node, visible=visible_to):
    row: strawberry.Private[models.Article]
    slug: str = column(description="Last part of the article's address, unique")
    title: str = column(description="Title of the article")
    summary: str = column(description="Summary of the article; may be empty")
    locale: str = column(description="Language of the article, such as en or de")
    section: str = column(description="Section of the knowledge base; empty for none")
    tags: list[str] = column(description="Tags of the article")
    audience: Audience = column(description="Who may find the article once it is published")
    state: ArticleState = column(description="State of the article")
    version: int = column(description="Version of the text, growing with every revision")
    body: str = column(description="Text of the article in Markdown")

    @computed(description="Text of the article as HTML")
    async def body_html(self, info: Info) -> Html:
        return Html(await html_of(self.row))

    updated_at: datetime = column(description="Timestamp of when the article was last revised")
    published_at: datetime | None = column(
        description="Timestamp of when the article was published; null if it never was"
    )
    kind: ArticleKind = column(description="Sort of answer that it is")
    organization: Organization | None = relation(
        "organization_id", description="Organization that it is for; null for others"
    )
    team: Team | None = relation(
        "team_id", description="Team that it is for; null for others, or if the viewer may not see"
    )
    original: "Article | None" = relation(
        "original_id",
        description="Article that it translates; null for none, or if the viewer may not see it",
    )
    attachments: list[ArticleAttachment] = collection(
        "article_id", order=("name",), description="Files of the article, by name", at_most=20
    )

    @computed(
        description="Services that it is about and the viewer may see, by name",
        needs=("id",),
        at_most=10,
    )
    async def services(self, info: Info) -> list[Service]:
        return [Service.of(row) for row in await info.context.loaders.services.load(self.row.id)]

    @computed(
        description="Indicates that it translates an older version of its original than there is",
        needs=("original_id", "original_version"),
    )
    async def is_behind_original(self, info: Info) -> bool:
        id = self.row.original_id
        original = await info.context.loaders.of(Article).load(id) if id else None
        return is_behind(self.row, original)

    @computed(
        description="The article in a language, as far as it is published in it for the viewer; "
        "else in one that comes near, the original, or as it is"
    )
    async def in_language(
        self,
        info: Info,
        locale: Annotated[str, strawberry.argument(description="Language, such as de-CH.")],
    ) -> "Article":
        rows = await info.context.loaders.translations.load(self.row.translation_group)
        return Article(row=nearest(rows, self.row, locale))

    @computed(description="What those who write articles see of it; null for others")
    def authoring(self, info: Info) -> ArticleAuthoring | None:
        return ArticleAuthoring(row=self.row) if info.context.viewer.is_agent else None

    owner: Person | None = relation(
        "owner_id",
        description="Person who answers for the article; null for none, "
        "or if the viewer may not see them",
    )

    @computed(description="Address of the article in the portal", needs=("slug",))
    def url(self, info: Info) -> Url:
        return Url(f"{info.context.desk.settings.address}/articles/{self.row.slug}")

    @computed(
        description="Timestamp of when the article is to be looked over; "
        "null if never, and for viewers who are not agents",
        needs=("review_at",),
    )
    def review_at(self, info: Info) -> datetime | None:
        return self.row.review_at if info.context.viewer.is_agent else None

    @computed(
        description="The same article in other languages, by language",
        needs=("id", "translation_group"),
    )
    async def translations(self, info: Info) -> list["Article"]:
        rows = await info.context.loaders.translations.load(self.row.translation_group)
        return [Article(row=row) for row in rows if row.id != self.row.id]

    @computed(
        description="Subjects of requests that the article answered, oldest first: how people ask "
        "for it; only of requests that the viewer serves",
        needs=("id",),
    )
    async def asked_as(self, info: Info) -> list[str]:
        return await info.context.loaders.questions.load(self.row.id)

    @computed(
        description="Number of tickets that the article served: it was sent, used or fixed for "
        "them, or resolved them; null for viewers who are not agents",
        needs=("id",),
    )
    async def reuse_count(self, info: Info) -> int | None:
        if not info.context.viewer.is_agent:
            return None
        return await info.context.loaders.reuse_counts.load(self.row.id)

    @computed(
        description="What is said to be wrong with this version, newest first; only in tickets "
        "that the viewer handles",
        needs=("id",),
        at_most=20,
    )
    async def flags(self, info: Info) -> list[ArticleFlag]:
        rows = await info.context.loaders.flags.load(self.row.id)
        return [ArticleFlag(note=row.note, version=row.article_version or 0) for row in rows[:20]]

    @computed(description="Number of readers whom the article helped", needs=("id",))
    async def helpful_count(self, info: Info) -> int:
        return (await info.context.loaders.votes.load(self.row.id)).helpful

    @computed(description="Number of readers whom the article did not help", needs=("id",))
    async def not_helpful_count(self, info: Info) -> int:
        return (await info.context.loaders.votes.load(self.row.id)).not_helpful
