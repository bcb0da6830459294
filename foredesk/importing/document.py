"""Document: one file read, understood, and still with the links that it had there."""

import codecs
from dataclasses import dataclass, field

from foredesk.importing.cleaning import clean
from foredesk.importing.front_matter import FrontMatter, split_front_matter
from foredesk.importing.headings import first_heading
from foredesk.importing.prose import Prose
from foredesk.importing.report import Refused
from foredesk.importing.tree import SourceFile, locale_of
from foredesk.knowledge.wording import kept

SIZE_LIMIT = 2_000_000
_TAGS_AT_MOST = 20
_MARKED = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)


@dataclass(slots=True)
class Document:
    """`prose` is the cleaned text without the title. `address` is its own in the front matter.

    `written` is the file as it was, to find lines in.
    """

    source: SourceFile
    locale: str
    title: str = ""
    summary: str = ""
    tags: tuple[str, ...] = ()
    address: str = ""
    is_draft: bool = False
    prose: Prose = field(default_factory=lambda: Prose(""))
    written: str = ""

    def line_of(self, piece: str) -> int | None:
        position = self.written.find(piece)
        return self.written.count("\n", 0, position) + 1 if position >= 0 else None


def read(source: SourceFile, locale: str) -> Document:
    """Understand one file; `locale` is for those that name none and lie in no language's folder.

    Raises Refused with the reason, and the line where it is known.
    """
    written = _decoded(source)
    front, body = split_front_matter(written)
    prose = Prose.of(kept(body))
    prose.text = clean(prose.text)
    title, prose.text = _title(front, prose)
    if not prose.text.strip():
        raise Refused("it has no text", front.lines + 1)
    return Document(
        source=source,
        locale=_locale(front) or source.locale or locale,
        title=title,
        summary=front.text("description", "summary"),
        tags=front.texts("tags", "keywords")[:_TAGS_AT_MOST],
        address=front.text("slug"),
        is_draft=front.is_set("draft") or front.is_set("unlisted"),
        prose=prose,
        written=written,
    )


def _decoded(source: SourceFile) -> str:
    if source.file.is_symlink() and not source.file.exists():
        raise Refused("the link leads nowhere")
    try:
        raw = source.file.read_bytes()
    except OSError as problem:
        raise Refused(f"cannot be read: {problem.strerror}") from problem
    if len(raw) > SIZE_LIMIT:
        raise Refused(f"is larger than {SIZE_LIMIT:,} bytes")
    if b"\0" in raw and not raw.startswith(_MARKED):
        line = raw.count(b"\n", 0, raw.index(b"\0")) + 1
        raise Refused("is not text: it has NUL characters", line)
    try:
        text = raw.decode("utf-16" if raw.startswith(_MARKED) else "utf-8-sig")
    except UnicodeDecodeError as problem:
        line = raw.count(b"\n", 0, problem.start) + 1
        raise Refused(f"is not UTF-8: {problem.reason}", line) from problem
    return text.replace("\r\n", "\n").replace("\r", "\n")


def _title(front: FrontMatter, prose: Prose) -> tuple[str, str]:
    """The title, and the text without a first heading that only repeats it."""
    heading, rest = first_heading(prose)
    title = front.text("title") or heading or front.text("sidebar_label")
    if not title:
        raise Refused("it has neither a title nor a heading", front.lines + 1)
    if heading and heading.casefold() == title.casefold():
        return title, rest
    return title, prose.text


def _locale(front: FrontMatter) -> str | None:
    written = front.text("lang", "language", "locale")
    if not written:
        return None
    locale = locale_of(written)
    if locale is None:
        raise Refused(f"unknown language {written!r} in the front matter", 1)
    return locale
