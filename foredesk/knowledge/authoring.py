"""What authors do with articles: what is proposed, decided, attached, and told to them."""

from enum import StrEnum
from uuid import UUID

from tortoise import fields
from tortoise.models import Model

from foredesk.identity import new_id
from foredesk.knowledge.models import Article
from foredesk.people.models import Organization, Person


class ArticleAct(StrEnum):
    """What can happen to an article beside being revised, which its versions tell."""

    SUBMITTED = "submitted"
    RETURNED = "returned"
    PUBLISHED = "published"
    RETIRED = "retired"
    SCHEDULED = "scheduled"
    UNSCHEDULED = "unscheduled"
    NOT_PUBLISHED = "not_published"
    PLACED = "placed"
    LOOKED_OVER = "looked_over"
    PROPOSED = "proposed"
    ACCEPTED = "accepted"
    DECLINED = "declined"
    ATTACHED = "attached"
    DETACHED = "detached"


class ArticleEvent(Model):
    """Who did what to an article, and what they said. Nobody: it happened by itself."""

    id = fields.UUIDField(primary_key=True, default=new_id)
    act = fields.CharEnumField(ArticleAct, max_length=16)
    version = fields.IntField(description="Of the article at that time")
    note = fields.TextField(default="")
    at = fields.DatetimeField()

    article: fields.ForeignKeyRelation[Article] = fields.ForeignKeyField(
        "desk.Article", related_name="events", on_delete=fields.CASCADE
    )
    article_id: UUID
    actor: fields.ForeignKeyNullableRelation[Person] = fields.ForeignKeyField(
        "desk.Person", related_name="article_acts", on_delete=fields.SET_NULL, null=True
    )
    actor_id: UUID | None

    class Meta(Model.Meta):
        table = "article_event"
        ordering = ("at", "id")
        indexes = (("article_id", "at", "id"), ("actor_id",))


class ArticleProposal(Model):
    """How somebody would revise a published article, until somebody else has looked at it."""

    id = fields.UUIDField(primary_key=True, default=new_id)
    base_version = fields.IntField(description="Version of the article that it would follow")
    title = fields.CharField(max_length=200)
    summary = fields.TextField(default="")
    body = fields.TextField(default="")
    section = fields.CharField(max_length=200, default="")
    tags = fields.JSONField[list[str]](default=list)
    note = fields.CharField(max_length=200, default="")
    at = fields.DatetimeField()

    article: fields.OneToOneRelation[Article] = fields.OneToOneField(
        "desk.Article", related_name="proposal", on_delete=fields.CASCADE
    )
    article_id: UUID
    author: fields.ForeignKeyNullableRelation[Person] = fields.ForeignKeyField(
        "desk.Person", related_name="article_proposals", on_delete=fields.SET_NULL, null=True
    )
    author_id: UUID | None

    class Meta(Model.Meta):
        table = "article_proposal"
        ordering = ("at", "id")
        indexes = (("author_id",), ("at", "id"))


class PublishingRule(Model):
    """Whether an organization's articles need a second pair of eyes before people read them.

    Without an organization it is about the articles that belong to none.
    """

    id = fields.UUIDField(primary_key=True, default=new_id)
    key = fields.CharField(max_length=40, unique=True, description="Organization, or `everybody`")
    needs_second_person = fields.BooleanField(default=False)
    version = fields.IntField(default=1, description="Counts its changes")
    changed_at = fields.DatetimeField()

    organization: fields.ForeignKeyNullableRelation[Organization] = fields.ForeignKeyField(
        "desk.Organization", related_name="publishing_rules", on_delete=fields.CASCADE, null=True
    )
    organization_id: UUID | None

    class Meta(Model.Meta):
        table = "publishing_rule"
        indexes = (("organization_id",),)


class ArticleAttachment(Model):
    """A file of an article: who reads the article may have it."""

    id = fields.UUIDField(primary_key=True, default=new_id)
    name = fields.CharField(max_length=120)
    media_type = fields.CharField(max_length=100)
    size = fields.IntField(description="Bytes")
    digest = fields.CharField(max_length=64, description="SHA-256")
    at = fields.DatetimeField()

    article: fields.ForeignKeyRelation[Article] = fields.ForeignKeyField(
        "desk.Article", related_name="attachments", on_delete=fields.CASCADE
    )
    article_id: UUID
    author: fields.ForeignKeyNullableRelation[Person] = fields.ForeignKeyField(
        "desk.Person", related_name="article_attachments", on_delete=fields.SET_NULL, null=True
    )
    author_id: UUID | None

    class Meta(Model.Meta):
        table = "article_attachment"
        ordering = ("name",)
        unique_together = (("article", "name"),)
        indexes = (("author_id",),)


class AttachmentContent(Model):
    """The bytes of an attachment, apart, so that lists of attachments need not read them."""

    id = fields.UUIDField(primary_key=True, default=new_id)
    content = fields.BinaryField()

    attachment: fields.OneToOneRelation[ArticleAttachment] = fields.OneToOneField(
        "desk.ArticleAttachment", related_name="content", on_delete=fields.CASCADE
    )
    attachment_id: UUID

    class Meta(Model.Meta):
        table = "attachment_content"


class ArticleNoticeKind(StrEnum):
    """Why somebody is asked to see to an article."""

    REVIEW_DUE = "review_due"
    RETURNED = "returned"
    DECLINED = "declined"
    NOT_PUBLISHED = "not_published"
    ORIGINAL_CHANGED = "original_changed"


class ArticleNotice(Model):
    """One person is asked to see to one article; it stands until they have seen it."""

    id = fields.UUIDField(primary_key=True, default=new_id)
    kind = fields.CharEnumField(ArticleNoticeKind, max_length=24)
    note = fields.TextField(default="")
    created_at = fields.DatetimeField()
    seen_at = fields.DatetimeField(null=True)

    article: fields.ForeignKeyRelation[Article] = fields.ForeignKeyField(
        "desk.Article", related_name="notices", on_delete=fields.CASCADE
    )
    article_id: UUID
    person: fields.ForeignKeyRelation[Person] = fields.ForeignKeyField(
        "desk.Person", related_name="article_notices", on_delete=fields.CASCADE
    )
    person_id: UUID

    class Meta(Model.Meta):
        table = "article_notice"
        ordering = ("-created_at", "-id")
        indexes = (("person_id", "created_at", "id"), ("person_id", "seen_at"), ("article_id",))
