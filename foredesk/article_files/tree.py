"""Tree: records as a folder of Markdown files, and back.

foredesk-articles.yaml          says that the folder is one of these
en/reset-your-password.md       an article as it is now
en/reset-your-password/1.md     what it said at its first version
en/reset-your-password/3f….png  a file of it
"""

import hashlib
import re
import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from foredesk.article_files.record import ArticleRecord, FileRecord, Said, VersionRecord
from foredesk.article_files.text import FORMAT, Unreadable, said_in, text_of
from foredesk.knowledge.attach import LARGEST

MARK = "foredesk-articles.yaml"
_LONGEST_STEM = 150
_LONGEST_FILE = 4_000_000


class NoTree(Exception):
    """The folder can't be used like this; the message says why."""


@dataclass(frozen=True, slots=True)
class Place:
    """Where an article lies, below the tree's folder."""

    path: str
    file: Path


def begin_tree(directory: Path) -> None:
    """Make the folder ready to be written. What an earlier export left there is gone then; `.git`
    and whatever else is hidden stays.

    Raises NoTree for a folder that holds something else.
    """
    directory.mkdir(parents=True, exist_ok=True)
    there = [one for one in directory.iterdir() if not one.name.startswith(".")]
    if there and not (directory / MARK).is_file():
        raise NoTree(f"{directory} holds something else: name an empty folder.")
    for one in there:
        shutil.rmtree(one) if one.is_dir() and not one.is_symlink() else one.unlink()
    (directory / MARK).write_text(f"format: {FORMAT}\n", encoding="utf-8")


def write_record(directory: Path, record: ArticleRecord) -> None:
    *older, newest = record.versions
    said = {**record.said, "written": _about(newest)}
    folder = directory / record.said["locale"] / _stem(record)
    if record.files:
        said["files"] = [{**one.said, "path": _file_name(one)} for one in record.files]
    _write(folder.with_name(f"{folder.name}.md"), text_of(_ordered(said)).encode())
    for version in older:
        _write(folder / f"{version.said['version']}.md", text_of(version.said).encode())
    for file in record.files:
        _write(folder / _file_name(file), file.content)


def places(directory: Path) -> Iterator[Place]:
    """The articles of a tree, in a stable order. Raises NoTree."""
    if not (directory / MARK).is_file():
        raise NoTree(f"{directory} has no {MARK}: `foredesk import knowledge` takes other folders.")
    if (directory / MARK).read_text("utf-8").strip() != f"format: {FORMAT}":
        raise NoTree(f"{directory} is of a newer format than this program knows.")
    for locale in sorted(one for one in directory.iterdir() if one.is_dir()):
        if not locale.name.startswith("."):
            for file in sorted(locale.glob("*.md")):
                yield Place(file.relative_to(directory).as_posix(), file)


def read_record(place: Place) -> ArticleRecord:
    """Raises Unreadable."""
    said = said_in(_text(place.file))
    newest, files = said.pop("written", {}), said.pop("files", [])
    if not isinstance(newest, dict) or not isinstance(files, list):
        raise Unreadable("`written` or `files` is not what it should be")
    folder = place.file.with_suffix("")
    older = [said_in(_text(file)) for file in folder.glob("*.md")] if folder.is_dir() else []
    versions = [VersionRecord(one) for one in sorted(older, key=_number)]
    return ArticleRecord(
        said,
        [*versions, VersionRecord(_with_content(said, newest))],
        [_file(folder, one) for one in files],
    )


_ABOUT = ("at", "author", "note", "restored_from")
_FIRST = ("id", "slug", "title", "locale", "kind", "audience", "state", "version")


def _about(version: VersionRecord) -> Said:
    return {name: version.said[name] for name in _ABOUT if name in version.said}


def _with_content(said: Said, about: Said) -> Said:
    content = ("version", "title", "summary", "section", "tags", "body")
    return {**{name: said[name] for name in content if name in said}, **about}


def _ordered(said: Said) -> Said:
    first = {name: said[name] for name in _FIRST if name in said}
    return {**first, **{name: value for name, value in said.items() if name not in first}}


def _stem(record: ArticleRecord) -> str:
    """The slug, as far as every system can name a file by it."""
    slug = str(record.said["slug"])
    name = re.sub(r"[^\w-]", "-", slug)
    cut = name.encode()[:_LONGEST_STEM].decode(errors="ignore")
    is_whole = cut == slug and slug.upper() not in _RESERVED
    return slug if is_whole else f"{cut}-{record.said['id'][-12:]}"


_RESERVED = {
    "CON",
    "PRN",
    "AUX",
    "NUL",
    *(f"{one}{n}" for one in ("COM", "LPT") for n in range(10)),
}


def _file_name(file: FileRecord) -> str:
    """By what is in it: names of files may be too long, or differ only in their case."""
    ending = re.sub(r"[^a-z0-9]", "", str(file.said["name"]).rpartition(".")[2].lower())[:10]
    name = hashlib.sha256(f"{file.said['name']}\n{file.said['digest']}".encode()).hexdigest()[:20]
    return f"{name}.{ending or 'file'}" if ending != "md" else f"{name}.md.file"


def _write(file: Path, content: bytes) -> None:
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_bytes(content)


def _text(file: Path) -> str:
    try:
        raw = _bytes(file, _LONGEST_FILE)
        return raw.decode("utf-8-sig")
    except UnicodeDecodeError as problem:
        raise Unreadable(f"{file.name} is not UTF-8: {problem.reason}") from problem


def _bytes(file: Path, limit: int) -> bytes:
    """Only plain files of the tree itself: a link could lead anywhere."""
    try:
        if file.is_symlink() or file.parent.is_symlink():
            raise Unreadable(f"{file.name} is a link")
        if file.stat().st_size > limit:
            raise Unreadable(f"{file.name} is larger than {limit:,} bytes")
        return file.read_bytes()
    except OSError as problem:
        raise Unreadable(f"{file.name} can't be read: {problem.strerror}") from problem


def _file(folder: Path, listed: object) -> FileRecord:
    if not isinstance(listed, dict) or not isinstance(listed.get("path"), str):
        raise Unreadable("`files` lists something without a path")
    said = {name: value for name, value in listed.items() if name != "path"}
    name = listed["path"]
    if not re.fullmatch(r"[\w-]+(?:\.[\w-]+)+", name):
        raise Unreadable(f"{name!r} is no file beside the article")
    return FileRecord(said, _bytes(folder / name, LARGEST))


def _number(said: Said) -> int:
    number = said.get("version")
    if not isinstance(number, int):
        raise Unreadable("an older version does not say which one it is")
    return number
