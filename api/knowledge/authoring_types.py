"""What authors see of an article: versions, what happened to it, files, and what is proposed."""

from datetime import datetime
from typing import Any

import strawberry

from api.context import Info
from api.enums import describe
from api.fields import column, computed, relation
from api.node import Node
from api.people import Organization, Person
from api.rows import Row
from api.scalars import Url
from foredesk.knowledge import authoring, models
from foredesk.knowledge.attach import visible_attachments
from foredesk.knowledge.authoring import ArticleAct, PublishingRule
from foredesk.knowledge.differences import Line, LineKind, Passage
from foredesk.knowledge.models import ArticleKind
from foredesk.knowledge.notices import visible_events
from foredesk.knowledge.propose import visible_proposals
from foredesk.knowledge.second_person import needs_second_person, visible_rules
from foredesk.knowledge.templates import ArticleTemplate as Template
from foredesk.knowledge.versions import VersionDifferences, visible_versions

describe(
    ArticleAct,
    "What happened to an article.",
    {
        "SUBMITTED": "Somebody asked for a review.",
        "RETURNED": "It was made a draft again.",
        "PUBLISHED": "It was published.",
        "RETIRED": "It was retired.",
        "SCHEDULED": "Times were set at which it publishes itself or retires.",
        "UNSCHEDULED": "The times were taken away.",
        "NOT_PUBLISHED": "It was time to publish it, and that was not possible.",
        "PLACED": "It is for others now.",
        "LOOKED_OVER": "Somebody looked it over and found it right.",
        "PROPOSED": "Somebody proposed a revision.",
        "ACCEPTED": "A proposal was accepted.",
        "DECLINED": "A proposal was declined, or taken back.",
        "ATTACHED": "A file was attached.",
        "DETACHED": "A file was removed.",
    },
)
describe(
    LineKind,
    "Where a line stands.",
    {"SAME": "In both texts.", "REMOVED": "In the text before.", "ADDED": "In the text after."},
    name="ArticleLineKind",
)


@strawberry.type(description="What an article said from one revision to the next.")
class ArticleVersion(Node, visible=visible_versions):
    row: strawberry.Private[models.ArticleVersion]
    version: int = column(description="Number of the version, from 1")
    title: str = column(description="Title of the version")
    summary: str = column(description="Summary of the version")
    body: str = column(description="Text of the version in Markdown")
    section: str = column(description="Section of the version; empty for none")
    tags: list[str] = column(description="Tags of the version")
    note: str = column(description="What was new in it, in a few words; may be empty")
    restored_from: int | None = column(description="Version that it repeats; null for none")
    created_at: datetime = column("at", description="Timestamp of when it was written")
    author: Person | None = relation(
        "author_id", description="Who wrote it; null if it came by itself or they are hidden"
    )


@strawberry.type(description="Something that happened to an article.")
class ArticleEvent(Node, visible=visible_events):
    row: strawberry.Private[authoring.ArticleEvent]
    act: ArticleAct = column(description="What happened")
    version: int = column(description="Version of the article at that time")
    note: str = column(description="What was said about it; may be empty")
    occurred_at: datetime = column("at", description="Timestamp of when it happened")
    actor: Person | None = relation(
        "actor_id", description="Who did it; null if it happened by itself or they are hidden"
    )


@strawberry.type(description="File of an article.")
class ArticleAttachment(Node, visible=visible_attachments):
    row: strawberry.Private[authoring.ArticleAttachment]
    name: str = column(description="Name of the file, unique within the article")
    media_type: str = column(description="Media type of the file, such as application/pdf")
    size: int = column(description="Size of the file in bytes")
    digest: str = column(description="SHA-256 of the file, in hexadecimal digits")
    created_at: datetime = column("at", description="Timestamp of when it was attached")

    @computed(
        description="Address of the file in the portal, for those who read the article",
        needs=("id",),
    )
    def url(self, info: Info) -> Url:
        return Url(f"{info.context.desk.settings.address}/files/{self.row.id}")


@strawberry.type(description="How somebody would revise a published article.")
class ArticleProposal(Row, visible=visible_proposals):
    row: strawberry.Private[authoring.ArticleProposal]
    base_version: int = column(description="Version of the article that it would follow")
    title: str = column(description="Title that is proposed")
    summary: str = column(description="Summary that is proposed")
    body: str = column(description="Text that is proposed, in Markdown")
    section: str = column(description="Section that is proposed")
    tags: list[str] = column(description="Tags that are proposed")
    note: str = column(description="What would be new, in a few words; may be empty")
    proposed_at: datetime = column("at", description="Timestamp of when it was proposed")
    author: Person | None = relation(
        "author_id", description="Who proposes it; null if they are hidden"
    )


@strawberry.type(description="What only those who write articles see of one.")
class ArticleAuthoring:
    row: strawberry.Private[models.Article]

    @computed(description="Timestamp since which it waits for a review; null if it does not")
    def submitted_at(self) -> datetime | None:
        return self.row.submitted_at

    @computed(description="Who asked for the review; null for nobody, or if they are hidden")
    async def submitted_by(self, info: Info) -> Person | None:
        return await person(info, self.row.submitted_by_id)

    @computed(description="Timestamp of when it publishes itself; null for never")
    def publish_at(self) -> datetime | None:
        return self.row.publish_at

    @computed(description="Timestamp of when it retires by itself; null for never")
    def retire_at(self) -> datetime | None:
        return self.row.retire_at

    @computed(description="Who set these times; null for nobody, or if they are hidden")
    async def scheduled_by(self, info: Info) -> Person | None:
        return await person(info, self.row.scheduled_by_id)

    @computed(description="Version that was published last; null if none was")
    def published_version(self) -> int | None:
        return self.row.published_version

    @computed(description="Timestamp of when somebody last found it right; null for never")
    def reviewed_at(self) -> datetime | None:
        return self.row.reviewed_at

    @computed(description="Indicates that nobody publishes what they wrote of it themselves")
    async def is_second_person_needed(self) -> bool:
        return await needs_second_person(self.row)

    @computed(description="Revision of it that somebody proposes; null if nobody does")
    async def proposal(self, info: Info) -> ArticleProposal | None:
        proposals = visible_proposals(info.context.viewer)
        row = await proposals.get_or_none(article_id=self.row.id)
        return ArticleProposal(row=row) if row else None


@strawberry.type(description="What an article of a kind begins with.")
class ArticleTemplate:
    kind: ArticleKind = strawberry.field(description="Kind of article")
    name: str = strawberry.field(description="Name of the kind, in the language asked for")
    purpose: str = strawberry.field(description="What it is for")
    body: str = strawberry.field(description="Text to begin with, in Markdown")

    @classmethod
    def of(cls, one: Template) -> "ArticleTemplate":
        return cls(kind=one.kind, name=one.name, purpose=one.purpose, body=one.body)


@strawberry.type(description="Whether an organization's articles need a second person.")
class ArticlePublishingRule(Row, visible=visible_rules):
    row: strawberry.Private[PublishingRule]
    is_second_person_needed: bool = column(
        "needs_second_person",
        description="Indicates that nobody publishes what they wrote themselves",
    )
    version: int = column(description="Version of the rule for expectedVersion")
    changed_at: datetime = column(description="Timestamp of its last change")

    organization: Organization | None = relation(
        "organization_id", description="The organization; null for articles that belong to none"
    )


@strawberry.type(description="Part of a line.")
class ArticleLinePiece:
    text: str = strawberry.field(description="Words of the part")
    is_changed: bool = strawberry.field(description="Indicates that the other text lacks it")


@strawberry.type(description="Line of either of two texts.")
class ArticleLine:
    kind: LineKind = strawberry.field(description="Where the line stands")
    text: str = strawberry.field(description="The whole line")
    pieces: list[ArticleLinePiece] = strawberry.field(description="Its parts, in order")
    line_before: int | None = strawberry.field(
        description="Line number in the text before; null if it is not there"
    )
    line_after: int | None = strawberry.field(
        description="Line number in the text after; null if it is not there"
    )

    @classmethod
    def of(cls, line: Line) -> "ArticleLine":
        return cls(
            kind=line.kind,
            text=line.text,
            pieces=[ArticleLinePiece(text=p.text, is_changed=p.is_changed) for p in line.pieces],
            line_before=line.number_before,
            line_after=line.number_after,
        )


@strawberry.type(description="Lines that follow each other, with changes among them.")
class ArticlePassage:
    lines: list[ArticleLine] = strawberry.field(description="The lines, in order")

    @classmethod
    def of(cls, passage: Passage) -> "ArticlePassage":
        return cls(lines=[ArticleLine.of(line) for line in passage.lines])


@strawberry.type(description="Value that differs between two versions.")
class ArticleFieldDifference:
    field: str = strawberry.field(description="What differs: title, summary, section or tags")
    before: str = strawberry.field(description="Value before")
    after: str = strawberry.field(description="Value after")


@strawberry.type(description="How two texts of an article differ.")
class ArticleDifferences:
    fields: list[ArticleFieldDifference] = strawberry.field(
        description="Values that differ, but for the text"
    )
    passages: list[ArticlePassage] = strawberry.field(
        description="Passages of the text that differ, with three lines around them, at most 200"
    )

    @classmethod
    def of(cls, found: VersionDifferences) -> "ArticleDifferences":
        return cls(
            fields=[
                ArticleFieldDifference(field=one.field, before=one.before, after=one.after)
                for one in found.fields
            ],
            passages=[ArticlePassage.of(one) for one in found.passages[:200]],
        )


async def person(info: Info, id: Any) -> Person | None:
    row = await info.context.loaders.of(Person).load(id) if id else None
    return Person(row=row) if row else None
