import asyncio

import pytest

from foredesk.desk import Desk
from foredesk.errors import InvalidInput, NotFound, NotPermitted
from foredesk.identity import new_id
from foredesk.knowledge.feedback import Votes, own_rating, rate_article, votes
from foredesk.knowledge.models import ArticleRating
from foredesk.people.roles import Scope
from foredesk.people.viewer import ANONYMOUS
from tests.knowledge.desks import publish, publish_for
from tests.people import make_organization, make_requester


async def test_every_reader_has_one_vote_and_may_change_it(desk: Desk) -> None:
    acme = await make_organization(desk)
    ada, bob = await make_requester(desk, acme), await make_requester(desk, acme)
    article = await publish(desk, "T")

    await rate_article(desk, ada, article_id=article.id, helpful=True, visitor="v1")
    await rate_article(desk, ada, article_id=article.id, helpful=False, comment=" Too short. ")
    await rate_article(desk, bob, article_id=article.id, helpful=True)
    await rate_article(desk, ANONYMOUS, article_id=article.id, helpful=True, visitor="v1")
    await rate_article(desk, ANONYMOUS, article_id=article.id, helpful=True, visitor="v1")
    await rate_article(desk, ANONYMOUS, article_id=article.id, helpful=False, visitor="v2")

    assert await ArticleRating.all().count() == 4
    assert await votes([article.id]) == {article.id: Votes(helpful=2, not_helpful=2)}
    own = await own_rating(ada, article.id, None)
    assert own is not None
    assert (own.helpful, own.comment, own.visitor) == (False, "Too short.", None)


async def test_two_votes_at_once_of_one_reader_are_one(desk: Desk) -> None:
    article = await publish(desk, "T")

    await asyncio.gather(
        *(
            rate_article(desk, ANONYMOUS, article_id=article.id, helpful=True, visitor="v1")
            for _ in range(5)
        )
    )

    assert await ArticleRating.all().count() == 1


async def test_articles_without_votes_have_none(desk: Desk) -> None:
    article = await publish(desk, "T")

    assert await votes([article.id]) == {article.id: Votes()}
    assert await votes([]) == {}
    assert await own_rating(ANONYMOUS, article.id, None) is None


async def test_a_vote_that_cannot_be_counted_is_refused(desk: Desk) -> None:
    acme, other = await make_organization(desk), await make_organization(desk)
    ada = await make_requester(desk, other)
    article = await publish(desk, "T")
    secret = await publish_for(desk, acme.id, "Secret")

    with pytest.raises(InvalidInput):
        await rate_article(desk, ANONYMOUS, article_id=article.id, helpful=True)
    with pytest.raises(InvalidInput):
        await rate_article(desk, ada, article_id=article.id, helpful=True, comment="x" * 2001)
    with pytest.raises(NotFound):
        await rate_article(desk, ada, article_id=secret.id, helpful=True)
    with pytest.raises(NotFound):
        await rate_article(desk, ada, article_id=new_id(), helpful=True)
    with pytest.raises(NotPermitted):
        reader = ada.with_scopes(frozenset({Scope.READ}))
        await rate_article(desk, reader, article_id=article.id, helpful=True)

    assert not await ArticleRating.exists()
