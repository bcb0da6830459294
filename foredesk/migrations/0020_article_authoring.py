"""What authors do with articles: reviews, proposals, schedules, teams, attachments, translations.

Of articles that are or were published, the version that is there counts as the published one.
"""

from typing import Any

from orjson import loads
from tortoise import fields
from tortoise.fields.base import OnDelete
from tortoise.fields.data import JSON_DUMPS
from tortoise.indexes import Index
from tortoise.migrations import operations as ops

from foredesk.database.step import AddColumn, AddReference, Step
from foredesk.identity import new_id
from foredesk.knowledge.authoring import ArticleAct, ArticleNoticeKind
from foredesk.knowledge.models import ArticleKind


def _id() -> Any:
    return ("id", fields.UUIDField(primary_key=True, default=new_id))


def _reference(name: str, to: str, related_name: str, rule: OnDelete, **more: Any) -> Any:
    kind = fields.OneToOneField if more.pop("is_one", False) else fields.ForeignKeyField
    return (
        name,
        kind(
            f"desk.{to}",
            source_field=f"{name}_id",
            to_field="id",
            related_name=related_name,
            on_delete=rule,
            **more,
        ),
    )


def _article(related_name: str, **more: Any) -> Any:
    return _reference("article", "Article", related_name, OnDelete.CASCADE, **more)


def _person(name: str, related_name: str) -> Any:
    return _reference(name, "Person", related_name, OnDelete.SET_NULL, null=True)


def _options(table: str, description: str, *indexes: list[str], **more: Any) -> dict[str, Any]:
    return {
        "table": table,
        "app": "desk",
        "indexes": [Index(fields=columns) for columns in indexes],
        "pk_attr": "id",
        "table_description": description,
        **more,
    }


def _restricted(name: str, to: str, related_name: str) -> AddReference:
    return AddReference(
        "Article", *_reference(name, to, related_name, OnDelete.RESTRICT, null=True)
    )


class Migration(Step):
    dependencies = [("desk", "0019_due_at")]

    operations = [
        ops.CreateModel(
            name="ArticleEvent",
            fields=[
                _id(),
                ("act", fields.CharEnumField(enum_type=ArticleAct, max_length=16)),
                ("version", fields.IntField(description="Of the article at that time")),
                ("note", fields.TextField(default="")),
                ("at", fields.DatetimeField()),
                _article("events"),
                _person("actor", "article_acts"),
            ],
            options=_options(
                "article_event",
                "Who did what to an article, and what they said. Nobody: it happened by itself.",
                ["article_id", "at", "id"],
                ["actor_id"],
            ),
            bases=["Model"],
        ),
        ops.CreateModel(
            name="ArticleProposal",
            fields=[
                _id(),
                (
                    "base_version",
                    fields.IntField(description="Version of the article that it would follow"),
                ),
                ("title", fields.CharField(max_length=200)),
                ("summary", fields.TextField(default="")),
                ("body", fields.TextField(default="")),
                ("section", fields.CharField(default="", max_length=200)),
                ("tags", fields.JSONField(default=list, encoder=JSON_DUMPS, decoder=loads)),
                ("note", fields.CharField(default="", max_length=200)),
                ("at", fields.DatetimeField()),
                _article("proposal", is_one=True),
                _person("author", "article_proposals"),
            ],
            options=_options(
                "article_proposal",
                "How somebody would revise a published article, until somebody else has looked"
                " at it.",
                ["author_id"],
                ["at", "id"],
            ),
            bases=["Model"],
        ),
        ops.CreateModel(
            name="PublishingRule",
            fields=[
                _id(),
                (
                    "key",
                    fields.CharField(
                        unique=True, description="Organization, or `everybody`", max_length=40
                    ),
                ),
                ("needs_second_person", fields.BooleanField(default=False)),
                ("version", fields.IntField(default=1, description="Counts its changes")),
                ("changed_at", fields.DatetimeField()),
                _reference(
                    "organization", "Organization", "publishing_rules", OnDelete.CASCADE, null=True
                ),
            ],
            options=_options(
                "publishing_rule",
                "Whether an organization's articles need a second pair of eyes before people"
                " read them.",
                ["organization_id"],
            ),
            bases=["Model"],
        ),
        ops.CreateModel(
            name="ArticleAttachment",
            fields=[
                _id(),
                ("name", fields.CharField(max_length=120)),
                ("media_type", fields.CharField(max_length=100)),
                ("size", fields.IntField(description="Bytes")),
                ("digest", fields.CharField(description="SHA-256", max_length=64)),
                ("at", fields.DatetimeField()),
                _article("attachments"),
                _person("author", "article_attachments"),
            ],
            options=_options(
                "article_attachment",
                "A file of an article: who reads the article may have it.",
                ["author_id"],
                unique_together=(("article", "name"),),
            ),
            bases=["Model"],
        ),
        ops.CreateModel(
            name="AttachmentContent",
            fields=[
                _id(),
                ("content", fields.BinaryField()),
                _reference(
                    "attachment", "ArticleAttachment", "content", OnDelete.CASCADE, is_one=True
                ),
            ],
            options=_options(
                "attachment_content",
                "The bytes of an attachment, apart, so that lists of attachments need not read"
                " them.",
            ),
            bases=["Model"],
        ),
        ops.CreateModel(
            name="ArticleNotice",
            fields=[
                _id(),
                ("kind", fields.CharEnumField(enum_type=ArticleNoticeKind, max_length=24)),
                ("note", fields.TextField(default="")),
                ("created_at", fields.DatetimeField()),
                ("seen_at", fields.DatetimeField(null=True)),
                _article("notices"),
                _reference("person", "Person", "article_notices", OnDelete.CASCADE),
            ],
            options=_options(
                "article_notice",
                "One person is asked to see to one article; it stands until they have seen it.",
                ["person_id", "created_at", "id"],
                ["person_id", "seen_at"],
                ["article_id"],
            ),
            bases=["Model"],
        ),
        AddColumn(
            "Article",
            "kind",
            fields.CharEnumField(default=ArticleKind.ARTICLE, enum_type=ArticleKind, max_length=16),
        ),
        AddColumn(
            "Article",
            "is_confidential",
            fields.BooleanField(default=False, description="As its team is"),
        ),
        AddColumn(
            "Article",
            "submitted_at",
            fields.DatetimeField(null=True, description="Since when it waits for a review"),
        ),
        AddColumn(
            "Article",
            "publish_at",
            fields.DatetimeField(null=True, description="When it publishes itself"),
        ),
        AddColumn(
            "Article",
            "retire_at",
            fields.DatetimeField(null=True, description="When it retires by itself"),
        ),
        AddColumn(
            "Article",
            "scheduled_version",
            fields.IntField(null=True, description="Version when it was scheduled"),
        ),
        AddColumn(
            "Article",
            "published_version",
            fields.IntField(null=True, description="Version when it was published"),
        ),
        AddColumn(
            "Article",
            "reviewed_at",
            fields.DatetimeField(null=True, description="When it was last looked over"),
        ),
        AddColumn("Article", "review_reminded_at", fields.DatetimeField(null=True)),
        AddColumn(
            "Article",
            "original_version",
            fields.IntField(null=True, description="Version of its original that it translates"),
        ),
        _restricted("team", "Team", "articles"),
        _restricted("submitted_by", "Person", "submitted_articles"),
        _restricted("scheduled_by", "Person", "scheduled_articles"),
        _restricted("original", "Article", "translated_as"),
        AddColumn(
            "ArticleVersion",
            "note",
            fields.CharField(default="", description="What is new, in a few words", max_length=200),
        ),
        AddColumn(
            "ArticleVersion",
            "restored_from",
            fields.IntField(null=True, description="Version that it repeats"),
        ),
        ops.RunSQL(
            "UPDATE article SET published_version = version "
            "WHERE state IN ('published', 'retired')",
            reverse_sql="",
        ),
        ops.AddIndex("Article", Index(fields=["team_id"])),
        ops.AddIndex("Article", Index(fields=["submitted_by_id"])),
        ops.AddIndex("Article", Index(fields=["scheduled_by_id"])),
        ops.AddIndex("Article", Index(fields=["original_id"])),
        ops.AddIndex("Article", Index(fields=["publish_at"])),
        ops.AddIndex("Article", Index(fields=["retire_at"])),
        ops.AddIndex("Article", Index(fields=["state", "submitted_at"])),
    ]
