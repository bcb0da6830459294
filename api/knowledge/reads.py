"""Reads: articles by name, in lists, and found."""

from datetime import datetime
from enum import Enum
from typing import Annotated, Any
from uuid import UUID

import strawberry

from api.connections import After, Before, Connection, First, Last, Ordering, page_of, wanted
from api.context import Info
from api.fields import computed
from api.identifiers import key_of
from api.knowledge.found import ArticleSearchConnection, ArticleSuggestions, offset_of
from api.knowledge.types import Article
from api.operations.errors import Code, refusal
from api.ordering import OrderDirection
from api.sources import want
from foredesk.knowledge.answering import count_facets, search_articles, suggest_articles
from foredesk.knowledge.models import ArticleKind, ArticleState, Audience, SearchChannel
from foredesk.knowledge.slugs import may_be_slug

LARGEST_PAGE = 50
MOST_SUGGESTIONS = 10
NO_SERVICE = UUID(int=0)


@strawberry.input(description="How to name an article.", one_of=True)
class ArticleLookup:
    id: strawberry.Maybe[strawberry.ID] = strawberry.field(description="ID of the article")
    slug: strawberry.Maybe[str] = strawberry.field(description="Last part of its address")


@strawberry.input(description="Conditions that the articles meet, all of them.")
class ArticleFilter:
    states: list[ArticleState] | None = strawberry.field(
        default=strawberry.UNSET, description="States, any of which the article is in"
    )
    kinds: list[ArticleKind] | None = strawberry.field(
        default=strawberry.UNSET, description="Kinds, any of which the article is of"
    )
    audiences: list[Audience] | None = strawberry.field(
        default=strawberry.UNSET, description="Audiences, any of which the article is for"
    )
    locale: str | None = strawberry.field(
        default=strawberry.UNSET, description="Language of the article"
    )
    section: str | None = strawberry.field(
        default=strawberry.UNSET, description="Section of the article"
    )


@strawberry.input(description="Conditions that articles that are searched for meet, all of them.")
class ArticleSearchFilter:
    section: str | None = strawberry.field(
        default=strawberry.UNSET, description="Section of the article"
    )
    language: str | None = strawberry.field(
        default=strawberry.UNSET,
        description="Language of the article; en has also what is in en-GB",
    )
    service_id: strawberry.ID | None = strawberry.field(
        default=strawberry.UNSET, description="Service that the article is about"
    )


@strawberry.enum(description="What articles are ordered by.")
class ArticleOrderField(Enum):
    UPDATED_AT = strawberry.enum_value("updated_at", description="Time of the last revision.")
    CREATED_AT = strawberry.enum_value("created_at", description="Time of the first writing.")
    TITLE = strawberry.enum_value("title", description="Title.")


@strawberry.input(description="Ordering of articles.")
class ArticleOrder:
    field: ArticleOrderField = strawberry.field(description="What to order by")
    direction: OrderDirection = strawberry.field(description="Which end comes first")


NEWEST_FIRST = ArticleOrder(field=ArticleOrderField.UPDATED_AT, direction=OrderDirection.DESC)


@strawberry.input(description="What a requester has written so far.")
class TicketDraft:
    subject: str = strawberry.field(description="Subject of the request")
    details: str = strawberry.field(default="", description="Details of the request")


Visitor = Annotated[
    str | None,
    strawberry.argument(
        description="Random token of an anonymous reader, so that what comes of the search "
        "can be recorded; not needed with a credential"
    ),
]
Language = Annotated[
    str | None,
    strawberry.argument(description="Language to prefer; the viewer's own if left out."),
]


@strawberry.type
class KnowledgeQuery:
    @wanted(description="One article; null if there is none or it is not to be seen")
    def article(
        self,
        info: Info,
        by: Annotated[ArticleLookup, strawberry.argument(description="Name of the article.")],
    ) -> Article | None:
        if by.slug is not None:
            slug = by.slug.value
            return want(Article, {"slug": slug}) if may_be_slug(slug) else None
        key = key_of("Article", by.id.value if by.id else None)
        return want(Article, {"id": key}) if key else None

    @wanted(description="Articles that the viewer may see")
    def articles(
        self,
        info: Info,
        order_by: Annotated[
            ArticleOrder, strawberry.argument(description="Ordering of the articles.")
        ] = NEWEST_FIRST,
        filter: Annotated[
            ArticleFilter | None,
            strawberry.argument(description="Conditions that the articles meet."),
        ] = strawberry.UNSET,
        first: First = strawberry.UNSET,
        after: After = strawberry.UNSET,
        last: Last = strawberry.UNSET,
        before: Before = strawberry.UNSET,
    ) -> Connection[Article]:
        page = page_of(first, after, last, before)
        return want(Article, _conditions(filter), _ordering(order_by), page)

    @computed(description="Published articles that match a text, best first")
    async def search_articles(
        self,
        info: Info,
        query: Annotated[str, strawberry.argument(description="What to look for.")],
        first: Annotated[int, strawberry.argument(description="Number of articles, 1 to 50.")] = 10,
        after: After = strawberry.UNSET,
        locale: Language = strawberry.UNSET,
        visitor: Visitor = strawberry.UNSET,
        filter: Annotated[
            ArticleSearchFilter | None,
            strawberry.argument(description="Conditions that the articles meet."),
        ] = strawberry.UNSET,
    ) -> ArticleSearchConnection:
        if not 1 <= first <= LARGEST_PAGE:
            raise refusal(f"first must be 1 to {LARGEST_PAGE}.", Code.BAD_USER_INPUT)
        offset = offset_of(query, after or None)
        chosen = {"text": query, "locale": locale or None, **_chosen(filter)}
        desk, viewer = info.context.desk, info.context.viewer
        found = await search_articles(
            desk,
            viewer,
            channel=SearchChannel.API,
            visitor=visitor or None,
            limit=first,
            offset=offset,
            **chosen,
        )
        return ArticleSearchConnection(
            found=found,
            words=query,
            offset=offset,
            size=first,
            count=lambda: count_facets(desk, viewer, **chosen),
        )

    @computed(description="Articles that may answer a request before it is filed")
    async def suggest_articles(
        self,
        info: Info,
        draft: Annotated[
            TicketDraft, strawberry.argument(description="What the requester has written so far.")
        ],
        limit: Annotated[int, strawberry.argument(description="Number of articles, 1 to 10.")] = 5,
        locale: Language = strawberry.UNSET,
        visitor: Visitor = strawberry.UNSET,
    ) -> ArticleSuggestions:
        if not 1 <= limit <= MOST_SUGGESTIONS:
            raise refusal(f"limit must be 1 to {MOST_SUGGESTIONS}.", Code.BAD_USER_INPUT)
        found = await suggest_articles(
            info.context.desk,
            info.context.viewer,
            subject=draft.subject,
            details=draft.details,
            channel=SearchChannel.API,
            locale=locale or None,
            visitor=visitor or None,
            limit=limit,
        )
        return ArticleSuggestions(found=found)


def _conditions(filter: ArticleFilter | None) -> dict[str, Any]:
    if not filter:
        return {}
    wanted: dict[str, Any] = {}
    if filter.states:
        wanted["state__in"] = [state.value for state in filter.states]
    if filter.kinds:
        wanted["kind__in"] = [kind.value for kind in filter.kinds]
    if filter.audiences:
        wanted["audience__in"] = [audience.value for audience in filter.audiences]
    if filter.locale:
        wanted["locale"] = filter.locale
    if filter.section:
        wanted["section"] = filter.section
    return wanted


def _chosen(filter: ArticleSearchFilter | None) -> dict[str, Any]:
    """A service that nobody has finds nothing."""
    if not filter:
        return {}
    service = key_of("Service", filter.service_id) or NO_SERVICE if filter.service_id else None
    return {
        "section": filter.section or None,
        "language": filter.language or None,
        "service_id": service,
    }


def _ordering(order: ArticleOrder) -> Ordering:
    column = str(order.field.value)
    read = str if order.field is ArticleOrderField.TITLE else datetime.fromisoformat
    return Ordering(column, order.direction is OrderDirection.DESC, read)
