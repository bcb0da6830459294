"""Notices: what the viewer is asked to see to among articles."""

from datetime import datetime

import strawberry

from api.enums import describe
from api.fields import column, relation
from api.knowledge.types import Article
from api.node import Node
from foredesk.knowledge import authoring
from foredesk.knowledge.authoring import ArticleNoticeKind
from foredesk.knowledge.notices import visible_notices

describe(
    ArticleNoticeKind,
    "Why somebody is asked to see to an article.",
    {
        "REVIEW_DUE": "It is time to look it over.",
        "RETURNED": "Somebody returned it from review.",
        "DECLINED": "Somebody declined what the viewer proposed.",
        "NOT_PUBLISHED": "It was to be published by itself, and was not.",
        "ORIGINAL_CHANGED": "Its original says something newer.",
    },
)


@strawberry.type(description="The viewer is asked to see to an article.")
class ArticleNotice(Node, visible=visible_notices):
    row: strawberry.Private[authoring.ArticleNotice]
    kind: ArticleNoticeKind = column(description="Why they are asked")
    note: str = column(description="What was said about it; may be empty")
    created_at: datetime = column(description="Timestamp of when they were asked")
    seen_at: datetime | None = column(
        description="Timestamp of when they said that they have seen it; null if not yet"
    )
    article: Article | None = relation(
        "article_id", description="Article to see to; null if it is hidden by now"
    )
