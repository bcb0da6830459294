"""Words of an organization's own for its searches, questions that must stay answered with their
runs, and the services that an article is about."""

from orjson import loads
from tortoise import fields
from tortoise.fields.base import OnDelete
from tortoise.fields.data import JSON_DUMPS
from tortoise.indexes import Index
from tortoise.migrations import operations as ops

from foredesk.database.step import Step
from foredesk.identity import new_id
from foredesk.knowledge.search_models import Occasion


class Migration(Step):
    dependencies = [("desk", "0021_article_uses")]

    operations = [
        ops.CreateModel(
            name="ArticleService",
            fields=[
                ("id", fields.UUIDField(primary_key=True, default=new_id)),
                (
                    "article",
                    fields.ForeignKeyField(
                        "desk.Article",
                        source_field="article_id",
                        to_field="id",
                        related_name="services",
                        on_delete=OnDelete.CASCADE,
                    ),
                ),
                (
                    "service",
                    fields.ForeignKeyField(
                        "desk.Service",
                        source_field="service_id",
                        to_field="id",
                        related_name="articles",
                        on_delete=OnDelete.CASCADE,
                    ),
                ),
            ],
            options={
                "table": "article_service",
                "app": "desk",
                "indexes": [
                    Index(fields=["service_id"]),
                ],
                "unique_together": (("article", "service"),),
                "pk_attr": "id",
                "table_description": "A service that an article is about.",
            },
            bases=["Model"],
        ),
        ops.CreateModel(
            name="WordList",
            fields=[
                ("id", fields.UUIDField(primary_key=True, default=new_id)),
                ("language", fields.CharField(max_length=16)),
                (
                    "synonyms",
                    fields.JSONField(
                        default=list,
                        description="Groups of words that stand for one another",
                        encoder=JSON_DUMPS,
                        decoder=loads,
                    ),
                ),
                ("stop_words", fields.JSONField(default=list, encoder=JSON_DUMPS, decoder=loads)),
                ("version", fields.IntField(default=1, description="For optimistic locking")),
                ("updated_at", fields.DatetimeField()),
                (
                    "organization",
                    fields.ForeignKeyField(
                        "desk.Organization",
                        source_field="organization_id",
                        to_field="id",
                        related_name="word_lists",
                        on_delete=OnDelete.CASCADE,
                        null=True,
                    ),
                ),
                (
                    "updated_by",
                    fields.ForeignKeyField(
                        "desk.Person",
                        source_field="updated_by_id",
                        to_field="id",
                        related_name="word_lists",
                        on_delete=OnDelete.SET_NULL,
                        null=True,
                    ),
                ),
            ],
            options={
                "table": "word_list",
                "app": "desk",
                "indexes": [
                    Index(fields=["organization_id", "language"]),
                    Index(fields=["language", "id"]),
                    Index(fields=["updated_by_id"]),
                ],
                "pk_attr": "id",
                "table_description": "Synonyms and stop words of one language, "
                "for one organization or for everybody.",
            },
            bases=["Model"],
        ),
        ops.CreateModel(
            name="GoldenQuery",
            fields=[
                ("id", fields.UUIDField(primary_key=True, default=new_id)),
                ("text", fields.CharField(max_length=200)),
                ("locale", fields.CharField(max_length=16)),
                (
                    "within",
                    fields.IntField(default=3, description="The last place that is good enough"),
                ),
                (
                    "is_binding",
                    fields.BooleanField(
                        default=False, description="Losing it stops a change; else it only warns"
                    ),
                ),
                (
                    "rank",
                    fields.IntField(
                        null=True, description="Place of the article when it was last run"
                    ),
                ),
                ("checked_at", fields.DatetimeField(null=True)),
                ("ticket_id", fields.UUIDField(null=True, description="The request that asked it")),
                ("version", fields.IntField(default=1, description="For optimistic locking")),
                ("created_at", fields.DatetimeField()),
                (
                    "article",
                    fields.ForeignKeyField(
                        "desk.Article",
                        source_field="article_id",
                        to_field="id",
                        related_name="golden_queries",
                        on_delete=OnDelete.CASCADE,
                    ),
                ),
                (
                    "organization",
                    fields.ForeignKeyField(
                        "desk.Organization",
                        source_field="organization_id",
                        to_field="id",
                        related_name="golden_queries",
                        on_delete=OnDelete.CASCADE,
                        null=True,
                    ),
                ),
                (
                    "created_by",
                    fields.ForeignKeyField(
                        "desk.Person",
                        source_field="created_by_id",
                        to_field="id",
                        related_name="golden_queries",
                        on_delete=OnDelete.SET_NULL,
                        null=True,
                    ),
                ),
            ],
            options={
                "table": "golden_query",
                "app": "desk",
                "indexes": [
                    Index(fields=["article_id"]),
                    Index(fields=["organization_id"]),
                    Index(fields=["created_by_id"]),
                    Index(fields=["ticket_id"]),
                    Index(fields=["text", "id"]),
                ],
                "pk_attr": "id",
                "table_description": "A question whose answer must stay among the first: "
                "a test of the search.",
            },
            bases=["Model"],
        ),
        ops.CreateModel(
            name="GoldenRun",
            fields=[
                ("id", fields.UUIDField(primary_key=True, default=new_id)),
                ("occasion", fields.CharEnumField(enum_type=Occasion, max_length=24)),
                (
                    "subject",
                    fields.CharField(max_length=200, default="", description="What was changed"),
                ),
                ("at", fields.DatetimeField()),
                ("asked", fields.IntField(description="How many queries were run")),
                ("kept", fields.IntField(description="How many of them hold after the change")),
                (
                    "was_stopped",
                    fields.BooleanField(default=False, description="The change was not made"),
                ),
                (
                    "organization",
                    fields.ForeignKeyField(
                        "desk.Organization",
                        source_field="organization_id",
                        to_field="id",
                        related_name="golden_runs",
                        on_delete=OnDelete.CASCADE,
                        null=True,
                    ),
                ),
                (
                    "person",
                    fields.ForeignKeyField(
                        "desk.Person",
                        source_field="person_id",
                        to_field="id",
                        related_name="golden_runs",
                        on_delete=OnDelete.SET_NULL,
                        null=True,
                    ),
                ),
            ],
            options={
                "table": "golden_run",
                "app": "desk",
                "indexes": [
                    Index(fields=["at", "id"]),
                    Index(fields=["organization_id", "at"]),
                    Index(fields=["person_id"]),
                ],
                "pk_attr": "id",
                "table_description": "Golden queries were asked, because of a change or by hand.",
            },
            bases=["Model"],
        ),
        ops.CreateModel(
            name="GoldenChange",
            fields=[
                ("id", fields.UUIDField(primary_key=True, default=new_id)),
                (
                    "before",
                    fields.IntField(
                        null=True, description="Place of the article without the change"
                    ),
                ),
                ("after", fields.IntField(null=True, description="Place of the article with it")),
                ("is_loss", fields.BooleanField()),
                (
                    "run",
                    fields.ForeignKeyField(
                        "desk.GoldenRun",
                        source_field="run_id",
                        to_field="id",
                        related_name="changes",
                        on_delete=OnDelete.CASCADE,
                    ),
                ),
                (
                    "query",
                    fields.ForeignKeyField(
                        "desk.GoldenQuery",
                        source_field="query_id",
                        to_field="id",
                        related_name="changes",
                        on_delete=OnDelete.CASCADE,
                    ),
                ),
            ],
            options={
                "table": "golden_change",
                "app": "desk",
                "indexes": [
                    Index(fields=["query_id"]),
                ],
                "unique_together": (("run", "query"),),
                "pk_attr": "id",
                "table_description": "A golden query that a change lost or won back.",
            },
            bases=["Model"],
        ),
    ]
