"""Prose: an article's safe HTML, made ready for a page."""

from dataclasses import dataclass
from html.parser import HTMLParser

from markupsafe import Markup

from portal.words import Words

WORTH_A_LIST = 4


@dataclass(frozen=True, slots=True)
class Heading:
    anchor: str
    text: str


def body(html: str, words: Words) -> Markup:
    """Wide tables scroll by themselves, by keys too; the rest is as the article has it."""
    label = Markup.escape(words("Table"))
    opening = f'<div class="scroll" tabindex="0" role="group" aria-label="{label}"><table'
    return Markup(html.replace("<table", opening).replace("</table>", "</table></div>"))


def contents(html: str) -> list[Heading]:
    """The main headings, when there are enough of them to be worth a list."""
    reader = _Headings()
    reader.feed(html)
    return reader.found if len(reader.found) >= WORTH_A_LIST else []


class _Headings(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.found: list[Heading] = []
        self._anchor: str | None = None
        self._text: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag == "h2":
            self._anchor, self._text = dict(attrs).get("id"), []

    def handle_data(self, data: str) -> None:
        self._text.append(data)

    def handle_endtag(self, tag: str) -> None:
        if tag == "h2" and self._anchor:
            self.found.append(Heading(self._anchor, "".join(self._text).strip()))
            self._anchor = None
