"""What makes the search better: words of an organization, and questions that must stay answered."""

from enum import StrEnum
from uuid import UUID

from tortoise import fields
from tortoise.models import Model

from foredesk.catalog.models import Service
from foredesk.identity import new_id
from foredesk.knowledge.models import Article
from foredesk.people.models import Organization, Person


class Occasion(StrEnum):
    """Why golden queries were run."""

    BY_HAND = "by_hand"
    PUBLISHED = "published"
    WORDS_CHANGED = "words_changed"
    PLUGIN_CHANGED = "plugin_changed"
    ANALYSIS_CHANGED = "analysis_changed"


class ArticleService(Model):
    """A service that an article is about."""

    id = fields.UUIDField(primary_key=True, default=new_id)

    article: fields.ForeignKeyRelation[Article] = fields.ForeignKeyField(
        "desk.Article", related_name="services", on_delete=fields.CASCADE
    )
    article_id: UUID
    service: fields.ForeignKeyRelation[Service] = fields.ForeignKeyField(
        "desk.Service", related_name="articles", on_delete=fields.CASCADE
    )
    service_id: UUID

    class Meta(Model.Meta):
        table = "article_service"
        unique_together = (("article", "service"),)
        indexes = (("service_id",),)


class WordList(Model):
    """Synonyms and stop words of one language, for one organization or for everybody."""

    id = fields.UUIDField(primary_key=True, default=new_id)
    language = fields.CharField(max_length=16)
    synonyms = fields.JSONField[list[list[str]]](
        default=list, description="Groups of words that stand for one another"
    )
    stop_words = fields.JSONField[list[str]](default=list)
    version = fields.IntField(default=1, description="For optimistic locking")
    updated_at = fields.DatetimeField()

    organization: fields.ForeignKeyNullableRelation[Organization] = fields.ForeignKeyField(
        "desk.Organization", related_name="word_lists", on_delete=fields.CASCADE, null=True
    )
    organization_id: UUID | None
    updated_by: fields.ForeignKeyNullableRelation[Person] = fields.ForeignKeyField(
        "desk.Person", related_name="word_lists", on_delete=fields.SET_NULL, null=True
    )
    updated_by_id: UUID | None

    class Meta(Model.Meta):
        table = "word_list"
        ordering = ("language", "id")
        indexes = (("organization_id", "language"), ("language", "id"), ("updated_by_id",))


class GoldenQuery(Model):
    """A question whose answer must stay among the first: a test of the search.

    It is asked as somebody of the organization; without one, as somebody who is not signed in.
    """

    id = fields.UUIDField(primary_key=True, default=new_id)
    text = fields.CharField(max_length=200)
    locale = fields.CharField(max_length=16)
    within = fields.IntField(default=3, description="The last place that is good enough")
    is_binding = fields.BooleanField(
        default=False, description="Losing it stops a change; else it only warns"
    )
    rank = fields.IntField(null=True, description="Place of the article when it was last run")
    checked_at = fields.DatetimeField(null=True)
    ticket_id = fields.UUIDField(null=True, description="The request that asked it")
    version = fields.IntField(default=1, description="For optimistic locking")
    created_at = fields.DatetimeField()

    article: fields.ForeignKeyRelation[Article] = fields.ForeignKeyField(
        "desk.Article", related_name="golden_queries", on_delete=fields.CASCADE
    )
    article_id: UUID
    organization: fields.ForeignKeyNullableRelation[Organization] = fields.ForeignKeyField(
        "desk.Organization", related_name="golden_queries", on_delete=fields.CASCADE, null=True
    )
    organization_id: UUID | None
    created_by: fields.ForeignKeyNullableRelation[Person] = fields.ForeignKeyField(
        "desk.Person", related_name="golden_queries", on_delete=fields.SET_NULL, null=True
    )
    created_by_id: UUID | None

    @property
    def holds(self) -> bool:
        return is_kept(self, self.rank)

    class Meta(Model.Meta):
        table = "golden_query"
        ordering = ("text", "id")
        indexes = (
            ("article_id",),
            ("organization_id",),
            ("created_by_id",),
            ("ticket_id",),
            ("text", "id"),
        )


def is_kept(query: GoldenQuery, rank: int | None) -> bool:
    """Whether this place of its article is good enough."""
    return rank is not None and rank <= query.within


class GoldenRun(Model):
    """Golden queries were asked, because of a change or by hand."""

    id = fields.UUIDField(primary_key=True, default=new_id)
    occasion = fields.CharEnumField(Occasion, max_length=24)
    subject = fields.CharField(max_length=200, default="", description="What was changed")
    at = fields.DatetimeField()
    asked = fields.IntField(description="How many queries were run")
    kept = fields.IntField(description="How many of them hold after the change")
    was_stopped = fields.BooleanField(default=False, description="The change was not made")

    organization: fields.ForeignKeyNullableRelation[Organization] = fields.ForeignKeyField(
        "desk.Organization", related_name="golden_runs", on_delete=fields.CASCADE, null=True
    )
    organization_id: UUID | None
    person: fields.ForeignKeyNullableRelation[Person] = fields.ForeignKeyField(
        "desk.Person", related_name="golden_runs", on_delete=fields.SET_NULL, null=True
    )
    person_id: UUID | None

    class Meta(Model.Meta):
        table = "golden_run"
        ordering = ("-at", "-id")
        indexes = (("at", "id"), ("organization_id", "at"), ("person_id",))


class GoldenChange(Model):
    """A golden query that a change lost or won back."""

    id = fields.UUIDField(primary_key=True, default=new_id)
    before = fields.IntField(null=True, description="Place of the article without the change")
    after = fields.IntField(null=True, description="Place of the article with it")
    is_loss = fields.BooleanField()

    run: fields.ForeignKeyRelation[GoldenRun] = fields.ForeignKeyField(
        "desk.GoldenRun", related_name="changes", on_delete=fields.CASCADE
    )
    run_id: UUID
    query: fields.ForeignKeyRelation[GoldenQuery] = fields.ForeignKeyField(
        "desk.GoldenQuery", related_name="changes", on_delete=fields.CASCADE
    )
    query_id: UUID

    class Meta(Model.Meta):
        table = "golden_change"
        ordering = ("id",)
        unique_together = (("run", "query"),)
        indexes = (("query_id",),)
