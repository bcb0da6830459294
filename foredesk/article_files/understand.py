"""Understand: what a record says, checked, as columns of an article and of what belongs to it."""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any
from uuid import UUID

from foredesk.article_files import record as names
from foredesk.article_files.record import ArticleRecord, FileRecord, Said, VersionRecord
from foredesk.article_files.text import Unreadable
from foredesk.catalog.models import Service
from foredesk.errors import InvalidInput
from foredesk.knowledge.file_types import media_type_of
from foredesk.knowledge.models import Audience
from foredesk.knowledge.slugs import may_be_slug
from foredesk.knowledge.wording import language_tag
from foredesk.knowledge.write import cleaned
from foredesk.people.models import Organization, Person, Team

Columns = dict[str, Any]


@dataclass(slots=True)
class Understood:
    """`unknown` names what this desk does not know, and so is left out."""

    id: UUID
    columns: Columns
    versions: list[Columns]
    files: list[tuple[Columns, bytes]]
    services: list[UUID]
    unknown: list[str] = field(default_factory=list)

    def is_said_by(self, other: "Understood") -> bool:
        """Whether both make the same article here, wherever it lies and came from."""
        place = {"slug", "source_path", "original_id"}
        return (
            {name: value for name, value in self.columns.items() if name not in place}
            == {name: value for name, value in other.columns.items() if name not in place}
            and {one["name"]: one["digest"] for one, _ in self.files}
            == {one["name"]: one["digest"] for one, _ in other.files}
            and sorted(self.services) == sorted(other.services)
        )


@dataclass(frozen=True, slots=True)
class Known:
    """Ids of what records name: people by address, organizations by slug, teams and services by
    key. Whether a team is confidential decides whether its articles are."""

    people: Mapping[str, UUID]
    organizations: Mapping[str, UUID]
    teams: Mapping[str, UUID]
    services: Mapping[str, UUID]
    confidential: frozenset[UUID]


async def all_known() -> Known:
    teams = await Team.all()
    return Known(
        dict(await Person.all().values_list("email", "id")),
        dict(await Organization.all().values_list("slug", "id")),
        {team.key: team.id for team in teams},
        dict(await Service.all().values_list("key", "id")),
        frozenset(team.id for team in teams if team.is_confidential),
    )


def understood(record: ArticleRecord, known: Known) -> Understood:
    """Raises Unreadable for what can't be kept: it is not guessed at."""
    try:
        return _Reading(known).article(record)
    except InvalidInput as refusal:
        raise Unreadable(f"{refusal.path[0]}: {refusal.message}") from refusal


class _Reading:
    def __init__(self, known: Known) -> None:
        self._known = known
        self._unknown: list[str] = []

    def article(self, record: ArticleRecord) -> Understood:
        said = record.said
        _refuse_unknown_names(said)
        columns: Columns = {**_content(said), **_numbers(said, names.PLAIN)}
        columns["locale"] = language_tag("locale", str(said.get("locale", "")))
        columns["slug"] = _slug(said)
        columns["source_path"] = _text(said, "source_path", 500)
        columns["source_hash"] = _text(said, "source_hash", 64)
        for name, kind in names.CHOICES.items():
            columns[name] = _choice(kind, name, said)
        columns |= {name: _key(said, name) for name in names.KEYS if name != "id"}
        columns |= {name: _time(said, name) for name in names.TIMES}
        for name, column in names.PEOPLE.items():
            columns[column] = self._person(said.get(name))
        self._place(said, columns)
        columns["version"] = columns["version"] or 1
        for name in ("created_at", "updated_at"):
            if columns[name] is None:
                raise Unreadable(f"it does not say {name}")
        id = _key(said, "id")
        if id is None:
            raise Unreadable("it has no id")
        columns["translation_group"] = columns["translation_group"] or id
        return Understood(
            id,
            columns,
            [self._version(one) for one in record.versions],
            [self._file(one) for one in record.files],
            self._services(said.get("services", [])),
            self._unknown,
        )

    def _place(self, said: Said, columns: Columns) -> None:
        """An article whose readers are not known here is for nobody: it is refused."""
        known = {"organization": self._known.organizations, "team": self._known.teams}
        for name, column in names.PLACES.items():
            columns[column] = known[name].get(str(said[name])) if said.get(name) else None
            if said.get(name) and columns[column] is None:
                raise Unreadable(f"there is no {name} {said[name]!r} here")
        audience = columns["audience"]
        if (columns["organization_id"] is None) is (audience is Audience.ORGANIZATION):
            raise Unreadable("its audience and its organization do not go together")
        if (columns["team_id"] is None) is (audience is Audience.GROUP):
            raise Unreadable("its audience and its team do not go together")
        columns["is_confidential"] = columns["team_id"] in self._known.confidential

    def _version(self, version: VersionRecord) -> Columns:
        said = version.said
        columns = {**_content(said), **_numbers(said, names.VERSION_PLAIN)}
        columns["note"] = _text(said, "note", 200) or ""
        columns["at"], columns["author_id"] = _time(said, "at"), self._person(said.get("author"))
        return columns

    def _file(self, file: FileRecord) -> tuple[Columns, bytes]:
        name, said = str(file.said.get("name", "")), file.said
        if hashlib.sha256(file.content).hexdigest() != said.get("digest"):
            raise Unreadable(f"the file {name!r} is not the one that was exported")
        return {
            "name": name,
            "media_type": media_type_of(name, file.content),
            "size": len(file.content),
            "digest": said["digest"],
            "at": _time(said, "at"),
            "author_id": self._person(said.get("author")),
        }, file.content

    def _services(self, keys: object) -> list[UUID]:
        if not isinstance(keys, list):
            raise Unreadable("services is no list")
        found = {str(key): self._known.services.get(str(key)) for key in keys}
        self._unknown += [f"service {key}" for key, id in found.items() if id is None]
        return [id for id in found.values() if id]

    def _person(self, email: object) -> UUID | None:
        id = self._known.people.get(str(email)) if email else None
        if email and id is None and f"person {email}" not in self._unknown:
            self._unknown.append(f"person {email}")
        return id


_NUMBERS = frozenset(
    {"version", "scheduled_version", "published_version", "original_version", "restored_from"}
)
_NAMES = {*names.PLAIN, *names.KEYS, *names.CHOICES, *names.TIMES}
_NAMES |= {*names.PEOPLE, *names.PLACES, "services"}


def _refuse_unknown_names(said: Said) -> None:
    """A slip of the pen is told, and not passed over."""
    odd = sorted(set(said) - _NAMES)
    if odd:
        raise Unreadable(f"it says something of {', '.join(odd)}, which articles do not have")


def _content(said: Said) -> Columns:
    tags = said.get("tags", [])
    if not isinstance(tags, list):
        raise Unreadable("tags is no list")
    texts = {name: str(said.get(name, "")) for name in ("title", "summary", "body", "section")}
    return cleaned(**texts, tags=[str(tag) for tag in tags])


def _numbers(said: Said, wanted: tuple[str, ...]) -> Columns:
    columns: Columns = {}
    for name in _NUMBERS.intersection(wanted):
        value = said.get(name)
        if value is not None and not (isinstance(value, int) and 0 < value < 2**31):
            raise Unreadable(f"{name} is no number")
        columns[name] = value
    return columns


def _slug(said: Said) -> str:
    slug = str(said.get("slug", ""))
    if not may_be_slug(slug) or "/" in slug:
        raise Unreadable("it has no slug")
    return slug


def _text(said: Said, name: str, limit: int) -> str | None:
    value = said.get(name)
    if value is None:
        return None
    if not isinstance(value, str) or len(value) > limit or "\0" in value:
        raise Unreadable(f"{name} is no text of at most {limit} characters")
    return value


def _choice(kind: Any, name: str, said: Said) -> Any:
    try:
        return kind(said.get(name))
    except ValueError as problem:
        raise Unreadable(f"{said.get(name)!r} is no {name}") from problem


def _key(said: Said, name: str) -> UUID | None:
    try:
        return UUID(str(said[name])) if said.get(name) else None
    except ValueError as problem:
        raise Unreadable(f"{name} is no id") from problem


def _time(said: Said, name: str) -> datetime | None:
    value = said.get(name)
    if value is None:
        return None
    try:
        at = value if isinstance(value, datetime) else datetime.fromisoformat(str(value))
    except ValueError as problem:
        raise Unreadable(f"{name} is no time") from problem
    return at if at.tzinfo else at.replace(tzinfo=UTC)
