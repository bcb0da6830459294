"""Articles of tickets: what they were worth, what is put into a reply, and what is drafted."""

from typing import Annotated

import strawberry

from api.acting import attempt_once, given, the_key
from api.context import Info
from api.fields import act, computed
from api.hidden import null_if_hidden
from api.knowledge.types import Article
from api.management.rows import one_of
from api.tickets.inputs import EXPECTED, KEY, TICKET, optional, required
from api.tickets.one import WHAT, on_ticket, shown, ticket
from api.tickets.payloads import ChangeRefusal, reason, reasons, ticket_or_null
from api.tickets.types import Ticket
from foredesk.errors import NotFound
from foredesk.knowledge.models import ArticleKind, Audience
from foredesk.knowledge.personal_data import PersonalData
from foredesk.knowledge.queries import visible_to as visible_articles
from foredesk.tickets import articles as use_cases
from foredesk.tickets import draft_article as drafting
from foredesk.tickets import queries
from foredesk.tickets.models import ArticleUse
from foredesk.tickets.reply_passage import reply_passage

ARTICLE = "Article that was looked at"


@strawberry.input(description="Input of linkArticle.")
class LinkArticleInput:
    ticket_id: strawberry.ID = required(TICKET)
    article_id: strawberry.ID = required(ARTICLE)
    use: ArticleUse = strawberry.field(
        default=ArticleUse.USED, description="What it was worth; WRITTEN is said by drafting it"
    )
    note: str = strawberry.field(
        default="", description="What is wrong with it, for FLAGGED; up to 2,000 characters"
    )
    expected_version: int | None = optional(EXPECTED)
    idempotency_key: str | None = optional(KEY)


@strawberry.input(description="Input of unlinkArticle.")
class UnlinkArticleInput:
    ticket_id: strawberry.ID = required(TICKET)
    article_id: strawberry.ID = required("Article that was linked by linkArticle")
    expected_version: int | None = optional(EXPECTED)
    idempotency_key: str | None = optional(KEY)


@strawberry.input(description="Input of draftArticleFromTicket.")
class DraftArticleFromTicketInput:
    ticket_id: strawberry.ID = required("Ticket that is solved")
    kind: ArticleKind = strawberry.field(
        default=ArticleKind.QUESTION, description="Whose template gives the draft its shape"
    )
    audience: Audience = strawberry.field(
        default=Audience.ORGANIZATION,
        description="Who may find it once it is published; ORGANIZATION is the ticket's",
    )
    locale: str | None = optional("Language of the draft; the requester's if left out")
    section: str = strawberry.field(default="", description="Section of the knowledge base")
    idempotency_key: str | None = optional(KEY)


LinkArticleError = Annotated[
    ChangeRefusal, reason("LinkArticleError", "the article was not linked")
]


@strawberry.type(description="Result of linkArticle.")
class LinkArticlePayload:
    ticket: Ticket | None = ticket_or_null()
    errors: list[LinkArticleError] = reasons()


UnlinkArticleError = Annotated[
    ChangeRefusal, reason("UnlinkArticleError", "the article is linked still")
]


@strawberry.type(description="Result of unlinkArticle.")
class UnlinkArticlePayload:
    ticket: Ticket | None = ticket_or_null()
    errors: list[UnlinkArticleError] = reasons()


DraftArticleFromTicketError = Annotated[
    ChangeRefusal, reason("DraftArticleFromTicketError", "no article was drafted")
]


@strawberry.type(description="How much personal data of one kind was taken out of a text.")
class RemovedPersonalData:
    kind: PersonalData = strawberry.field(description="What was taken out")
    count: int = strawberry.field(description="Number of places")


@strawberry.type(description="Result of draftArticleFromTicket.")
class DraftArticleFromTicketPayload:
    article: Article | None = strawberry.field(
        description="Draft of the article; null when errors is not empty"
    )
    removed: list[RemovedPersonalData] = strawberry.field(
        description="Personal data that was taken out; empty for none, and for a repetition",
        metadata={"at_most": len(PersonalData)},
    )
    errors: list[DraftArticleFromTicketError] = reasons()


@strawberry.type(description="Title and address of an article, to be put into a reply.")
class ReplyPassage:
    text: str = strawberry.field(description="Plain text of the passage")
    article: Article = strawberry.field(
        description="Article for articleIds of addReply: the requester's translation, "
        "if there is one"
    )


@strawberry.type
class TicketArticleQuery:
    @computed(
        description="How an article is named in a reply to a ticket; null where the viewer may "
        "not reply, or the requester can't read the article"
    )
    async def reply_passage(
        self,
        info: Info,
        ticket_id: Annotated[strawberry.ID, strawberry.argument(description="The ticket.")],
        article_id: Annotated[strawberry.ID, strawberry.argument(description="The article.")],
    ) -> ReplyPassage | None:
        return await _passage(info, ticket_id, article_id)


@null_if_hidden
async def _passage(info: Info, ticket_id: strawberry.ID, article_id: strawberry.ID) -> ReplyPassage:
    row = await one_of(queries.visible_to(info.context.viewer), ticket_id, "ticketId")
    article = await one_of(visible_articles(info.context.viewer), article_id, "articleId")
    passage = await reply_passage(info.context.desk, info.context.viewer, row, article.id)
    return ReplyPassage(text=passage.text, article=Article(row=passage.article))


@strawberry.type
class TicketArticleMutation:
    @act(
        description="Says what an article was worth to a ticket; if it is a known error, the "
        "requester is told"
    )
    async def link_article(
        self, info: Info, input: Annotated[LinkArticleInput, WHAT]
    ) -> LinkArticlePayload:
        row, errors = await on_ticket(
            info,
            input,
            lambda once: use_cases.link_article(
                info.context.desk,
                info.context.viewer,
                **ticket(input, once),
                article_id=the_key("Article", input.article_id, "articleId"),
                use=input.use,
                note=input.note,
            ),
        )
        return LinkArticlePayload(ticket=shown(row), errors=errors)

    @act(description="Takes back what was said of an article; that it was sent stays")
    async def unlink_article(
        self, info: Info, input: Annotated[UnlinkArticleInput, WHAT]
    ) -> UnlinkArticlePayload:
        row, errors = await on_ticket(
            info,
            input,
            lambda once: use_cases.unlink_article(
                info.context.desk,
                info.context.viewer,
                **ticket(input, once),
                article_id=the_key("Article", input.article_id, "articleId"),
            ),
        )
        return UnlinkArticlePayload(ticket=shown(row), errors=errors)

    @act(
        description="Drafts an article from what a ticket was about and what solved it, without "
        "names, addresses and telephone numbers, and links it"
    )
    async def draft_article_from_ticket(
        self, info: Info, input: Annotated[DraftArticleFromTicketInput, WHAT]
    ) -> DraftArticleFromTicketPayload:
        async def again(id: object) -> drafting.DraftedArticle:
            row = await visible_articles(info.context.viewer).get_or_none(id=id)
            if row is None:
                raise NotFound("ticketId")
            return drafting.DraftedArticle(row, {})

        done, errors = await attempt_once(
            info,
            input,
            lambda once: drafting.draft_article(
                info.context.desk,
                info.context.viewer,
                ticket_id=the_key("Ticket", input.ticket_id, "ticketId"),
                kind=input.kind,
                audience=input.audience,
                locale=given(input.locale),
                section=input.section,
                once=once,
            ),
            again,
        )
        removed = done.removed if done else {}
        return DraftArticleFromTicketPayload(
            article=Article(row=done.article) if done else None,
            removed=[RemovedPersonalData(kind=kind, count=n) for kind, n in removed.items()],
            errors=errors,
        )
