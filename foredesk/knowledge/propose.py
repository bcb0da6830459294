"""Propose: how a published article would be revised, until somebody else has looked at it."""

from collections.abc import Iterable
from datetime import datetime
from uuid import UUID

from tortoise.expressions import Subquery
from tortoise.queryset import QuerySet

from foredesk.database import transaction
from foredesk.desk import Desk
from foredesk.errors import InvalidInput, InvalidTransition, SecondPersonNeeded, StaleVersion
from foredesk.knowledge.authoring import ArticleAct, ArticleNoticeKind, ArticleProposal
from foredesk.knowledge.changes import next_revision
from foredesk.knowledge.models import Article, ArticleState, ArticleVersion
from foredesk.knowledge.notices import note_act, tell
from foredesk.knowledge.publish import REMARK_LIMIT
from foredesk.knowledge.queries import visible_to
from foredesk.knowledge.second_person import needs_second_person
from foredesk.knowledge.versions import VersionDifferences, compared
from foredesk.knowledge.write import (
    NOTE_LIMIT,
    VERSIONED,
    changeable,
    content_of,
    revise,
    revised_content,
    short,
    version_of,
)
from foredesk.people.idempotency import Once
from foredesk.people.policy import Act, require
from foredesk.people.viewer import ARTICLES, Viewer
from foredesk.text import readable


def visible_proposals(viewer: Viewer) -> QuerySet[ArticleProposal]:
    """Who writes articles sees what is proposed for those that they see."""
    if not viewer.is_agent or not viewer.reads(*ARTICLES):
        return ArticleProposal.filter(id__isnull=True)
    seen = Subquery(visible_to(viewer).order_by().values("id"))
    return ArticleProposal.filter(article_id__in=seen)


async def propose_revision(
    desk: Desk,
    viewer: Viewer,
    *,
    article_id: UUID,
    expected_version: int | None = None,
    title: str | None = None,
    body: str | None = None,
    summary: str | None = None,
    section: str | None = None,
    tags: Iterable[str] | None = None,
    note: str = "",
    once: Once | None = None,
) -> ArticleProposal:
    """Say how a published article should read; readers see nothing of it. What is None stays as it
    is there. Whoever proposes again replaces what they proposed before.

    Raises NotFound, InvalidInput, StaleVersion, and InvalidTransition for an article that is not
    published, or for which somebody else's proposal waits.
    """
    require(viewer, Act.WRITE_ARTICLE)
    given = {"title": title, "body": body, "summary": summary, "section": section, "tags": tags}
    note = short("note", note, NOTE_LIMIT)
    async with transaction():
        article = await changeable(viewer, article_id, Act.WRITE_ARTICLE, expected_version)
        if article.state is not ArticleState.PUBLISHED:
            raise _impossible(article, "Only published articles take proposals; revise this one.")
        content = await revised_content(article, given)
        if content == content_of(article):
            raise InvalidInput("body", "The article says so already.")
        known = await ArticleProposal.filter(article_id=article.id).first()
        if known is not None and known.author_id != viewer.person_id:
            raise _impossible(article, "Somebody else's proposal waits to be decided on.")
        proposal = known or ArticleProposal(article_id=article.id, author_id=viewer.person_id)
        proposal.update_from_dict(content)
        proposal.note, proposal.at, proposal.base_version = note, desk.now(), article.version
        await proposal.save(force_create=known is None)
        await note_act(desk, article, ArticleAct.PROPOSED, viewer.person_id, note)
        if once is not None:
            await once.remember(article.id)
    return proposal


async def proposal_differences(viewer: Viewer, *, article_id: UUID) -> VersionDifferences | None:
    """How the article would change; None if nothing is proposed."""
    proposals = visible_proposals(viewer).filter(article_id=article_id)
    proposal = await proposals.prefetch_related("author").first()
    article = await visible_to(viewer).get_or_none(id=article_id)
    if proposal is None or article is None:
        return None
    content = {name: getattr(proposal, name) for name in VERSIONED}
    proposed = ArticleVersion(
        article_id=article.id, version=article.version + 1, at=proposal.at, **content
    )
    proposed.author_id = proposal.author_id
    return await compared(version_of(article, viewer, author_id=None), proposed)


async def accept_proposal(
    desk: Desk,
    viewer: Viewer,
    *,
    article_id: UUID,
    proposed_at: datetime | None = None,
    expected_version: int | None = None,
    once: Once | None = None,
) -> Article:
    """Publish what is proposed, as a version of who proposed it. `proposed_at` says which wording
    was looked at.

    Raises NotFound, NotPermitted, InvalidTransition when nothing is proposed, StaleVersion when
    the article or the proposal has changed since, and SecondPersonNeeded for one's own.
    """
    require(viewer, Act.PUBLISH_ARTICLE)
    async with transaction():
        revision = await next_revision()
        article = await changeable(viewer, article_id, Act.PUBLISH_ARTICLE, expected_version)
        proposal = await _proposed(article)
        is_own = proposal.author_id == viewer.person_id and viewer.person_id is not None
        if is_own and await needs_second_person(article):
            raise SecondPersonNeeded()
        is_other = proposed_at is not None and proposed_at != proposal.at
        if proposal.base_version != article.version or is_other:
            raise StaleVersion(article.version)
        content = {name: getattr(proposal, name) for name in VERSIONED}
        about = {"author_id": proposal.author_id, "note": proposal.note}
        await revise(desk, viewer, article, content, revision, **about)
        await proposal.delete()
        await note_act(desk, article, ArticleAct.ACCEPTED, viewer.person_id, proposal.note)
        if once is not None:
            await once.remember(article.id)
    return article


async def decline_proposal(
    desk: Desk,
    viewer: Viewer,
    *,
    article_id: UUID,
    note: str = "",
    expected_version: int | None = None,
    once: Once | None = None,
) -> Article:
    """Leave the article as it is. Its author takes a proposal back so; who may publish declines
    it, and the author is told why.

    Raises NotFound, NotPermitted, and InvalidTransition when nothing is proposed.
    """
    require(viewer, Act.WRITE_ARTICLE)
    note = readable("note", note, limit=REMARK_LIMIT)
    async with transaction():
        article = await changeable(viewer, article_id, Act.WRITE_ARTICLE, expected_version)
        proposal = await _proposed(article)
        if proposal.author_id != viewer.person_id:
            await changeable(viewer, article_id, Act.PUBLISH_ARTICLE)
            require(viewer, Act.PUBLISH_ARTICLE)
            await tell(desk, article, proposal.author_id, ArticleNoticeKind.DECLINED, note)
        await proposal.delete()
        await note_act(desk, article, ArticleAct.DECLINED, viewer.person_id, note)
        if once is not None:
            await once.remember(article.id)
    return article


async def _proposed(article: Article) -> ArticleProposal:
    proposal = await ArticleProposal.filter(article_id=article.id).first()
    if proposal is None:
        raise _impossible(article, "Nothing is proposed for this article.")
    return proposal


def _impossible(article: Article, message: str) -> InvalidTransition:
    return InvalidTransition(message, state=article.state.value, allowed=())
