"""Reads of authors: versions and how they differ, what waits for a review, what to translate."""

from datetime import datetime
from typing import Annotated

import strawberry

from api.acting import the_key
from api.connections import After, Before, Connection, First, Last, Ordering, page_of, wanted
from api.context import Info
from api.enums import describe
from api.fields import computed
from api.hidden import null_if_hidden
from api.identifiers import key_of
from api.knowledge.authoring_types import (
    ArticleDifferences,
    ArticleEvent,
    ArticleProposal,
    ArticlePublishingRule,
    ArticleTemplate,
    ArticleVersion,
    person,
)
from api.knowledge.notices import ArticleNotice
from api.knowledge.types import Article
from api.people import Person
from api.scalars import Html
from api.sources import want
from foredesk.identity import new_id
from foredesk.knowledge.propose import proposal_differences
from foredesk.knowledge.rendition import preview
from foredesk.knowledge.review_queue import AwaitingReview, review_queue
from foredesk.knowledge.second_person import visible_rules
from foredesk.knowledge.templates import article_templates
from foredesk.knowledge.translate import TranslationState, TranslationWork, translation_work
from foredesk.knowledge.versions import version_differences

MOST = 100
NEWEST_VERSION = Ordering("version", descending=True, read=int)
NEWEST_EVENT = Ordering("at", descending=True)
NEWEST_NOTICE = Ordering("created_at", descending=True)
_ARTICLE = strawberry.argument(description="ID of the article.")

describe(
    TranslationState,
    "How it stands with a translation.",
    {
        "MISSING": "There is none.",
        "UNPUBLISHED": "It is not published.",
        "BEHIND": "Its original says something newer.",
        "CURRENT": "It says what its original says.",
    },
    name="ArticleTranslationState",
)


@strawberry.type(description="Article that waits for somebody to look at it.")
class ArticleReview:
    waiting: strawberry.Private[AwaitingReview]

    @computed(description="Article that waits")
    def article(self) -> Article:
        return Article(row=self.waiting.article)

    @computed(description="Timestamp since which it waits")
    def since_at(self) -> datetime:
        return self.waiting.since

    @computed(description="Who asked for it; null for nobody, or if they are hidden")
    async def asked_by(self, info: Info) -> Person | None:
        return await person(info, self.waiting.by_id)

    @computed(description="Revision that is proposed; null for an article that is in review")
    def proposal(self) -> ArticleProposal | None:
        row = self.waiting.proposal
        return ArticleProposal(row=row) if row else None


@strawberry.type(description="Article that is to be translated.")
class ArticleTranslationWork:
    work: strawberry.Private[TranslationWork]

    @computed(description="Article to translate")
    def original(self) -> Article:
        return Article(row=self.work.original)

    @computed(description="Translation that there is; null for none")
    def translation(self) -> Article | None:
        return Article(row=self.work.translation) if self.work.translation else None

    @computed(description="What is to be done")
    def state(self) -> TranslationState:
        return self.work.state


@strawberry.type
class ArticleAuthoringQuery:
    @wanted(description="Versions of an article, newest first; none for who writes no articles")
    def article_versions(
        self,
        info: Info,
        article_id: Annotated[strawberry.ID, _ARTICLE],
        first: First = strawberry.UNSET,
        after: After = strawberry.UNSET,
        last: Last = strawberry.UNSET,
        before: Before = strawberry.UNSET,
    ) -> Connection[ArticleVersion]:
        where = {"article_id": key_of("Article", article_id) or new_id()}
        return want(ArticleVersion, where, NEWEST_VERSION, page_of(first, after, last, before))

    @wanted(description="What happened to an article, newest first; none for who writes none")
    def article_events(
        self,
        info: Info,
        article_id: Annotated[strawberry.ID, _ARTICLE],
        first: First = strawberry.UNSET,
        after: After = strawberry.UNSET,
        last: Last = strawberry.UNSET,
        before: Before = strawberry.UNSET,
    ) -> Connection[ArticleEvent]:
        where = {"article_id": key_of("Article", article_id) or new_id()}
        return want(ArticleEvent, where, NEWEST_EVENT, page_of(first, after, last, before))

    @wanted(description="What the viewer is asked to see to among articles, newest first")
    def article_notices(
        self,
        info: Info,
        first: First = strawberry.UNSET,
        after: After = strawberry.UNSET,
        last: Last = strawberry.UNSET,
        before: Before = strawberry.UNSET,
    ) -> Connection[ArticleNotice]:
        return want(ArticleNotice, {}, NEWEST_NOTICE, page_of(first, after, last, before))

    @computed(
        description="How two versions of an article differ; null if the viewer may not see them"
    )
    @null_if_hidden
    async def article_differences(
        self,
        info: Info,
        article_id: Annotated[strawberry.ID, _ARTICLE],
        from_version: Annotated[int, strawberry.argument(description="Number of the one version.")],
        to_version: Annotated[int, strawberry.argument(description="Number of the other.")],
    ) -> ArticleDifferences | None:
        found = await version_differences(
            info.context.viewer,
            article_id=the_key("Article", article_id, "articleId"),
            before=from_version,
            after=to_version,
        )
        return ArticleDifferences.of(found)

    @computed(description="How an article would change; null if nothing is proposed for it")
    @null_if_hidden
    async def article_proposal_differences(
        self, info: Info, article_id: Annotated[strawberry.ID, _ARTICLE]
    ) -> ArticleDifferences | None:
        key = the_key("Article", article_id, "articleId")
        found = await proposal_differences(info.context.viewer, article_id=key)
        return ArticleDifferences.of(found) if found else None

    @computed(
        description="What waits for a review, the longest first, at most 100; null for those who "
        "write no articles",
        at_most=MOST,
    )
    @null_if_hidden
    async def article_reviews(self, info: Info) -> list[ArticleReview] | None:
        found = await review_queue(info.context.viewer, first=MOST)
        return [ArticleReview(waiting=one) for one in found]

    @computed(
        description="Articles to translate into a language: behind, unpublished, then missing "
        "ones, at most 100; null for those who write no articles",
        at_most=MOST,
    )
    @null_if_hidden
    async def article_translation_work(
        self,
        info: Info,
        locale: Annotated[str, strawberry.argument(description="Language, such as de.")],
    ) -> list[ArticleTranslationWork] | None:
        found = await translation_work(info.context.viewer, locale=locale, first=MOST)
        return [ArticleTranslationWork(work=one) for one in found]

    @computed(description="What articles of each kind begin with", at_most=10)
    def article_templates(
        self,
        info: Info,
        locale: Annotated[str, strawberry.argument(description="Language, such as de.")] = "en",
    ) -> list[ArticleTemplate]:
        return [ArticleTemplate.of(one) for one in article_templates(locale)]

    @computed(
        description="Rules of publishing that the viewer may see, at most 100; no rule asks for a "
        "second person where there is none",
        at_most=MOST,
    )
    async def article_publishing_rules(self, info: Info) -> list[ArticlePublishingRule]:
        rows = await visible_rules(info.context.viewer).order_by("key").limit(MOST)
        return [ArticlePublishingRule(row=row) for row in rows]

    @computed(
        description="A text as it would be shown; null for those who write no articles", weight=10
    )
    @null_if_hidden
    async def article_preview(
        self,
        info: Info,
        body: Annotated[str, strawberry.argument(description="Text in Markdown.")],
        locale: Annotated[str, strawberry.argument(description="Language of the text.")] = "en",
    ) -> Html | None:
        return Html(await preview(info.context.viewer, body=body, locale=locale))
