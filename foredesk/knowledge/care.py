"""Care: who answers for an article, for whom it is, and when somebody looks it over again."""

from collections.abc import Iterable
from datetime import datetime, timedelta
from functools import partial
from typing import Any
from uuid import UUID

from tortoise.expressions import Q

from foredesk.database import transaction
from foredesk.desk import Desk
from foredesk.each import each
from foredesk.errors import InvalidInput, SecondPersonNeeded
from foredesk.knowledge.authoring import ArticleAct, ArticleNoticeKind
from foredesk.knowledge.changes import announce, next_revision, record_change
from foredesk.knowledge.models import Article, ArticleState, Audience
from foredesk.knowledge.notices import note_act, tell
from foredesk.knowledge.placement import check_placement, moment
from foredesk.knowledge.publish import REMARK_LIMIT
from foredesk.knowledge.second_person import needs_second_person
from foredesk.knowledge.write import changeable
from foredesk.people.idempotency import Once
from foredesk.people.models import Person, PersonKind
from foredesk.people.policy import Act, Of, require
from foredesk.people.queries import has_role
from foredesk.people.roles import Role
from foredesk.people.viewer import Viewer
from foredesk.text import readable

AGAIN = timedelta(days=14)
"""After so long somebody is reminded once more."""
IN_THEIR_PLACE = 5
"""Managers who are reminded of an article that nobody answers for."""
_PLACED = ("audience", "organization_id", "team_id", "is_confidential")


async def place_article(
    desk: Desk,
    viewer: Viewer,
    *,
    article_id: UUID,
    audience: Audience,
    organization_id: UUID | None = None,
    team_id: UUID | None = None,
    expected_version: int | None = None,
    once: Once | None = None,
) -> Article:
    """Say for whom it is. A published one is shown to others at once: that takes the right to
    publish, and where a second person must look, it has to be retired first.

    Raises NotFound, NotPermitted, InvalidInput, StaleVersion and SecondPersonNeeded.
    """
    require(viewer, Act.WRITE_ARTICLE)
    async with transaction():
        revision = await next_revision()
        article = await changeable(viewer, article_id, Act.WRITE_ARTICLE, expected_version)
        if (article.audience, article.organization_id, article.team_id) == (
            *(audience, organization_id, team_id),
        ):
            return article
        await _check_published(viewer, article)
        article.audience = audience
        article.organization_id, article.team_id = organization_id, team_id
        await check_placement(viewer, article)
        await _check_published(viewer, article)
        article.revision, article.updated_at = revision, desk.now()
        await article.save(update_fields=[*_PLACED, "revision", "updated_at"])
        await note_act(desk, article, ArticleAct.PLACED, viewer.person_id)
        await record_change(article.id, revision)
        await announce(desk, article.id, revision)
        if once is not None:
            await once.remember(article.id)
    return article


async def assign_article(
    desk: Desk,
    viewer: Viewer,
    *,
    article_id: UUID,
    owner_id: UUID | None,
    expected_version: int | None = None,
    once: Once | None = None,
) -> Article:
    """Say who answers for it, or nobody. Raises NotFound, NotPermitted and StaleVersion."""
    require(viewer, Act.WRITE_ARTICLE)
    async with transaction():
        article = await changeable(viewer, article_id, Act.WRITE_ARTICLE, expected_version)
        article.owner_id = owner_id
        await check_placement(viewer, article)
        article.review_reminded_at = None
        await article.save(update_fields=["owner_id", "review_reminded_at"])
        if once is not None:
            await once.remember(article.id)
    return article


async def look_over_article(
    desk: Desk,
    viewer: Viewer,
    *,
    article_id: UUID,
    review_at: datetime | None,
    note: str = "",
    is_still_right: bool = True,
    expected_version: int | None = None,
    once: Once | None = None,
) -> Article:
    """Say that it is still right, and when somebody shall look again; None for never. Without
    `is_still_right` only the date is set.

    Raises NotFound, NotPermitted, StaleVersion, and InvalidInput for a date that is past.
    """
    require(viewer, Act.WRITE_ARTICLE)
    review_at = moment("reviewAt", review_at)
    note = readable("note", note, limit=REMARK_LIMIT)
    if review_at is not None and review_at <= desk.now():
        raise InvalidInput("reviewAt", "Choose a time to come.")
    async with transaction():
        article = await changeable(viewer, article_id, Act.WRITE_ARTICLE, expected_version)
        article.review_at, article.review_reminded_at = review_at, None
        if is_still_right:
            article.reviewed_at = desk.now()
            await note_act(desk, article, ArticleAct.LOOKED_OVER, viewer.person_id, note)
        await article.save(update_fields=["review_at", "reviewed_at", "review_reminded_at"])
        if once is not None:
            await once.remember(article.id)
    return article


async def remind_of_reviews(desk: Desk, *, limit: int = 100) -> int:
    """Ask whoever answers for a published article to look it over, when it is time and every two
    weeks from then on; for one that nobody answers for, managers. Returns how many articles."""
    due = (
        Article.filter(_unreminded(desk), state=ArticleState.PUBLISHED, review_at__lte=desk.now())
        .order_by("review_at", "id")
        .limit(limit)
    )
    ids = [UUID(str(id)) for id in await due.values_list("id", flat=True)]
    return sum(await each("Reminding of the article", ids, partial(_remind, desk)))


async def _remind(desk: Desk, article_id: UUID) -> bool:
    async with transaction():
        unreminded = Article.filter(_unreminded(desk), id=article_id)
        article = await unreminded.select_for_update().first()
        if article is None:
            return False
        article.review_reminded_at = desk.now()
        await article.save(update_fields=["review_reminded_at"])
        if await tell(desk, article, article.owner_id, ArticleNoticeKind.REVIEW_DUE):
            return True
        told = [
            await tell(desk, article, person_id, ArticleNoticeKind.REVIEW_DUE)
            for person_id in await _managers(article)
        ]
    return any(told)


def _unreminded(desk: Desk) -> Q:
    never = Q(review_reminded_at__isnull=True)
    return never | Q(review_reminded_at__lte=desk.now() - AGAIN)


async def _managers(article: Article) -> Iterable[UUID]:
    people = Person.filter(
        has_role(Role.CUSTOMER_SERVICE_MANAGER) | has_role(Role.ADMINISTRATOR),
        is_active=True,
        kind=PersonKind.PERSON,
    )
    if article.team_id is not None:
        people = people.filter(memberships__team_id=article.team_id)
    ids: Any = (
        await people.order_by("name", "id").limit(IN_THEIR_PLACE).values_list("id", flat=True)
    )
    return [UUID(str(id)) for id in ids]


async def _check_published(viewer: Viewer, article: Article) -> None:
    if article.state is not ArticleState.PUBLISHED:
        return
    subject = Of(article.organization_id) if article.organization_id else None
    require(viewer, Act.PUBLISH_ARTICLE, subject)
    if not viewer.is_system and await needs_second_person(article):
        raise SecondPersonNeeded("Retire it first, and let somebody else publish it again.")
