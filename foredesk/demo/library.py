"""The demo's articles: Markdown files with front matter, one folder per language."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import yaml

from foredesk.knowledge.models import Audience

LANGUAGES = ("en", "de")
EXTENDED = ("vpn-drops", "report-phishing", "slow-computer", "vpn-bricht-ab")
"""Pages whose last part is written only in the middle of the story."""
FOLDER = Path(__file__).parent / "articles"
_RELATIVE = re.compile(r"\]\(([\w-]+)\.md(#[\w-]+)?\)")


@dataclass(frozen=True, slots=True)
class Page:
    """One article as written. Pages of one `translation` say the same in other languages."""

    slug: str
    locale: str
    title: str
    summary: str
    section: str
    tags: tuple[str, ...]
    translation: str
    audience: Audience
    organization: str
    text: str

    @property
    def body(self) -> str:
        """The text with links between files turned into addresses of articles."""
        return _RELATIVE.sub(r"](/articles/\1\2)", self.text)

    @property
    def linked_slugs(self) -> frozenset[str]:
        return frozenset(slug for slug, _ in _RELATIVE.findall(self.text))

    @property
    def first_text(self) -> str:
        """The body without its last part: how articles begin that were extended since."""
        return self.body.rpartition("\n## ")[0].rstrip() + "\n"


@cache
def pages() -> tuple[Page, ...]:
    """All of them, English first, so that translations follow their originals."""
    return tuple(
        _page(file, locale)
        for locale in LANGUAGES
        for file in sorted((FOLDER / locale).glob("*.md"))
    )


def _page(file: Path, locale: str) -> Page:
    _, head, text = file.read_text(encoding="utf-8").split("---\n", 2)
    values: Mapping[str, str] = yaml.safe_load(head)
    return Page(
        slug=file.stem,
        locale=locale,
        title=values["title"],
        summary=values["summary"],
        section=values["section"],
        tags=tuple(values["tags"]),
        translation=values["translation"],
        audience=Audience(values["audience"]),
        organization=values.get("organization", ""),
        text=text.strip() + "\n",
    )
