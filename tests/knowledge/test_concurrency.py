import asyncio

from foredesk.database import retry
from foredesk.desk import Desk
from foredesk.errors import StaleVersion
from foredesk.knowledge.feed import ArticleFeed
from foredesk.knowledge.models import Article, ArticleChange, ArticleVersion
from foredesk.knowledge.write import revise_article, write_article
from foredesk.people.viewer import SYSTEM
from tests.knowledge.desks import publish


async def test_of_two_revisions_of_one_version_one_is_refused(desk: Desk) -> None:
    article = await publish(desk, "T", "Old.")

    outcomes = await asyncio.gather(
        *(
            revise_article(desk, SYSTEM, article_id=article.id, expected_version=1, body=body)
            for body in ("One.", "Two.", "Three.")
        ),
        return_exceptions=True,
    )

    assert sum(isinstance(outcome, StaleVersion) for outcome in outcomes) == 2
    assert (await Article.get(id=article.id)).version == 2
    assert await ArticleVersion.filter(article_id=article.id).count() == 2


async def test_revisions_are_committed_in_their_order(desk: Desk) -> None:
    """A reader who has seen a revision never misses a lower one that is committed after it."""
    feed, seen, missed = ArticleFeed(), 0, 0
    writing = [
        asyncio.create_task(retry(lambda n=n: write_article(desk, SYSTEM, title=f"T{n}", body="B")))  # type: ignore[misc]
        for n in range(30)
    ]
    known: set[int] = set()
    while not all(task.done() for task in writing):
        new = [change.revision for change in await feed.changes_after(0, limit=100)]
        missed += sum(revision not in known and revision <= seen for revision in new)
        known.update(new)
        seen = max([seen, *new])
        await asyncio.sleep(0)
    await asyncio.gather(*writing)

    assert missed == 0
    assert await ArticleChange.all().count() == 30
    assert await feed.latest_revision() == 30


async def test_articles_of_one_title_that_are_written_at_once_get_addresses_of_their_own(
    desk: Desk,
) -> None:
    await asyncio.gather(*(write_article(desk, SYSTEM, title="Same", body="B") for _ in range(8)))

    slugs = set(await Article.all().values_list("slug", flat=True))
    assert slugs == {"same", *(f"same-{number}" for number in range(2, 9))}
