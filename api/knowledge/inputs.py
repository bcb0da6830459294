"""Inputs of the acts of authors."""

from datetime import datetime

import strawberry

from api.management.words import KEY, VERSION, optional, required
from foredesk.knowledge.models import ArticleKind, Audience

ARTICLE = "Article to act on"
REMARK = "What to say about it, up to 2,000 characters"
NEWS = "What is new, in a few words, up to 200 characters"


@strawberry.input(description="Input of writeArticle.")
class WriteArticleInput:
    title: str = required("Title, 1 to 200 characters")
    body: str = required("Text in Markdown")
    locale: str = required("Language, such as en or pt-BR")
    kind: ArticleKind = strawberry.field(
        default=ArticleKind.ARTICLE, description="Sort of answer that it is"
    )
    summary: str = strawberry.field(
        default="", description="Summary; the beginning of the text if left out"
    )
    section: str = strawberry.field(default="", description="Section; none if left out")
    tags: list[str] | None = optional("Tags, at most 20")
    audience: Audience = strawberry.field(
        default=Audience.PUBLIC, description="Who may find it once it is published"
    )
    organization_id: strawberry.ID | None = optional("Organization that it is for")
    team_id: strawberry.ID | None = optional("Team that it is for")
    owner_id: strawberry.ID | None = optional("Who answers for it; the viewer if left out")
    translation_of_id: strawberry.ID | None = optional("Article that it translates")
    review_at: datetime | None = optional("When it is to be looked over")
    idempotency_key: str | None = optional(KEY)


@strawberry.input(description="Input of reviseArticle. What is left out stays as it is.")
class ReviseArticleInput:
    article_id: strawberry.ID = required(ARTICLE)
    title: str | None = optional("Title, 1 to 200 characters")
    body: str | None = optional("Text in Markdown")
    summary: str | None = optional("Summary")
    section: str | None = optional("Section; empty for none")
    tags: list[str] | None = optional("Tags, at most 20")
    note: str = strawberry.field(default="", description=NEWS)
    original_version: int | None = optional("Version of its original that it then translates")
    expected_version: int | None = optional(VERSION)
    idempotency_key: str | None = optional(KEY)


@strawberry.input(description="Input of restoreArticleVersion.")
class RestoreArticleVersionInput:
    article_id: strawberry.ID = required(ARTICLE)
    version: int = required("Version to say again")
    note: str = strawberry.field(default="", description=NEWS)
    expected_version: int | None = optional(VERSION)
    idempotency_key: str | None = optional(KEY)


@strawberry.input(description="Input of submitArticle.")
class SubmitArticleInput:
    article_id: strawberry.ID = required(ARTICLE)
    note: str = strawberry.field(default="", description=REMARK)
    expected_version: int | None = optional(VERSION)
    idempotency_key: str | None = optional(KEY)


@strawberry.input(description="Input of returnArticle.")
class ReturnArticleInput:
    article_id: strawberry.ID = required(ARTICLE)
    note: str = strawberry.field(default="", description=REMARK)
    expected_version: int | None = optional(VERSION)
    idempotency_key: str | None = optional(KEY)


@strawberry.input(description="Input of publishArticle.")
class PublishArticleInput:
    article_id: strawberry.ID = required(ARTICLE)
    note: str = strawberry.field(default="", description=REMARK)
    expected_version: int | None = optional(VERSION)
    idempotency_key: str | None = optional(KEY)


@strawberry.input(description="Input of retireArticle.")
class RetireArticleInput:
    article_id: strawberry.ID = required(ARTICLE)
    note: str = strawberry.field(default="", description=REMARK)
    expected_version: int | None = optional(VERSION)
    idempotency_key: str | None = optional(KEY)


@strawberry.input(description="Input of scheduleArticle: both times as they are to be.")
class ScheduleArticleInput:
    article_id: strawberry.ID = required(ARTICLE)
    publish_at: datetime | None = required("When it publishes itself; null for never")
    retire_at: datetime | None = required("When it retires by itself; null for never")
    expected_version: int | None = optional(VERSION)
    idempotency_key: str | None = optional(KEY)


@strawberry.input(description="Input of placeArticle.")
class PlaceArticleInput:
    article_id: strawberry.ID = required(ARTICLE)
    audience: Audience = required("Who may find it once it is published")
    organization_id: strawberry.ID | None = optional("Organization that it is for")
    team_id: strawberry.ID | None = optional("Team that it is for")
    expected_version: int | None = optional(VERSION)
    idempotency_key: str | None = optional(KEY)


@strawberry.input(description="Input of assignArticle.")
class AssignArticleInput:
    article_id: strawberry.ID = required(ARTICLE)
    owner_id: strawberry.ID | None = required("Who answers for it; null for nobody")
    expected_version: int | None = optional(VERSION)
    idempotency_key: str | None = optional(KEY)


@strawberry.input(description="Input of lookOverArticle.")
class LookOverArticleInput:
    article_id: strawberry.ID = required(ARTICLE)
    review_at: datetime | None = required("When it is to be looked over again; null for never")
    is_still_right: bool = strawberry.field(
        default=True, description="Whether the viewer found it right; if not, only the date is set"
    )
    note: str = strawberry.field(default="", description=REMARK)
    expected_version: int | None = optional(VERSION)
    idempotency_key: str | None = optional(KEY)


@strawberry.input(
    description="Input of proposeArticleRevision. What is left out stays as it is published."
)
class ProposeArticleRevisionInput:
    article_id: strawberry.ID = required(ARTICLE)
    title: str | None = optional("Title, 1 to 200 characters")
    body: str | None = optional("Text in Markdown")
    summary: str | None = optional("Summary")
    section: str | None = optional("Section; empty for none")
    tags: list[str] | None = optional("Tags, at most 20")
    note: str = strawberry.field(default="", description=NEWS)
    expected_version: int | None = optional(VERSION)
    idempotency_key: str | None = optional(KEY)


@strawberry.input(description="Input of acceptArticleProposal.")
class AcceptArticleProposalInput:
    article_id: strawberry.ID = required(ARTICLE)
    proposed_at: datetime | None = optional(
        "proposedAt of the proposal that the viewer has read; a StaleVersion error if it is another"
    )
    expected_version: int | None = optional(VERSION)
    idempotency_key: str | None = optional(KEY)


@strawberry.input(description="Input of declineArticleProposal.")
class DeclineArticleProposalInput:
    article_id: strawberry.ID = required(ARTICLE)
    note: str = strawberry.field(default="", description=REMARK)
    expected_version: int | None = optional(VERSION)
    idempotency_key: str | None = optional(KEY)


@strawberry.input(description="Input of attachArticleFile.")
class AttachArticleFileInput:
    article_id: strawberry.ID = required(ARTICLE)
    name: str = required("Name of the file; one of the same name is replaced")
    content: str = required("Content of the file in Base64, up to some 180 kilobytes")
    idempotency_key: str | None = optional(KEY)


@strawberry.input(description="Input of removeArticleAttachment.")
class RemoveArticleAttachmentInput:
    attachment_id: strawberry.ID = required("File to remove")
    idempotency_key: str | None = optional(KEY)


@strawberry.input(description="Input of linkTranslation.")
class LinkTranslationInput:
    article_id: strawberry.ID = required(ARTICLE)
    original_id: strawberry.ID | None = required("Article that it translates; null for none")
    expected_version: int | None = optional(VERSION)
    idempotency_key: str | None = optional(KEY)


@strawberry.input(description="Input of markTranslationCurrent.")
class MarkTranslationCurrentInput:
    article_id: strawberry.ID = required(ARTICLE)
    original_version: int = required("Version of its original that it translates")
    expected_version: int | None = optional(VERSION)
    idempotency_key: str | None = optional(KEY)


@strawberry.input(description="Input of setArticlePublishingRule.")
class SetArticlePublishingRuleInput:
    organization_id: strawberry.ID | None = optional(
        "Organization whose articles it is about; those that belong to none if left out"
    )
    is_second_person_needed: bool = required("Whether nobody publishes what they wrote themselves")
    expected_version: int | None = optional(
        "Version that the client has read, 0 for a rule that nobody has set; a StaleVersion error "
        "if it has changed"
    )
    idempotency_key: str | None = optional(KEY)


@strawberry.input(description="Input of markArticleNoticesSeen.")
class MarkArticleNoticesSeenInput:
    notice_ids: list[strawberry.ID] = required("What the viewer has seen, at most 100")
