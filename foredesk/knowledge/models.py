"""Articles, what people asked of them, and what came of it."""

from enum import StrEnum
from uuid import UUID

from tortoise import fields
from tortoise.models import Model

from foredesk.identity import new_id
from foredesk.people.models import Organization, Person, Team


class ArticleState(StrEnum):
    DRAFT = "draft"
    REVIEW = "review"
    PUBLISHED = "published"
    RETIRED = "retired"


class Audience(StrEnum):
    """Who may find a published article: everybody, the people of one organization, the members of
    one team, or agents."""

    PUBLIC = "public"
    ORGANIZATION = "organization"
    GROUP = "group"
    AGENTS = "agents"


class ArticleKind(StrEnum):
    """What sort of answer it is; each but the first has a template."""

    ARTICLE = "article"
    QUESTION = "question"
    HOW_TO = "how_to"
    KNOWN_ERROR = "known_error"


class SearchChannel(StrEnum):
    """Where the words were typed."""

    SEARCH = "search"
    ASK_FORM = "ask_form"
    TICKET = "ticket"
    API = "api"


class DeflectionOutcome(StrEnum):
    """What the person did with an article that a search offered."""

    OPENED = "opened"
    SOLVED = "solved"
    NOT_HELPFUL = "not_helpful"


class Article(Model):
    """One answer in one language. Articles of one `translation_group` say the same.

    A translation knows its original, and up to which version of it it says the same.
    """

    id = fields.UUIDField(primary_key=True, default=new_id)
    slug = fields.CharField(max_length=120, unique=True, description="Last part of its address")
    locale = fields.CharField(max_length=16, default="en")
    translation_group = fields.UUIDField(default=new_id)
    title = fields.CharField(max_length=200)
    summary = fields.TextField(default="")
    body = fields.TextField(default="", description="Markdown")
    section = fields.CharField(max_length=200, default="")
    tags = fields.JSONField[list[str]](default=list)
    audience = fields.CharEnumField(Audience, default=Audience.PUBLIC, max_length=16)
    state = fields.CharEnumField(ArticleState, default=ArticleState.DRAFT, max_length=16)
    version = fields.IntField(default=1, description="Grows with every revision of the text")
    revision = fields.BigIntField(default=0, description="Its newest ArticleChange")
    review_at = fields.DatetimeField(null=True)
    published_at = fields.DatetimeField(null=True)
    created_at = fields.DatetimeField()
    updated_at = fields.DatetimeField()
    source_path = fields.CharField(max_length=500, null=True, unique=True)
    source_hash = fields.CharField(max_length=64, null=True)
    body_html = fields.TextField(default="", description="Safe HTML of the body")
    body_text = fields.TextField(default="", description="The body without markup, for the index")
    headings = fields.JSONField[list[str]](default=list)
    renderer = fields.IntField(default=0, description="Version of the renderer that made these")
    kind = fields.CharEnumField(ArticleKind, default=ArticleKind.ARTICLE, max_length=16)
    is_confidential = fields.BooleanField(default=False, description="As its team is")
    submitted_at = fields.DatetimeField(null=True, description="Since when it waits for a review")
    publish_at = fields.DatetimeField(null=True, description="When it publishes itself")
    retire_at = fields.DatetimeField(null=True, description="When it retires by itself")
    scheduled_version = fields.IntField(null=True, description="Version when it was scheduled")
    published_version = fields.IntField(null=True, description="Version when it was published")
    reviewed_at = fields.DatetimeField(null=True, description="When it was last looked over")
    review_reminded_at = fields.DatetimeField(null=True)
    original_version = fields.IntField(
        null=True, description="Version of its original that it translates"
    )

    organization: fields.ForeignKeyNullableRelation[Organization] = fields.ForeignKeyField(
        "desk.Organization", related_name="articles", on_delete=fields.RESTRICT, null=True
    )
    organization_id: UUID | None
    owner: fields.ForeignKeyNullableRelation[Person] = fields.ForeignKeyField(
        "desk.Person", related_name="owned_articles", on_delete=fields.SET_NULL, null=True
    )
    owner_id: UUID | None
    team: fields.ForeignKeyNullableRelation[Team] = fields.ForeignKeyField(
        "desk.Team", related_name="articles", on_delete=fields.RESTRICT, null=True
    )
    team_id: UUID | None
    submitted_by: fields.ForeignKeyNullableRelation[Person] = fields.ForeignKeyField(
        "desk.Person", related_name="submitted_articles", on_delete=fields.RESTRICT, null=True
    )
    submitted_by_id: UUID | None
    scheduled_by: fields.ForeignKeyNullableRelation[Person] = fields.ForeignKeyField(
        "desk.Person", related_name="scheduled_articles", on_delete=fields.RESTRICT, null=True
    )
    scheduled_by_id: UUID | None
    original: "fields.ForeignKeyNullableRelation[Article]" = fields.ForeignKeyField(
        "desk.Article", related_name="translated_as", on_delete=fields.RESTRICT, null=True
    )
    original_id: UUID | None

    class Meta(Model.Meta):
        table = "article"
        ordering = (
            "title",
            "id",
        )
        indexes = (
            ("state", "locale"),
            ("translation_group", "locale"),
            ("organization_id",),
            ("owner_id",),
            ("review_at",),
            ("updated_at", "id"),
            ("created_at", "id"),
            ("title", "id"),
            ("team_id",),
            ("submitted_by_id",),
            ("scheduled_by_id",),
            ("original_id",),
            ("publish_at",),
            ("retire_at",),
            ("state", "submitted_at"),
        )


class ArticleVersion(Model):
    """The text of an article as it was at one version; the newest is the article's own."""

    id = fields.UUIDField(primary_key=True, default=new_id)
    version = fields.IntField()
    title = fields.CharField(max_length=200)
    summary = fields.TextField(default="")
    body = fields.TextField(default="")
    section = fields.CharField(max_length=200, default="")
    tags = fields.JSONField[list[str]](default=list)
    note = fields.CharField(max_length=200, default="", description="What is new, in a few words")
    restored_from = fields.IntField(null=True, description="Version that it repeats")
    at = fields.DatetimeField()

    article: fields.ForeignKeyRelation[Article] = fields.ForeignKeyField(
        "desk.Article", related_name="versions", on_delete=fields.CASCADE
    )
    article_id: UUID
    author: fields.ForeignKeyNullableRelation[Person] = fields.ForeignKeyField(
        "desk.Person", related_name="article_versions", on_delete=fields.SET_NULL, null=True
    )
    author_id: UUID | None

    class Meta(Model.Meta):
        table = "article_version"
        ordering = ("version",)
        unique_together = (("article", "version"),)
        indexes = (("author_id",),)


class ArticleLink(Model):
    """A link in an article's text to another, by address, so that the order of writing is free."""

    id = fields.UUIDField(primary_key=True, default=new_id)
    target_slug = fields.CharField(max_length=120)
    anchor = fields.CharField(max_length=200, default="")

    article: fields.ForeignKeyRelation[Article] = fields.ForeignKeyField(
        "desk.Article", related_name="links", on_delete=fields.CASCADE
    )
    article_id: UUID

    class Meta(Model.Meta):
        table = "article_link"
        unique_together = (("article", "target_slug", "anchor"),)
        indexes = (("target_slug",),)


class ArticleQuestion(Model):
    """How somebody asked what the article answers (`asked_as`): the search learns from it."""

    id = fields.UUIDField(primary_key=True, default=new_id)
    text = fields.CharField(max_length=200)
    ticket_id = fields.UUIDField(description="The request that the article resolved")
    at = fields.DatetimeField()

    article: fields.ForeignKeyRelation[Article] = fields.ForeignKeyField(
        "desk.Article", related_name="questions", on_delete=fields.CASCADE
    )
    article_id: UUID

    class Meta(Model.Meta):
        table = "article_question"
        ordering = (
            "at",
            "id",
        )
        unique_together = (("article", "ticket_id"),)
        indexes = (("ticket_id",),)


class ArticleRating(Model):
    """One person's or one visitor's vote, which they may change."""

    id = fields.UUIDField(primary_key=True, default=new_id)
    helpful = fields.BooleanField()
    comment = fields.TextField(default="")
    visitor = fields.CharField(max_length=64, null=True)
    at = fields.DatetimeField()

    article: fields.ForeignKeyRelation[Article] = fields.ForeignKeyField(
        "desk.Article", related_name="ratings", on_delete=fields.CASCADE
    )
    article_id: UUID
    person: fields.ForeignKeyNullableRelation[Person] = fields.ForeignKeyField(
        "desk.Person", related_name="article_ratings", on_delete=fields.CASCADE, null=True
    )
    person_id: UUID | None

    class Meta(Model.Meta):
        table = "article_rating"
        unique_together = (("article", "person"), ("article", "visitor"))
        indexes = (("person_id",),)


class ArticleChange(Model):
    """The feed that indexes follow: only the newest change of each article is kept."""

    revision = fields.BigIntField(primary_key=True, generated=False)
    article_id = fields.UUIDField(unique=True)

    class Meta(Model.Meta):
        table = "article_change"
        ordering = ("revision",)


class Search(Model):
    """One question put to the knowledge base and what it would answer, whether shown or not."""

    id = fields.UUIDField(primary_key=True, default=new_id)
    text = fields.CharField(max_length=200)
    locale = fields.CharField(max_length=16)
    channel = fields.CharEnumField(SearchChannel, max_length=16)
    visitor = fields.CharField(max_length=64, null=True)
    results = fields.JSONField[list[str]](
        default=list, description="Ids of the articles, best first"
    )
    total = fields.IntField(default=0)
    shown = fields.BooleanField(default=True)
    ticket_id = fields.UUIDField(null=True, description="The request that was filed after it")
    created_at = fields.DatetimeField()

    person: fields.ForeignKeyNullableRelation[Person] = fields.ForeignKeyField(
        "desk.Person", related_name="searches", on_delete=fields.SET_NULL, null=True
    )
    person_id: UUID | None
    organization: fields.ForeignKeyNullableRelation[Organization] = fields.ForeignKeyField(
        "desk.Organization", related_name="searches", on_delete=fields.CASCADE, null=True
    )
    organization_id: UUID | None

    class Meta(Model.Meta):
        table = "search"
        ordering = ("-created_at",)
        indexes = (
            ("person_id", "created_at"),
            ("visitor", "created_at"),
            ("organization_id", "created_at"),
            ("created_at",),
            ("ticket_id",),
        )


class Deflection(Model):
    """What came of one article that one search offered. `ticket_id`: a request was filed anyway."""

    id = fields.UUIDField(primary_key=True, default=new_id)
    outcome = fields.CharEnumField(DeflectionOutcome, max_length=16)
    at = fields.DatetimeField()
    ticket_id = fields.UUIDField(null=True)

    search: fields.ForeignKeyRelation[Search] = fields.ForeignKeyField(
        "desk.Search", related_name="deflections", on_delete=fields.CASCADE
    )
    search_id: UUID
    article: fields.ForeignKeyRelation[Article] = fields.ForeignKeyField(
        "desk.Article", related_name="deflections", on_delete=fields.CASCADE
    )
    article_id: UUID

    class Meta(Model.Meta):
        table = "deflection"
        unique_together = (("search", "article", "outcome"),)
        indexes = (
            ("article_id", "at"),
            ("ticket_id",),
        )
