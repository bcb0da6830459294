"""Article events: what was said of the articles of a ticket, and what its requester was told."""

import strawberry

from api.context import Info
from api.fields import computed, member
from api.knowledge.types import Article
from api.tickets.event import TicketEvent
from foredesk.tickets.models import ArticleUse


@strawberry.type(description="An agent said what an article was worth; only agents see it.")
class ArticleLinked(TicketEvent):
    use: ArticleUse = member("use", description="What it was worth")
    note: str = member("note", description="What is, or was, wrong with it; may be empty")
    article_version: int = member(
        "article_version", description="Version of the article that this was said of"
    )

    @computed(description="Articles that this was said of, those the viewer may see", at_most=1)
    async def articles(self, info: Info) -> list[Article]:
        return await self._articles(info)


@strawberry.type(description="What was said of an article was taken back; only agents see it.")
class ArticleUnlinked(TicketEvent):
    @computed(description="Articles that it was said of, those the viewer may see", at_most=1)
    async def articles(self, info: Info) -> list[Article]:
        return await self._articles(info)


@strawberry.type(description="The requester was told of the known error that the ticket is about.")
class KnownErrorTold(TicketEvent):
    title: str = member("title", description="Title of the known error as it was then")
    workaround: str = member(
        "workaround", description="What helps until it is mended; empty if nothing does yet"
    )

    @computed(description="Articles about the error, those the viewer may see", at_most=1)
    async def articles(self, info: Info) -> list[Article]:
        return await self._articles(info)
