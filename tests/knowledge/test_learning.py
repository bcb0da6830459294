import asyncio

from foredesk.desk import Desk
from foredesk.identity import new_id
from foredesk.knowledge.answering import search_articles
from foredesk.knowledge.feed import ArticleFeed
from foredesk.knowledge.learning import forget_questions, learn_question
from foredesk.knowledge.models import ArticleChange, ArticleQuestion
from foredesk.people.viewer import ANONYMOUS
from search_index import WhooshIndex
from tests.knowledge.desks import publish


async def test_an_article_is_found_by_the_words_of_a_request_it_resolved(
    searchable: Desk, index: WhooshIndex
) -> None:
    for title in ("The tunnel collapses", "The tunnel is slow", "The tunnel asks for a code"):
        await publish(searchable, title)
    wanted = await publish(searchable, "Reconnect the tunnel")
    await index.catch_up()

    async def rank() -> int | None:
        found = await search_articles(searchable, ANONYMOUS, text="homeoffice tunnel kaputt")
        ids = [hit.article.id for hit in found.hits]
        return ids.index(wanted.id) if wanted.id in ids else None

    before = await rank()
    await learn_question(
        searchable, article_id=wanted.id, text="Homeoffice: tunnel kaputt!", ticket_id=new_id()
    )
    await index.catch_up()

    assert await rank() == 0
    assert before != 0


async def test_a_question_is_learned_once_for_each_request(desk: Desk) -> None:
    article = await publish(desk, "T")
    ticket_id = new_id()

    await asyncio.gather(
        *(
            learn_question(desk, article_id=article.id, text=" How?\n", ticket_id=ticket_id)
            for _ in range(4)
        )
    )
    revision = await ArticleFeed().latest_revision()
    await learn_question(desk, article_id=article.id, text="How?", ticket_id=ticket_id)

    assert await ArticleQuestion.all().values_list("text", "ticket_id") == [("How?", ticket_id)]
    assert await ArticleFeed().latest_revision() == revision


async def test_a_question_to_nothing_or_without_words_is_not_learned(desk: Desk) -> None:
    article = await publish(desk, "T")

    assert await learn_question(desk, article_id=new_id(), text="How?", ticket_id=new_id()) is None
    assert await learn_question(desk, article_id=article.id, text=" ", ticket_id=new_id()) is None

    assert not await ArticleQuestion.exists()


async def test_what_was_learned_from_a_request_can_be_forgotten(desk: Desk) -> None:
    article, other = await publish(desk, "T"), await publish(desk, "U")
    ticket_id = new_id()
    await learn_question(desk, article_id=article.id, text="How?", ticket_id=ticket_id)
    await learn_question(desk, article_id=other.id, text="How?", ticket_id=ticket_id)
    await learn_question(desk, article_id=article.id, text="Why?", ticket_id=new_id())
    before = await ArticleFeed().latest_revision()

    assert await forget_questions(desk, ticket_id=ticket_id) == 2
    assert await forget_questions(desk, ticket_id=ticket_id) == 0

    assert await ArticleQuestion.all().values_list("text", flat=True) == ["Why?"]
    changed = await ArticleChange.filter(revision__gt=before).values_list("article_id", flat=True)
    assert set(changed) == {article.id, other.id}
