"""Changes: how the indexes hear of an article that is to be read anew."""

from collections.abc import Sequence
from uuid import UUID

from foredesk import faults
from foredesk.database import after_commit, next_value
from foredesk.desk import Desk
from foredesk.knowledge.models import ArticleChange

TOPIC = "knowledge"
COUNTER = "article_revision"


async def next_revision() -> int:
    """Take the next place in the feed. Whoever has it keeps all others from writing articles
    until its transaction ends, so revisions are committed in their order."""
    return await next_value(COUNTER)


async def record_change(article_id: UUID, revision: int) -> None:
    """The article is to be read anew; older changes of it say nothing any more."""
    await ArticleChange.filter(article_id=article_id).delete()
    await ArticleChange.create(revision=revision, article_id=article_id)


async def record_changes(changes: Sequence[tuple[UUID, int]]) -> None:
    """`record_change` for many articles."""
    await ArticleChange.filter(article_id__in=[article_id for article_id, _ in changes]).delete()
    await ArticleChange.bulk_create(
        [
            ArticleChange(revision=revision, article_id=article_id)
            for article_id, revision in changes
        ]
    )


async def announce(desk: Desk, article_id: UUID, revision: int) -> None:
    """Tell all processes after the commit; it is a hint, the feed is the truth."""

    async def told() -> None:
        faults.point("after-commit-before-index")
        await desk.live.publish(TOPIC, str(article_id), revision)

    await after_commit(told)


async def changes_between(after: int, until: int) -> Sequence[UUID]:
    """The articles that changed in these revisions, in the order of their last change."""
    changes = ArticleChange.filter(revision__gt=after, revision__lte=until).order_by("revision")
    return [change.article_id for change in await changes]
