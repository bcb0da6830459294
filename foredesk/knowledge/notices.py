"""Notices: what authors are asked to see to, until they have seen it, and what happened."""

from collections.abc import Sequence
from uuid import UUID

from tortoise.expressions import Subquery
from tortoise.queryset import QuerySet

from foredesk import letters
from foredesk.database import transaction
from foredesk.desk import Desk
from foredesk.errors import NotFound
from foredesk.identity import new_id
from foredesk.knowledge.authoring import ArticleAct, ArticleEvent, ArticleNotice, ArticleNoticeKind
from foredesk.knowledge.models import Article
from foredesk.knowledge.queries import visible_to
from foredesk.people.models import Person, PersonKind
from foredesk.people.policy import Act, require
from foredesk.people.viewer import ARTICLES, Viewer, viewer_of
from foredesk.ports import Mail

PACKAGE = "foredesk.knowledge"
MAILED = frozenset(
    {
        ArticleNoticeKind.REVIEW_DUE,
        ArticleNoticeKind.RETURNED,
        ArticleNoticeKind.DECLINED,
        ArticleNoticeKind.NOT_PUBLISHED,
    }
)


def visible_notices(viewer: Viewer) -> QuerySet[ArticleNotice]:
    """One's own, of articles that one still sees."""
    if viewer.person_id is None or not viewer.is_agent or not viewer.reads(*ARTICLES):
        return ArticleNotice.filter(id__isnull=True)
    seen = Subquery(visible_to(viewer).order_by().values("id"))
    return ArticleNotice.filter(person_id=viewer.person_id, article_id__in=seen)


def visible_events(viewer: Viewer) -> QuerySet[ArticleEvent]:
    """What happened to articles is for those who write them."""
    if not viewer.is_agent or not viewer.reads(*ARTICLES):
        return ArticleEvent.filter(id__isnull=True)
    seen = Subquery(visible_to(viewer).order_by().values("id"))
    return ArticleEvent.filter(article_id__in=seen)


async def mark_notices_seen(
    desk: Desk, viewer: Viewer, *, notice_ids: Sequence[UUID]
) -> Sequence[ArticleNotice]:
    """Those that were seen before stay as they are.

    Raises NotPermitted, and NotFound, with nothing marked, if one of them is not the viewer's.
    """
    require(viewer, Act.WRITE_ARTICLE)
    async with transaction():
        found = await visible_notices(viewer).filter(id__in=list(notice_ids))
        if len(found) < len(set(notice_ids)):
            raise NotFound("noticeIds")
        for one in found:
            if one.seen_at is None:
                one.seen_at = desk.now()
                await one.save(update_fields=["seen_at"])
    return found


async def note_act(
    desk: Desk, article: Article, act: ArticleAct, actor_id: UUID | None, note: str = ""
) -> ArticleEvent:
    """Keep what was done to the article, in the caller's transaction."""
    return await ArticleEvent.create(
        article_id=article.id,
        act=act,
        version=article.version,
        note=note,
        at=desk.now(),
        actor_id=actor_id,
    )


async def tell(
    desk: Desk, article: Article, person_id: UUID | None, kind: ArticleNoticeKind, note: str = ""
) -> bool:
    """Ask one person to see to it, in the caller's transaction; False if they can't: they are
    gone, no person, or do not see the article any more."""
    person = await _reachable(desk, article, person_id)
    if person is None:
        return False
    notice = ArticleNotice(
        id=new_id(),
        article_id=article.id,
        person_id=person.id,
        kind=kind,
        note=note,
        created_at=desk.now(),
    )
    await notice.save(force_create=True)
    if kind in MAILED:
        await desk.mailer.send(_mail(desk, article, person, notice))
    return True


async def _reachable(desk: Desk, article: Article, person_id: UUID | None) -> Person | None:
    if person_id is None:
        return None
    active = Person.filter(id=person_id, is_active=True, kind=PersonKind.PERSON)
    person = await active.select_related("organization").first()
    if person is None:
        return None
    viewer = await viewer_of(person, desk.now())
    sees = viewer.is_agent and await visible_to(viewer).filter(id=article.id).exists()
    return person if sees else None


def _mail(desk: Desk, article: Article, to: Person, notice: ArticleNotice) -> Mail:
    locale = to.locale or to.organization.locale
    facts = {
        "name": to.name,
        "title": article.title,
        "note": f"{notice.note}\n" if notice.note else "",
        "link": f"{desk.settings.address}/authoring/{article.id}",
    }
    subject, text = letters.written(PACKAGE, f"article_{notice.kind.value}", locale, facts)
    return Mail(f"article-notice:{notice.id}", to.email, subject, text, locale)
