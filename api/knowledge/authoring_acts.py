"""Acts: proposals, files, translations, and the rule that a second person has to look."""

from base64 import b64decode
from binascii import Error
from typing import Annotated, Any

import strawberry

from api.acting import a_key, attempt, attempt_once, given, the_key, the_keys
from api.context import Info
from api.fields import act
from api.knowledge import inputs, payloads
from api.knowledge.authoring_types import ArticleAttachment, ArticlePublishingRule
from api.knowledge.lifecycle import on_article, shown, texts
from api.knowledge.notices import ArticleNotice
from api.knowledge.types import Article
from api.management.rows import again
from api.management.words import WHAT
from foredesk.errors import InvalidInput
from foredesk.knowledge import attach, authoring, models, propose, translate
from foredesk.knowledge.notices import mark_notices_seen
from foredesk.knowledge.second_person import set_publishing_rule


@strawberry.type
class ArticleAuthoringMutation:
    @act(description="Proposes how a published article should read; readers see nothing of it yet")
    async def propose_article_revision(
        self, info: Info, input: Annotated[inputs.ProposeArticleRevisionInput, WHAT]
    ) -> payloads.ProposeArticleRevisionPayload:
        async def proposed(**common: Any) -> models.Article:
            await propose.propose_revision(**common, **texts(input))
            return await models.Article.get(id=common["article_id"])

        return payloads.ProposeArticleRevisionPayload(**await on_article(info, input, proposed))

    @act(description="Publishes what somebody proposed for an article")
    async def accept_article_proposal(
        self, info: Info, input: Annotated[inputs.AcceptArticleProposalInput, WHAT]
    ) -> payloads.AcceptArticleProposalPayload:
        done = await on_article(
            info, input, propose.accept_proposal, proposed_at=given(input.proposed_at)
        )
        return payloads.AcceptArticleProposalPayload(**done)

    @act(description="Leaves an article as it is; who proposed the revision may take it back so")
    async def decline_article_proposal(
        self, info: Info, input: Annotated[inputs.DeclineArticleProposalInput, WHAT]
    ) -> payloads.DeclineArticleProposalPayload:
        done = await on_article(info, input, propose.decline_proposal, note=input.note)
        return payloads.DeclineArticleProposalPayload(**done)

    @act(description="Adds a file to an article; larger ones are attached in the portal")
    async def attach_article_file(
        self, info: Info, input: Annotated[inputs.AttachArticleFileInput, WHAT]
    ) -> payloads.AttachArticleFilePayload:
        async def attached(once: Any) -> authoring.ArticleAttachment:
            return await attach.attach_file(
                info.context.desk,
                info.context.viewer,
                article_id=the_key("Article", input.article_id, "articleId"),
                name=input.name,
                content=_bytes(input.content),
                once=once,
            )

        row, errors = await attempt_once(info, input, attached, again(info, ArticleAttachment))
        file = ArticleAttachment(row=row) if row else None
        return payloads.AttachArticleFilePayload(attachment=file, errors=errors)

    @act(description="Removes a file from its article")
    async def remove_article_attachment(
        self, info: Info, input: Annotated[inputs.RemoveArticleAttachmentInput, WHAT]
    ) -> payloads.RemoveArticleAttachmentPayload:
        row, errors = await attempt_once(
            info,
            input,
            lambda once: attach.remove_attachment(
                info.context.desk,
                info.context.viewer,
                attachment_id=the_key("ArticleAttachment", input.attachment_id, "attachmentId"),
                once=once,
            ),
            again(info, Article),
        )
        return payloads.RemoveArticleAttachmentPayload(article=shown(row), errors=errors)

    @act(description="Says that an article translates another, or none any more")
    async def link_translation(
        self, info: Info, input: Annotated[inputs.LinkTranslationInput, WHAT]
    ) -> payloads.LinkTranslationPayload:
        async def linked(**common: Any) -> models.Article:
            original = a_key("Article", input.original_id, "originalId")
            return await translate.link_translation(original_id=original, **common)

        return payloads.LinkTranslationPayload(**await on_article(info, input, linked))

    @act(description="Says that a translation says what a version of its original says")
    async def mark_translation_current(
        self, info: Info, input: Annotated[inputs.MarkTranslationCurrentInput, WHAT]
    ) -> payloads.MarkTranslationCurrentPayload:
        done = await on_article(
            info,
            input,
            translate.mark_translation_current,
            original_version=input.original_version,
        )
        return payloads.MarkTranslationCurrentPayload(**done)

    @act(description="Says whether an organization's articles need a second person")
    async def set_article_publishing_rule(
        self, info: Info, input: Annotated[inputs.SetArticlePublishingRuleInput, WHAT]
    ) -> payloads.SetArticlePublishingRulePayload:
        row, errors = await attempt_once(
            info,
            input,
            lambda once: set_publishing_rule(
                info.context.desk,
                info.context.viewer,
                organization_id=a_key(
                    "Organization", given(input.organization_id), "organizationId"
                ),
                needs_second_person=input.is_second_person_needed,
                expected_version=given(input.expected_version),
                once=once,
            ),
            again(info, ArticlePublishingRule),
        )
        rule = ArticlePublishingRule(row=row) if row else None
        return payloads.SetArticlePublishingRulePayload(rule=rule, errors=errors)

    @act(description="Marks notices about articles as seen")
    async def mark_article_notices_seen(
        self, info: Info, input: Annotated[inputs.MarkArticleNoticesSeenInput, WHAT]
    ) -> payloads.MarkArticleNoticesSeenPayload:
        rows, errors = await attempt(
            info,
            lambda: mark_notices_seen(
                info.context.desk,
                info.context.viewer,
                notice_ids=the_keys("ArticleNotice", input.notice_ids, "noticeIds"),
            ),
        )
        notices = [ArticleNotice(row=row) for row in rows or ()]
        return payloads.MarkArticleNoticesSeenPayload(notices=notices, errors=errors)


def _bytes(content: str) -> bytes:
    try:
        return b64decode(content, validate=True)
    except (Error, ValueError):
        raise InvalidInput("content", "Write the content in Base64.") from None
