"""Payloads of the acts of authors: what was acted on, or why not."""

from typing import Annotated

import strawberry

from api.knowledge.authoring_types import ArticleAttachment, ArticlePublishingRule
from api.knowledge.notices import ArticleNotice
from api.knowledge.types import Article
from api.management.words import reason, reasons, result
from api.user_errors import (
    IdempotencyKeyReused,
    InvalidInput,
    NotFound,
    NotPermitted,
    Refusal,
    StaleVersion,
)

RefusedOnce = InvalidInput | NotFound | NotPermitted | IdempotencyKeyReused | Refusal
Refused = RefusedOnce | StaleVersion


WriteArticleError = Annotated[
    RefusedOnce, reason("WriteArticleError", "the article was not written")
]


@strawberry.type(description="Result of writeArticle.")
class WriteArticlePayload:
    article: Article | None = result("article")
    errors: list[WriteArticleError] = reasons()


ReviseArticleError = Annotated[Refused, reason("ReviseArticleError", "the article was not revised")]


@strawberry.type(description="Result of reviseArticle.")
class ReviseArticlePayload:
    article: Article | None = result("article")
    errors: list[ReviseArticleError] = reasons()


RestoreArticleVersionError = Annotated[
    Refused, reason("RestoreArticleVersionError", "the version was not restored")
]


@strawberry.type(description="Result of restoreArticleVersion.")
class RestoreArticleVersionPayload:
    article: Article | None = result("article")
    errors: list[RestoreArticleVersionError] = reasons()


SubmitArticleError = Annotated[Refused, reason("SubmitArticleError", "no review was asked for")]


@strawberry.type(description="Result of submitArticle.")
class SubmitArticlePayload:
    article: Article | None = result("article")
    errors: list[SubmitArticleError] = reasons()


ReturnArticleError = Annotated[
    Refused, reason("ReturnArticleError", "the article was not returned")
]


@strawberry.type(description="Result of returnArticle.")
class ReturnArticlePayload:
    article: Article | None = result("article")
    errors: list[ReturnArticleError] = reasons()


PublishArticleError = Annotated[
    Refused, reason("PublishArticleError", "the article was not published")
]


@strawberry.type(description="Result of publishArticle.")
class PublishArticlePayload:
    article: Article | None = result("article")
    errors: list[PublishArticleError] = reasons()


RetireArticleError = Annotated[Refused, reason("RetireArticleError", "the article was not retired")]


@strawberry.type(description="Result of retireArticle.")
class RetireArticlePayload:
    article: Article | None = result("article")
    errors: list[RetireArticleError] = reasons()


ScheduleArticleError = Annotated[
    Refused, reason("ScheduleArticleError", "the article was not scheduled")
]


@strawberry.type(description="Result of scheduleArticle.")
class ScheduleArticlePayload:
    article: Article | None = result("article")
    errors: list[ScheduleArticleError] = reasons()


PlaceArticleError = Annotated[Refused, reason("PlaceArticleError", "the article was not placed")]


@strawberry.type(description="Result of placeArticle.")
class PlaceArticlePayload:
    article: Article | None = result("article")
    errors: list[PlaceArticleError] = reasons()


AssignArticleError = Annotated[
    Refused, reason("AssignArticleError", "the article was not assigned")
]


@strawberry.type(description="Result of assignArticle.")
class AssignArticlePayload:
    article: Article | None = result("article")
    errors: list[AssignArticleError] = reasons()


LookOverArticleError = Annotated[
    Refused, reason("LookOverArticleError", "the article was not looked over")
]


@strawberry.type(description="Result of lookOverArticle.")
class LookOverArticlePayload:
    article: Article | None = result("article")
    errors: list[LookOverArticleError] = reasons()


ProposeArticleRevisionError = Annotated[
    Refused, reason("ProposeArticleRevisionError", "the revision was not proposed")
]


@strawberry.type(description="Result of proposeArticleRevision.")
class ProposeArticleRevisionPayload:
    article: Article | None = result("article")
    errors: list[ProposeArticleRevisionError] = reasons()


AcceptArticleProposalError = Annotated[
    Refused, reason("AcceptArticleProposalError", "the proposal was not accepted")
]


@strawberry.type(description="Result of acceptArticleProposal.")
class AcceptArticleProposalPayload:
    article: Article | None = result("article")
    errors: list[AcceptArticleProposalError] = reasons()


DeclineArticleProposalError = Annotated[
    Refused, reason("DeclineArticleProposalError", "the proposal was not declined")
]


@strawberry.type(description="Result of declineArticleProposal.")
class DeclineArticleProposalPayload:
    article: Article | None = result("article")
    errors: list[DeclineArticleProposalError] = reasons()


AttachArticleFileError = Annotated[
    RefusedOnce, reason("AttachArticleFileError", "the file was not attached")
]


@strawberry.type(description="Result of attachArticleFile.")
class AttachArticleFilePayload:
    attachment: ArticleAttachment | None = result("file")
    errors: list[AttachArticleFileError] = reasons()


RemoveArticleAttachmentError = Annotated[
    Refused, reason("RemoveArticleAttachmentError", "the file was not removed")
]


@strawberry.type(description="Result of removeArticleAttachment.")
class RemoveArticleAttachmentPayload:
    article: Article | None = result("article")
    errors: list[RemoveArticleAttachmentError] = reasons()


LinkTranslationError = Annotated[
    Refused, reason("LinkTranslationError", "the translation was not linked")
]


@strawberry.type(description="Result of linkTranslation.")
class LinkTranslationPayload:
    article: Article | None = result("article")
    errors: list[LinkTranslationError] = reasons()


MarkTranslationCurrentError = Annotated[
    Refused, reason("MarkTranslationCurrentError", "the translation was not marked")
]


@strawberry.type(description="Result of markTranslationCurrent.")
class MarkTranslationCurrentPayload:
    article: Article | None = result("article")
    errors: list[MarkTranslationCurrentError] = reasons()


SetArticlePublishingRuleError = Annotated[
    Refused, reason("SetArticlePublishingRuleError", "the rule was not set")
]


@strawberry.type(description="Result of setArticlePublishingRule.")
class SetArticlePublishingRulePayload:
    rule: ArticlePublishingRule | None = result("rule")
    errors: list[SetArticlePublishingRuleError] = reasons()


MarkArticleNoticesSeenError = Annotated[
    NotFound | NotPermitted | Refusal,
    reason("MarkArticleNoticesSeenError", "the notices were not marked"),
]


@strawberry.type(description="Result of markArticleNoticesSeen.")
class MarkArticleNoticesSeenPayload:
    notices: list[ArticleNotice] = strawberry.field(
        description="The notices as they are now; empty when errors is not"
    )
    errors: list[MarkArticleNoticesSeenError] = reasons()
