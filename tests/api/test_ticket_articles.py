"""Articles of tickets, as clients see them."""

from typing import Any

from api.identifiers import global_id
from foredesk.knowledge.models import Article
from foredesk.knowledge.publish import publish_article
from foredesk.knowledge.write import write_article
from foredesk.people.viewer import SYSTEM
from foredesk.tickets.resolve import resolve_ticket
from tests.api.asking import Api
from tests.api.world import World

LINKED = """query Linked($id: ID!) { ticket(by: {id: $id}) {
    articles { use note isSent isResolution articleVersion article { reuseCount flags { note } } }
    events(last: 1) { nodes { __typename kind isInternal
        ... on ArticleLinked { use note articleVersion articles { title } } } }
} }"""


async def article_of(world: World, title: str = "Trains") -> Article:
    article = await write_article(world.desk, SYSTEM, title=title, body="Use the web page.")
    return await publish_article(world.desk, SYSTEM, article_id=article.id)


def new_ticket(world: World) -> str:
    return global_id("Ticket", world.acme.tickets["new"].id)


async def test_what_an_article_was_worth_is_told_to_agents_alone(
    furnished: World, api: Api
) -> None:
    acme, article = furnished.acme, await article_of(furnished)
    given: dict[str, Any] = {
        "ticketId": new_ticket(furnished),
        "articleId": global_id("Article", article.id),
        "use": "FLAGGED",
        "note": "Step 2 is gone.",
        "idempotencyKey": "one",
    }

    refused = await api.act(acme.grace, "linkArticle", "ticket { id }", **{**given, "note": ""})
    for _ in range(2):
        done = await api.act(acme.grace, "linkArticle", "ticket { viewerPermissions }", **given)

    assert refused["errors"] == [("InvalidInput", "INVALID_INPUT", "note")]
    assert done["errors"] == []
    assert "LINK_ARTICLE" in done["ticket"]["viewerPermissions"]
    seen = (await api.ask(acme.grace, LINKED, id=given["ticketId"]))["ticket"]
    assert seen["articles"] == [
        {
            "use": "FLAGGED",
            "note": "Step 2 is gone.",
            "isSent": False,
            "isResolution": False,
            "articleVersion": 1,
            "article": {"reuseCount": 0, "flags": [{"note": "Step 2 is gone."}]},
        }
    ]
    assert seen["events"]["nodes"] == [
        {
            "__typename": "ArticleLinked",
            "kind": "ARTICLE_LINKED",
            "isInternal": True,
            "use": "FLAGGED",
            "note": "Step 2 is gone.",
            "articleVersion": 1,
            "articles": [{"title": "Trains"}],
        }
    ]
    theirs = (await api.ask(acme.bob, LINKED, id=given["ticketId"]))["ticket"]
    assert theirs["articles"] == []
    assert theirs["events"]["nodes"][0]["kind"] != "ARTICLE_LINKED"
    del given["use"], given["note"], given["idempotencyKey"]
    done = await api.act(acme.grace, "unlinkArticle", "ticket { articles { use } }", **given)
    assert done == {"ticket": {"articles": []}, "errors": []}


async def test_a_passage_for_a_reply_is_null_for_whoever_may_not_reply(
    furnished: World, api: Api
) -> None:
    article = await article_of(furnished)
    query = """query Passage($ticket: ID!, $article: ID!) {
        replyPassage(ticketId: $ticket, articleId: $article) { text article { slug } } }"""
    ids = {"ticket": new_ticket(furnished), "article": global_id("Article", article.id)}

    passage = await api.ask(furnished.acme.grace, query, **ids)

    address = f"{furnished.desk.settings.address}/articles/trains"
    assert passage == {
        "replyPassage": {"text": f"Trains\n{address}", "article": {"slug": "trains"}}
    }
    assert await api.ask(furnished.globex.grace, query, **ids) == {"replyPassage": None}


async def test_an_article_is_drafted_once_from_a_solved_ticket(furnished: World, api: Api) -> None:
    acme, desk = furnished.acme, furnished.desk
    given = {"ticketId": new_ticket(furnished), "kind": "HOW_TO", "idempotencyKey": "draft"}
    fields = "article { title body state audience } removed { kind count }"

    early = await api.act(acme.grace, "draftArticleFromTicket", "article { id }", **given)
    await resolve_ticket(
        desk,
        acme.grace,
        ticket_id=acme.tickets["new"].id,
        resolution="Ask ada@example.org.\nThen restart.",
    )
    drafts = [
        await api.act(acme.grace, "draftArticleFromTicket", fields, **given) for _ in range(2)
    ]

    assert [error[0] for error in early["errors"]] == ["InvalidTransition"]
    first, second = (draft["article"] for draft in drafts)
    assert first == second
    assert (first["state"], first["audience"]) == ("DRAFT", "ORGANIZATION")
    assert "## Steps\n\nAsk [e-mail address].\\\nThen restart.\n\n## " in first["body"]
    assert {"kind": "EMAIL", "count": 1} in drafts[0]["removed"]
    assert await Article.filter(title=first["title"]).count() == 1
