"""Articles, their versions, what people asked of them and what came of it."""

from tortoise import fields
from tortoise.fields.base import OnDelete
from tortoise.indexes import Index
from tortoise.migrations import operations as ops

from foredesk.database.step import CreateChecked, Step
from foredesk.identity import new_id
from foredesk.knowledge.models import ArticleState, Audience, DeflectionOutcome, SearchChannel


class Migration(Step):
    dependencies = [("desk", "0001_foundation")]

    operations = [
        ops.CreateModel(
            name="ArticleChange",
            fields=[
                ("revision", fields.BigIntField(primary_key=True, generated=False)),
                ("article_id", fields.UUIDField(unique=True)),
            ],
            options={
                "table": "article_change",
                "table_description": "The feed that indexes follow: only the newest change of each article is kept.",
            },
        ),
        CreateChecked(
            checks={
                "article_for_an_organization_names_it": "audience <> 'organization' OR organization_id IS NOT NULL",
                "article_version_from_one": "version > 0",
            },
            name="Article",
            fields=[
                ("id", fields.UUIDField(primary_key=True, default=new_id)),
                (
                    "slug",
                    fields.CharField(
                        unique=True, description="Last part of its address", max_length=120
                    ),
                ),
                ("locale", fields.CharField(default="en", max_length=16)),
                ("translation_group", fields.UUIDField(default=new_id)),
                ("title", fields.CharField(max_length=200)),
                ("summary", fields.TextField(default="")),
                ("body", fields.TextField(default="", description="Markdown")),
                ("section", fields.CharField(default="", max_length=200)),
                ("tags", fields.JSONField(default=list)),
                (
                    "audience",
                    fields.CharEnumField(
                        default=Audience.PUBLIC, enum_type=Audience, max_length=16
                    ),
                ),
                (
                    "state",
                    fields.CharEnumField(
                        default=ArticleState.DRAFT, enum_type=ArticleState, max_length=16
                    ),
                ),
                (
                    "version",
                    fields.IntField(default=1, description="Grows with every revision of the text"),
                ),
                ("revision", fields.BigIntField(default=0, description="Its newest ArticleChange")),
                ("review_at", fields.DatetimeField(null=True)),
                ("published_at", fields.DatetimeField(null=True)),
                ("created_at", fields.DatetimeField()),
                ("updated_at", fields.DatetimeField()),
                ("source_path", fields.CharField(null=True, unique=True, max_length=500)),
                ("source_hash", fields.CharField(null=True, max_length=64)),
                ("body_html", fields.TextField(default="", description="Safe HTML of the body")),
                (
                    "body_text",
                    fields.TextField(
                        default="", description="The body without markup, for the index"
                    ),
                ),
                ("headings", fields.JSONField(default=list)),
                (
                    "renderer",
                    fields.IntField(
                        default=0, description="Version of the renderer that made these"
                    ),
                ),
                (
                    "organization",
                    fields.ForeignKeyField(
                        "desk.Organization",
                        source_field="organization_id",
                        null=True,
                        to_field="id",
                        related_name="articles",
                        on_delete=OnDelete.RESTRICT,
                    ),
                ),
                (
                    "owner",
                    fields.ForeignKeyField(
                        "desk.Person",
                        source_field="owner_id",
                        null=True,
                        to_field="id",
                        related_name="owned_articles",
                        on_delete=OnDelete.SET_NULL,
                    ),
                ),
            ],
            options={
                "table": "article",
                "indexes": [
                    Index(fields=["state", "locale"]),
                    Index(fields=["translation_group", "locale"]),
                    Index(fields=["organization_id"]),
                    Index(fields=["owner_id"]),
                    Index(fields=["review_at"]),
                ],
                "table_description": "One answer in one language. Articles of one `translation_group` say the same.",
            },
        ),
        ops.CreateModel(
            name="ArticleLink",
            fields=[
                ("id", fields.UUIDField(primary_key=True, default=new_id)),
                ("target_slug", fields.CharField(max_length=120)),
                ("anchor", fields.CharField(default="", max_length=200)),
                (
                    "article",
                    fields.ForeignKeyField(
                        "desk.Article",
                        source_field="article_id",
                        to_field="id",
                        related_name="links",
                        on_delete=OnDelete.CASCADE,
                    ),
                ),
            ],
            options={
                "table": "article_link",
                "unique_together": (("article", "target_slug", "anchor"),),
                "indexes": [Index(fields=["target_slug"])],
                "table_description": "A link in an article's text to another, by address, so that the order of writing is free.",
            },
        ),
        ops.CreateModel(
            name="ArticleQuestion",
            fields=[
                ("id", fields.UUIDField(primary_key=True, default=new_id)),
                ("text", fields.CharField(max_length=200)),
                (
                    "ticket_id",
                    fields.UUIDField(description="The request that the article resolved"),
                ),
                ("at", fields.DatetimeField()),
                (
                    "article",
                    fields.ForeignKeyField(
                        "desk.Article",
                        source_field="article_id",
                        to_field="id",
                        related_name="questions",
                        on_delete=OnDelete.CASCADE,
                    ),
                ),
            ],
            options={
                "table": "article_question",
                "unique_together": (("article", "ticket_id"),),
                "indexes": [Index(fields=["ticket_id"])],
                "table_description": "How somebody asked what the article answers (`asked_as`): the search learns from it.",
            },
        ),
        CreateChecked(
            checks={"article_rating_is_somebodys": "person_id IS NOT NULL OR visitor IS NOT NULL"},
            name="ArticleRating",
            fields=[
                ("id", fields.UUIDField(primary_key=True, default=new_id)),
                ("helpful", fields.BooleanField()),
                ("comment", fields.TextField(default="")),
                ("visitor", fields.CharField(null=True, max_length=64)),
                ("at", fields.DatetimeField()),
                (
                    "article",
                    fields.ForeignKeyField(
                        "desk.Article",
                        source_field="article_id",
                        to_field="id",
                        related_name="ratings",
                        on_delete=OnDelete.CASCADE,
                    ),
                ),
                (
                    "person",
                    fields.ForeignKeyField(
                        "desk.Person",
                        source_field="person_id",
                        null=True,
                        to_field="id",
                        related_name="article_ratings",
                        on_delete=OnDelete.CASCADE,
                    ),
                ),
            ],
            options={
                "table": "article_rating",
                "unique_together": (("article", "person"), ("article", "visitor")),
                "indexes": [Index(fields=["person_id"])],
                "table_description": "One person's or one visitor's vote, which they may change.",
            },
        ),
        ops.CreateModel(
            name="ArticleVersion",
            fields=[
                ("id", fields.UUIDField(primary_key=True, default=new_id)),
                ("version", fields.IntField()),
                ("title", fields.CharField(max_length=200)),
                ("summary", fields.TextField(default="")),
                ("body", fields.TextField(default="")),
                ("section", fields.CharField(default="", max_length=200)),
                ("tags", fields.JSONField(default=list)),
                ("at", fields.DatetimeField()),
                (
                    "article",
                    fields.ForeignKeyField(
                        "desk.Article",
                        source_field="article_id",
                        to_field="id",
                        related_name="versions",
                        on_delete=OnDelete.CASCADE,
                    ),
                ),
                (
                    "author",
                    fields.ForeignKeyField(
                        "desk.Person",
                        source_field="author_id",
                        null=True,
                        to_field="id",
                        related_name="article_versions",
                        on_delete=OnDelete.SET_NULL,
                    ),
                ),
            ],
            options={
                "table": "article_version",
                "unique_together": (("article", "version"),),
                "indexes": [Index(fields=["author_id"])],
                "table_description": "The text of an article as it was at one version; the newest is the article's own.",
            },
        ),
        ops.CreateModel(
            name="Search",
            fields=[
                ("id", fields.UUIDField(primary_key=True, default=new_id)),
                ("text", fields.CharField(max_length=200)),
                ("locale", fields.CharField(max_length=16)),
                ("channel", fields.CharEnumField(enum_type=SearchChannel, max_length=16)),
                ("visitor", fields.CharField(null=True, max_length=64)),
                (
                    "results",
                    fields.JSONField(default=list, description="Ids of the articles, best first"),
                ),
                ("total", fields.IntField(default=0)),
                ("shown", fields.BooleanField(default=True)),
                (
                    "ticket_id",
                    fields.UUIDField(null=True, description="The request that was filed after it"),
                ),
                ("created_at", fields.DatetimeField()),
                (
                    "person",
                    fields.ForeignKeyField(
                        "desk.Person",
                        source_field="person_id",
                        null=True,
                        to_field="id",
                        related_name="searches",
                        on_delete=OnDelete.SET_NULL,
                    ),
                ),
                (
                    "organization",
                    fields.ForeignKeyField(
                        "desk.Organization",
                        source_field="organization_id",
                        null=True,
                        to_field="id",
                        related_name="searches",
                        on_delete=OnDelete.CASCADE,
                    ),
                ),
            ],
            options={
                "table": "search",
                "indexes": [
                    Index(fields=["person_id", "created_at"]),
                    Index(fields=["visitor", "created_at"]),
                    Index(fields=["organization_id", "created_at"]),
                    Index(fields=["created_at"]),
                    Index(fields=["ticket_id"]),
                ],
                "table_description": "One question put to the knowledge base and what it would answer, whether shown or not.",
            },
        ),
        ops.CreateModel(
            name="Deflection",
            fields=[
                ("id", fields.UUIDField(primary_key=True, default=new_id)),
                ("outcome", fields.CharEnumField(enum_type=DeflectionOutcome, max_length=16)),
                ("at", fields.DatetimeField()),
                ("ticket_id", fields.UUIDField(null=True)),
                (
                    "search",
                    fields.ForeignKeyField(
                        "desk.Search",
                        source_field="search_id",
                        to_field="id",
                        related_name="deflections",
                        on_delete=OnDelete.CASCADE,
                    ),
                ),
                (
                    "article",
                    fields.ForeignKeyField(
                        "desk.Article",
                        source_field="article_id",
                        to_field="id",
                        related_name="deflections",
                        on_delete=OnDelete.CASCADE,
                    ),
                ),
            ],
            options={
                "table": "deflection",
                "unique_together": (("search", "article", "outcome"),),
                "indexes": [Index(fields=["article_id", "at"]), Index(fields=["ticket_id"])],
                "table_description": "What came of one article that one search offered. `ticket_id`: a request was filed anyway.",
            },
        ),
    ]
