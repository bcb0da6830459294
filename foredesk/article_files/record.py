"""Record: an article with everything that belongs to it, in words that hold on every desk.

People are named by their mail addresses, organizations by their slugs, teams and services by their
keys: what a desk does not know of these, it leaves out and says so.
"""

from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import Any

from foredesk.knowledge.models import ArticleKind, ArticleState, Audience

Said = dict[str, Any]
"""Texts, numbers and lists of texts by name; what is empty is left out."""

CONTENT = ("title", "summary", "section", "tags", "body")
PLAIN = (
    *("slug", "locale", "title", "summary", "section", "tags", "body", "version"),
    *("scheduled_version", "published_version", "original_version", "source_path", "source_hash"),
)
KEYS = ("id", "translation_group", "original_id")
CHOICES: dict[str, type[StrEnum]] = {
    "kind": ArticleKind,
    "audience": Audience,
    "state": ArticleState,
}
TIMES = (
    *("created_at", "updated_at", "published_at", "review_at", "reviewed_at"),
    *("review_reminded_at", "submitted_at", "publish_at", "retire_at"),
)
PEOPLE = {"owner": "owner_id", "submitted_by": "submitted_by_id", "scheduled_by": "scheduled_by_id"}
PLACES = {"organization": "organization_id", "team": "team_id"}
DERIVED = frozenset(
    {"revision", "body_html", "body_text", "headings", "renderer", "is_confidential"}
)
"""Columns that follow from the others, or count something of this desk alone."""

VERSION_PLAIN = ("version", "title", "summary", "section", "tags", "body", "note", "restored_from")
VERSION_DERIVED = frozenset({"id", "article_id"})


@dataclass(slots=True)
class VersionRecord:
    """What an article said at one version. `said` has its `at`, and its `author` by address."""

    said: Said


@dataclass(slots=True)
class FileRecord:
    """An attachment. `said` has `name`, `digest`, `at` and `author`."""

    said: Said
    content: bytes


@dataclass(slots=True)
class ArticleRecord:
    """`said` is what the article is now; `versions` are all of them, oldest first."""

    said: Said
    versions: list[VersionRecord] = field(default_factory=list)
    files: list[FileRecord] = field(default_factory=list)

    @property
    def content(self) -> Said:
        return {name: self.said.get(name) for name in CONTENT}


def without_empty(said: Said) -> Said:
    return {name: value for name, value in said.items() if value not in (None, "", [], ())}


def written_time(at: datetime | None) -> str | None:
    return at.isoformat() if at else None
