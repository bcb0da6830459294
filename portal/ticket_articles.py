"""Articles at work: put into a reply, linked to a ticket, and drafted from what solved it."""

from dataclasses import replace
from functools import partial

from starlette.requests import Request
from starlette.responses import Response

from foredesk.errors import DeskError, InvalidInput
from foredesk.knowledge.models import ArticleKind, Audience
from foredesk.tickets.articles import link_article, unlink_article
from foredesk.tickets.draft_article import draft_article
from foredesk.tickets.models import ArticleUse, Ticket
from foredesk.tickets.reply_passage import reply_passage
from portal.acting import Typed, act, ticket_of
from portal.answers import article_at
from portal.forms import Form, choice_of, uuid_in
from portal.pages import desk_of, see_other
from portal.refusals import say
from portal.visits import visit_of
from portal.workplace import workplace


async def find(request: Request, sent: Form) -> Response:
    """Look for an article; the reply that is being written stays as it is."""
    return await workplace(request, await ticket_of(request), Typed(sent))


async def insert(request: Request, sent: Form) -> Response:
    """Put an article into the reply that is being written, and send it along."""
    ticket = await ticket_of(request)
    visit, article_id = visit_of(request), uuid_in(sent["insert"])
    try:
        if article_id is None:
            raise InvalidInput("articleId", "There is no article at this address.")
        passage = await reply_passage(desk_of(request), visit.viewer, ticket, article_id)
    except DeskError as refusal:
        return await workplace(request, ticket, Typed(sent, {"find": say(visit.words, refusal)}))
    body = f"{sent['body'].rstrip()}\n\n{passage.text}\n".lstrip()
    chosen = (*sent.fields.get("article", ()), str(passage.article.id))
    fields = {**sent.fields, "body": (body,), "article": tuple(dict.fromkeys(chosen))}
    return await workplace(request, ticket, Typed(replace(sent, fields=fields)))


async def link(request: Request, sent: Form) -> Response:
    return await _act(request, sent, field="linkNote", action=_link)


async def unlink(request: Request, sent: Form) -> Response:
    return await _act(request, sent, field="linkNote", action=_unlink)


async def draft(request: Request, sent: Form) -> Response:
    """Draft an article, and go on to where it is edited."""
    ticket, visit = await ticket_of(request), visit_of(request)
    try:
        drafted = await draft_article(
            desk_of(request),
            visit.viewer,
            ticket_id=ticket.id,
            kind=choice_of(sent, "articleKind", ArticleKind) or ArticleKind.QUESTION,
            audience=choice_of(sent, "articleAudience", Audience) or Audience.ORGANIZATION,
        )
    except DeskError as refusal:
        return await workplace(
            request, ticket, Typed(sent, {"articleKind": say(visit.words, refusal)})
        )
    return see_other(f"/authoring/{drafted.article.id}")


async def _link(request: Request, ticket: Ticket, sent: Form) -> None:
    article_id = uuid_in(sent["linkArticle"])
    if "linkAddress" in sent:
        article_id = (await article_at(request, sent["linkAddress"], "linkAddress")).id
    if article_id is None:
        raise InvalidInput("linkArticle", "Choose an article, or give its address.")
    await link_article(
        desk_of(request),
        visit_of(request).viewer,
        ticket_id=ticket.id,
        article_id=article_id,
        use=choice_of(sent, "use", ArticleUse) or ArticleUse.USED,
        note=sent["linkNote"],
    )


async def _unlink(request: Request, ticket: Ticket, sent: Form) -> None:
    article_id = uuid_in(sent["unlink"])
    if article_id is not None:
        viewer = visit_of(request).viewer
        await unlink_article(desk_of(request), viewer, ticket_id=ticket.id, article_id=article_id)


_act = partial(act, show=workplace, back="/board")
