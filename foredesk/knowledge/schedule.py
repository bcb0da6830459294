"""Schedule: articles that publish and retire by themselves, when somebody said so."""

from datetime import datetime
from functools import partial
from uuid import UUID

from tortoise.expressions import Q

from foredesk.database import transaction
from foredesk.desk import Desk
from foredesk.each import each
from foredesk.errors import DeskError, InvalidInput, SecondPersonNeeded
from foredesk.knowledge.authoring import ArticleAct, ArticleNoticeKind
from foredesk.knowledge.changes import next_revision
from foredesk.knowledge.models import Article, ArticleState
from foredesk.knowledge.notices import note_act, tell
from foredesk.knowledge.placement import moment
from foredesk.knowledge.publish import move, refuse_empty
from foredesk.knowledge.publish_guard import publish_guarded
from foredesk.knowledge.second_person import needs_second_person, refuse_own_work
from foredesk.knowledge.write import changeable
from foredesk.people.idempotency import Once
from foredesk.people.policy import Act, require
from foredesk.people.viewer import SYSTEM, Viewer

SCHEDULE = ("publish_at", "retire_at", "scheduled_by_id", "scheduled_version")


async def schedule_article(
    desk: Desk,
    viewer: Viewer,
    *,
    article_id: UUID,
    publish_at: datetime | None,
    retire_at: datetime | None,
    expected_version: int | None = None,
    once: Once | None = None,
) -> Article:
    """Set when it publishes itself and when it retires; None for never. It is whoever sets it who
    publishes: they need the right to, and may not have written it where a second person must.

    Raises NotFound, NotPermitted, StaleVersion, SecondPersonNeeded, and InvalidInput for times
    that are past, the wrong way round, or not for the state that the article is in.
    """
    require(viewer, Act.PUBLISH_ARTICLE)
    publish_at, retire_at = moment("publishAt", publish_at), moment("retireAt", retire_at)
    async with transaction():
        article = await changeable(viewer, article_id, Act.PUBLISH_ARTICLE, expected_version)
        if (article.publish_at, article.retire_at) == (publish_at, retire_at):
            return article
        _check_times(desk, article, publish_at, retire_at)
        if publish_at is not None:
            refuse_empty(article)
            await refuse_own_work(article, viewer.person_id)
        article.publish_at, article.retire_at = publish_at, retire_at
        is_scheduled = publish_at is not None or retire_at is not None
        article.scheduled_by_id = viewer.person_id if is_scheduled else None
        article.scheduled_version = article.version if is_scheduled else None
        await article.save(update_fields=list(SCHEDULE))
        act = ArticleAct.SCHEDULED if is_scheduled else ArticleAct.UNSCHEDULED
        await note_act(desk, article, act, viewer.person_id)
        if once is not None:
            await once.remember(article.id)
    return article


async def keep_schedules(desk: Desk, *, limit: int = 100) -> int:
    """Publish and retire what is due; returns how many. What can't be published any more is taken
    off the schedule, and whoever scheduled it is told why."""
    now = desk.now()
    due = Article.filter(Q(publish_at__lte=now) | Q(retire_at__lte=now))
    ids = await due.order_by("id").limit(limit).values_list("id", flat=True)
    found = [UUID(str(id)) for id in ids]
    return sum(await each("The schedule of the article", found, partial(_keep, desk)))


async def _keep(desk: Desk, article_id: UUID) -> bool:
    async def act() -> bool:
        async with transaction():
            return await _do_what_is_due(desk, article_id)

    try:
        if await Article.exists(id=article_id, publish_at__lte=desk.now()):
            return await publish_guarded(desk, SYSTEM, article_id, act)
        return await act()
    except DeskError as refused:
        await _give_up(desk, article_id, refused.message)
        return False


async def _do_what_is_due(desk: Desk, article_id: UUID) -> bool:
    """Of both that are due, the last word counts."""
    revision = await next_revision()
    article = await Article.filter(id=article_id).select_for_update().first()
    if article is None:
        return False
    if article.retire_at is not None and article.retire_at <= desk.now():
        return await _retire(desk, article, revision)
    if article.publish_at is None or article.publish_at > desk.now():
        return False
    if await needs_second_person(article) and article.version != article.scheduled_version:
        raise SecondPersonNeeded("It was revised after somebody had looked at it.")
    actor = article.scheduled_by_id
    await move(desk, article, ArticleState.PUBLISHED, actor_id=actor, revision=revision)
    return True


async def _retire(desk: Desk, article: Article, revision: int) -> bool:
    """What is not published any more, or not yet, has nothing to retire from."""
    actor = article.scheduled_by_id
    if article.state is ArticleState.PUBLISHED:
        await move(desk, article, ArticleState.RETIRED, actor_id=actor, revision=revision)
        return True
    await _clear(article)
    return False


async def _give_up(desk: Desk, article_id: UUID, reason: str) -> None:
    async with transaction():
        article = await Article.filter(id=article_id).select_for_update().get()
        scheduler = article.scheduled_by_id
        await _clear(article)
        await note_act(desk, article, ArticleAct.NOT_PUBLISHED, None, reason)
        for person_id in {scheduler, article.owner_id}:
            await tell(desk, article, person_id, ArticleNoticeKind.NOT_PUBLISHED, reason)


async def _clear(article: Article) -> None:
    article.publish_at = article.retire_at = None
    article.scheduled_by_id = article.scheduled_version = None
    await article.save(update_fields=list(SCHEDULE))


def _check_times(
    desk: Desk, article: Article, publish_at: datetime | None, retire_at: datetime | None
) -> None:
    """Only what is new has to lie ahead."""
    is_published = article.state is ArticleState.PUBLISHED
    if publish_at is not None and publish_at <= desk.now() and publish_at != article.publish_at:
        raise InvalidInput("publishAt", "Choose a time to come.")
    if publish_at is not None and is_published:
        raise InvalidInput("publishAt", "The article is published already.")
    if retire_at is None:
        return
    if retire_at <= desk.now() and retire_at != article.retire_at:
        raise InvalidInput("retireAt", "Choose a time to come.")
    if not is_published and publish_at is None:
        raise InvalidInput("retireAt", "Only what is published, or will be, can retire.")
    if publish_at is not None and retire_at <= publish_at:
        raise InvalidInput("retireAt", "Let it retire after it is published.")
