"""Attach: files of articles, which whoever reads the article may have, and nobody else."""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from tortoise.expressions import Subquery
from tortoise.queryset import QuerySet

from foredesk.database import transaction
from foredesk.desk import Desk
from foredesk.errors import InvalidInput, NotFound
from foredesk.knowledge.authoring import ArticleAct, ArticleAttachment, AttachmentContent
from foredesk.knowledge.file_types import media_type_of
from foredesk.knowledge.models import Article
from foredesk.knowledge.notices import note_act
from foredesk.knowledge.queries import visible_to
from foredesk.knowledge.second_person import refuse_unseen_revision
from foredesk.knowledge.write import changeable
from foredesk.people.idempotency import Once
from foredesk.people.policy import Act, require
from foredesk.people.viewer import Viewer
from foredesk.text import one_line

LARGEST = 10 * 1024 * 1024
"""Bytes of one file."""
MOST = 20
"""Files of one article."""
NAME_LIMIT = 120
_NOT_IN_NAMES = frozenset('/\\:*?"<>|')


@dataclass(frozen=True, slots=True)
class AttachedFile:
    """An attachment with its bytes."""

    attachment: ArticleAttachment
    content: bytes


def visible_attachments(viewer: Viewer) -> QuerySet[ArticleAttachment]:
    """Those of the articles that the viewer may read."""
    seen = Subquery(visible_to(viewer).order_by().values("id"))
    return ArticleAttachment.filter(article_id__in=seen)


async def attachments_of(viewer: Viewer, article_id: UUID) -> Sequence[ArticleAttachment]:
    """By name."""
    return await visible_attachments(viewer).filter(article_id=article_id).order_by("name")


async def attached_file(viewer: Viewer, attachment_id: UUID) -> AttachedFile | None:
    """None for what is not there, or not theirs to read."""
    attachment = await visible_attachments(viewer).get_or_none(id=attachment_id)
    if attachment is None:
        return None
    stored = await AttachmentContent.get(attachment_id=attachment.id)
    return AttachedFile(attachment, bytes(stored.content))


async def attach_file(
    desk: Desk,
    viewer: Viewer,
    *,
    article_id: UUID,
    name: str,
    content: bytes,
    once: Once | None = None,
) -> ArticleAttachment:
    """Add a file to an article; one of the same name takes the place of the one that is there.

    Raises NotFound, NotPermitted, InvalidInput for what is too large, too many, empty, or of a
    kind that could do harm, and SecondPersonNeeded for a published article that somebody else has
    to look at first.
    """
    require(viewer, Act.WRITE_ARTICLE)
    name = _file_name(name)
    if not 0 < len(content) <= LARGEST:
        raise InvalidInput("content", f"A file has 1 byte to {LARGEST // 1024 // 1024} MB.")
    media_type = media_type_of(name, content)
    async with transaction():
        article = await _changeable(viewer, article_id)
        attachment = await _named(article, name)
        attachment.media_type, attachment.size = media_type, len(content)
        attachment.digest = hashlib.sha256(content).hexdigest()
        attachment.at, attachment.author_id = desk.now(), viewer.person_id
        await attachment.save()
        await AttachmentContent.filter(attachment_id=attachment.id).delete()
        await AttachmentContent.create(attachment_id=attachment.id, content=content)
        await note_act(desk, article, ArticleAct.ATTACHED, viewer.person_id, name)
        if once is not None:
            await once.remember(attachment.id)
    return attachment


async def remove_attachment(
    desk: Desk, viewer: Viewer, *, attachment_id: UUID, once: Once | None = None
) -> Article:
    """Raises NotFound, NotPermitted, and SecondPersonNeeded as `attach_file` does."""
    require(viewer, Act.WRITE_ARTICLE)
    async with transaction():
        attachment = await visible_attachments(viewer).get_or_none(id=attachment_id)
        if attachment is None:
            raise NotFound("attachmentId")
        article = await _changeable(viewer, attachment.article_id)
        await attachment.delete()
        await note_act(desk, article, ArticleAct.DETACHED, viewer.person_id, attachment.name)
        if once is not None:
            await once.remember(article.id)
    return article


async def _named(article: Article, name: str) -> ArticleAttachment:
    """What takes another's place keeps its address."""
    known = ArticleAttachment.filter(article_id=article.id)
    same = await known.filter(name=name).first()
    if same is None and await known.count() >= MOST:
        raise InvalidInput("name", f"An article has at most {MOST} files.")
    return same or ArticleAttachment(article_id=article.id, name=name)


async def _changeable(viewer: Viewer, article_id: UUID) -> Article:
    article = await changeable(viewer, article_id, Act.WRITE_ARTICLE)
    await refuse_unseen_revision(viewer, article)
    return article


def _file_name(name: str) -> str:
    """A name that every system can keep, without the folders that it came from."""
    name = name.replace("\\", "/").rpartition("/")[2]
    name = one_line("name", name, limit=NAME_LIMIT, blank="Give the file a name.")
    name = "".join("-" if c in _NOT_IN_NAMES or not c.isprintable() else c for c in name)
    if not name.strip(". -"):
        raise InvalidInput("name", "Give the file a name.")
    return name
