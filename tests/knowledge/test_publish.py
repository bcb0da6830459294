import pytest

from foredesk.desk import Desk
from foredesk.errors import InvalidInput, InvalidTransition, NotFound, NotPermitted
from foredesk.identity import new_id
from foredesk.knowledge.models import Article, ArticleChange, ArticleState
from foredesk.knowledge.publish import (
    REACHABLE,
    publish_article,
    retire_article,
    return_article,
    submit_article,
)
from foredesk.knowledge.write import write_article
from foredesk.people.roles import Role
from foredesk.people.viewer import SYSTEM
from tests.clock import NOW
from tests.knowledge.desks import publish
from tests.people import make_agent, make_organization

MOVES = {
    ArticleState.REVIEW: submit_article,
    ArticleState.DRAFT: return_article,
    ArticleState.PUBLISHED: publish_article,
    ArticleState.RETIRED: retire_article,
}


async def test_an_article_goes_from_draft_to_review_to_published_to_retired(desk: Desk) -> None:
    article = await write_article(desk, SYSTEM, title="T", body="B")

    for state in (ArticleState.REVIEW, ArticleState.PUBLISHED, ArticleState.RETIRED):
        moved = await MOVES[state](desk, SYSTEM, article_id=article.id)
        assert moved.state is state

    stored = await Article.get(id=article.id)
    assert stored.state is ArticleState.RETIRED
    assert stored.published_at == NOW
    assert await ArticleChange.all().values_list("revision", "article_id") == [(4, article.id)]


@pytest.mark.parametrize("start", list(ArticleState))
@pytest.mark.parametrize("target", list(ArticleState))
async def test_only_the_moves_of_the_table_are_made(
    desk: Desk, start: ArticleState, target: ArticleState
) -> None:
    article = await write_article(desk, SYSTEM, title="T", body="B")
    await Article.filter(id=article.id).update(state=start)

    if target in REACHABLE[start]:
        await MOVES[target](desk, SYSTEM, article_id=article.id)
    else:
        with pytest.raises(InvalidTransition) as refusal:
            await MOVES[target](desk, SYSTEM, article_id=article.id)
        assert refusal.value.state == start.value
        assert set(refusal.value.allowed) == {state.value for state in REACHABLE[start]}

    is_moved = target in REACHABLE[start]
    assert (await Article.get(id=article.id)).state is (target if is_moved else start)


async def test_an_article_without_text_is_not_published(desk: Desk) -> None:
    article = await write_article(desk, SYSTEM, title="T", body=" \n")

    with pytest.raises(InvalidInput) as refusal:
        await publish_article(desk, SYSTEM, article_id=article.id)

    assert refusal.value.field == "body"


async def test_an_article_that_is_not_there_is_not_found(desk: Desk) -> None:
    for move in MOVES.values():
        with pytest.raises(NotFound):
            await move(desk, SYSTEM, article_id=new_id())


async def test_who_may_write_may_not_publish(desk: Desk) -> None:
    acme = await make_organization(desk)
    resolver = await make_agent(desk, acme, role=Role.INCIDENT_RESOLVER)
    manager = await make_agent(desk, acme, role=Role.CUSTOMER_SERVICE_MANAGER)
    article = await write_article(desk, resolver, title="T", body="B")

    with pytest.raises(NotPermitted):
        await publish_article(desk, resolver, article_id=article.id)
    published = await publish_article(desk, manager, article_id=article.id)

    assert published.state is ArticleState.PUBLISHED
    assert published.owner_id == resolver.person_id


async def test_a_retired_article_may_be_published_again(desk: Desk) -> None:
    article = await publish(desk, "T")
    await retire_article(desk, SYSTEM, article_id=article.id)

    again = await publish_article(desk, SYSTEM, article_id=article.id)

    assert again.state is ArticleState.PUBLISHED
