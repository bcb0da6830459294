"""Publish: draft → review → published → retired, and back to draft."""

from functools import partial
from uuid import UUID

from foredesk.database import transaction
from foredesk.desk import Desk
from foredesk.errors import InvalidInput, InvalidTransition
from foredesk.knowledge.authoring import ArticleAct, ArticleNoticeKind
from foredesk.knowledge.changes import announce, next_revision, record_change
from foredesk.knowledge.known_errors import announce_known_error
from foredesk.knowledge.models import Article, ArticleState
from foredesk.knowledge.notices import note_act, tell
from foredesk.knowledge.originals import tell_translators
from foredesk.knowledge.publish_guard import publish_guarded
from foredesk.knowledge.second_person import refuse_own_work
from foredesk.knowledge.write import changeable
from foredesk.people.idempotency import Once
from foredesk.people.policy import Act, require
from foredesk.people.viewer import Viewer
from foredesk.text import readable

REMARK_LIMIT = 2000
REACHABLE: dict[ArticleState, frozenset[ArticleState]] = {
    ArticleState.DRAFT: frozenset({ArticleState.REVIEW, ArticleState.PUBLISHED}),
    ArticleState.REVIEW: frozenset({ArticleState.DRAFT, ArticleState.PUBLISHED}),
    ArticleState.PUBLISHED: frozenset({ArticleState.RETIRED}),
    ArticleState.RETIRED: frozenset({ArticleState.DRAFT, ArticleState.PUBLISHED}),
}
"""Who may publish may do so without asking for a review first."""


async def submit_article(
    desk: Desk,
    viewer: Viewer,
    *,
    article_id: UUID,
    note: str = "",
    expected_version: int | None = None,
    once: Once | None = None,
) -> Article:
    """Ask for a review. Raises NotFound, InvalidTransition and StaleVersion."""
    return await _move(
        desk,
        viewer,
        article_id,
        ArticleState.REVIEW,
        note=note,
        expected=expected_version,
        once=once,
    )


async def return_article(
    desk: Desk,
    viewer: Viewer,
    *,
    article_id: UUID,
    note: str = "",
    expected_version: int | None = None,
    once: Once | None = None,
) -> Article:
    """Make it a draft again, from review or from retirement; who asked for the review is told."""
    return await _move(
        desk,
        viewer,
        article_id,
        ArticleState.DRAFT,
        note=note,
        expected=expected_version,
        once=once,
    )


async def publish_article(
    desk: Desk,
    viewer: Viewer,
    *,
    article_id: UUID,
    note: str = "",
    expected_version: int | None = None,
    once: Once | None = None,
) -> Article:
    """Let people find it.

    Raises NotFound, InvalidTransition, StaleVersion, InvalidInput when it is empty,
    SecondPersonNeeded where nobody publishes what they wrote themselves, and SearchRegression
    where it takes a binding golden query its answer.
    """
    publish = partial(
        _move,
        desk,
        viewer,
        article_id,
        ArticleState.PUBLISHED,
        note=note,
        expected=expected_version,
    )
    article = await publish_guarded(desk, viewer, article_id, publish)
    if once is not None:
        async with transaction():
            await once.remember(article.id)
    return article


async def retire_article(
    desk: Desk,
    viewer: Viewer,
    *,
    article_id: UUID,
    note: str = "",
    expected_version: int | None = None,
    once: Once | None = None,
) -> Article:
    """Take it back: nobody finds or opens it any more, but agents."""
    return await _move(
        desk,
        viewer,
        article_id,
        ArticleState.RETIRED,
        note=note,
        expected=expected_version,
        once=once,
    )


async def move(
    desk: Desk,
    article: Article,
    state: ArticleState,
    *,
    actor_id: UUID | None,
    revision: int,
    note: str = "",
) -> None:
    """Within the caller's transaction, the article locked. Raises InvalidTransition, InvalidInput
    and SecondPersonNeeded."""
    if state not in REACHABLE[article.state]:
        raise _not_from(article)
    if state is ArticleState.PUBLISHED:
        refuse_empty(article)
        await refuse_own_work(article, actor_id)
    submitter, before = article.submitted_by_id, article.state
    _enter(desk, article, state, actor_id)
    article.revision, article.updated_at = revision, desk.now()
    await article.save(update_fields=list(_MOVED))
    await note_act(desk, article, _ACTS[state], actor_id, note)
    await record_change(article.id, revision)
    await announce(desk, article.id, revision)
    if before is ArticleState.REVIEW and state is ArticleState.DRAFT and submitter != actor_id:
        await tell(desk, article, submitter, ArticleNoticeKind.RETURNED, note)
    if state is ArticleState.PUBLISHED:
        await tell_translators(desk, article)
        await announce_known_error(desk, article)


def refuse_empty(article: Article) -> None:
    if not article.body.strip():
        raise InvalidInput("body", "An article without text answers nothing.")


_ACTS = {
    ArticleState.REVIEW: ArticleAct.SUBMITTED,
    ArticleState.DRAFT: ArticleAct.RETURNED,
    ArticleState.PUBLISHED: ArticleAct.PUBLISHED,
    ArticleState.RETIRED: ArticleAct.RETIRED,
}
_NEEDED = {
    ArticleState.REVIEW: Act.WRITE_ARTICLE,
    ArticleState.DRAFT: Act.WRITE_ARTICLE,
    ArticleState.PUBLISHED: Act.PUBLISH_ARTICLE,
    ArticleState.RETIRED: Act.PUBLISH_ARTICLE,
}
_MOVED = (
    *("state", "revision", "updated_at", "published_at", "published_version"),
    *("submitted_at", "submitted_by_id", "publish_at", "retire_at"),
    *("scheduled_by_id", "scheduled_version"),
)


async def _move(
    desk: Desk,
    viewer: Viewer,
    article_id: UUID,
    state: ArticleState,
    *,
    note: str,
    expected: int | None,
    once: Once | None = None,
) -> Article:
    act = _NEEDED[state]
    require(viewer, act)
    note = readable("note", note, limit=REMARK_LIMIT)
    async with transaction():
        revision = await next_revision()
        article = await changeable(viewer, article_id, act, expected)
        await move(desk, article, state, actor_id=viewer.person_id, revision=revision, note=note)
        if once is not None:
            await once.remember(article.id)
    return article


def _enter(desk: Desk, article: Article, state: ArticleState, actor_id: UUID | None) -> None:
    """What was planned for the state that it leaves is done or void."""
    article.state = state
    is_review = state is ArticleState.REVIEW
    article.submitted_at = desk.now() if is_review else None
    article.submitted_by_id = actor_id if is_review else None
    if state is ArticleState.PUBLISHED:
        article.published_at, article.published_version = desk.now(), article.version
        article.publish_at = None
    if state is ArticleState.DRAFT:
        article.publish_at = None
    if state in (ArticleState.DRAFT, ArticleState.RETIRED):
        article.retire_at = None
    if article.publish_at is None and article.retire_at is None:
        article.scheduled_by_id = article.scheduled_version = None


def _not_from(article: Article) -> InvalidTransition:
    return InvalidTransition(
        f"The article is {article.state.value}; that can't happen to it now.",
        state=article.state.value,
        allowed=tuple(sorted(state.value for state in REACHABLE[article.state])),
    )
