"""Render: an article's Markdown as safe HTML, as plain text for the index, and as links."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise

import nh3
from markdown_it.token import Token

from foredesk.errors import InvalidInput
from foredesk.knowledge.admonitions import KINDS
from foredesk.knowledge.labels import label
from foredesk.knowledge.markdown import FILE, article_link, parser, plain
from foredesk.knowledge.wording import kept

RENDERER = 2
"""Grows whenever the same Markdown would give another result; older HTML is then made anew."""

BODY_LIMIT = 300_000
"""Characters. The longest real article that we know has 256,000 and takes an eighth of a second."""

LEAD_LIMIT = 300


@dataclass(frozen=True, slots=True)
class Rendered:
    """`text` is everything but the headings; `lead` the beginning of the first paragraph."""

    html: str
    text: str
    headings: tuple[str, ...]
    links: tuple[tuple[str, str], ...]
    """Slug and anchor of every article that it links to."""
    lead: str


@lru_cache(maxsize=64)
def render(body: str, locale: str = "en") -> Rendered:
    """Raises InvalidInput when the body is too long."""
    if len(body) > BODY_LIMIT:
        raise InvalidInput("body", f"Use at most {BODY_LIMIT:,} characters.")
    env = {"locale": locale}
    tokens = _PARSER.parse(kept(body), env)
    html = _PARSER.renderer.render(tokens, _PARSER.options, env)
    return Rendered(
        html=_CLEANER.clean(html),
        text="\n".join(_texts(tokens, locale)),
        headings=tuple(filter(None, _headings(tokens))),
        links=tuple(dict.fromkeys(_links(tokens))),
        lead=_lead(tokens),
    )


_PARSER = parser()

_CLASSES = {
    "a": {"image-link"},
    "aside": {"admonition", *(f"admonition-{kind}" for kind in KINDS)},
    "p": {"admonition-title"},
    "td": {"align-left", "align-center", "align-right"},
    "th": {"align-left", "align-center", "align-right"},
}
_TAGS = {
    *("p", "br", "hr", "h2", "h3", "h4", "h5", "h6", "blockquote", "pre", "ul", "ol", "li"),
    *("a", "code", "em", "strong", "s", "aside", "details", "summary", "img"),
    *("table", "thead", "tbody", "tr", "th", "td"),
}


def _kept_value(tag: str, attribute: str, value: str) -> str | None:
    """A picture is never called from anywhere but here."""
    is_elsewhere = (tag, attribute) == ("img", "src") and not FILE.fullmatch(value)
    return None if is_elsewhere else value


_CLEANER = nh3.Cleaner(
    tags=_TAGS,
    attributes={
        "a": {"href", "title"},
        "img": {"src", "alt", "loading"},
        "ol": {"start"},
        **{f"h{level}": {"id"} for level in range(2, 7)},
    },
    allowed_classes=_CLASSES,
    url_schemes={"http", "https", "mailto", "tel"},
    link_rel="noopener noreferrer nofollow",
    strip_comments=True,
    attribute_filter=_kept_value,
)


def _texts(tokens: Sequence[Token], locale: str) -> Iterable[str]:
    for number, token in enumerate(tokens):
        if token.type == "admonition_open":
            yield token.content or label(token.info, locale)
        elif token.type in ("fence", "code_block"):
            yield token.content.rstrip("\n")
        elif token.type == "inline" and tokens[number - 1].type != "heading_open":
            yield plain(token)


def _headings(tokens: Sequence[Token]) -> Iterable[str]:
    for opening, inline in pairwise(tokens):
        if opening.type == "heading_open":
            yield plain(inline).strip()


def _links(tokens: Sequence[Token]) -> Iterable[tuple[str, str]]:
    for part in (part for token in tokens for part in token.children or ()):
        if part.type == "link_open" and (link := article_link(str(part.attrGet("href") or ""))):
            yield link


def _lead(tokens: Sequence[Token]) -> str:
    """The first paragraph that stands in no box, table or list, cut at the end of a word."""
    for opening, inline in pairwise(tokens):
        is_free = opening.type == "paragraph_open" and opening.level == 0
        if is_free and (words := " ".join(_without_images(inline).split())):
            return _cut(words)
    return ""


def _without_images(inline: Token) -> str:
    if any(part.type != "image" for part in inline.children or ()):
        return plain(inline)
    return ""


def _cut(words: str) -> str:
    if len(words) <= LEAD_LIMIT:
        return words
    whole, _, _ = words[:LEAD_LIMIT].rpartition(" ")
    return (whole or words[: LEAD_LIMIT - 1]) + "…"
