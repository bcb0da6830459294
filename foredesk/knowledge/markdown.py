"""Markdown: the dialect that articles are written in, parsed once for HTML, text and links.

CommonMark without HTML, with tables, strikethrough, admonitions, line breaks as `<br>` and
headings that may name their anchor (`{#name}`). Pictures are files of articles; others become
links: an article never makes a reader's browser call another site.
"""

import re
from collections.abc import Sequence
from itertools import pairwise
from typing import Any
from urllib.parse import unquote, urlsplit

from markdown_it import MarkdownIt
from markdown_it.common.utils import escapeHtml
from markdown_it.renderer import RendererHTML
from markdown_it.rules_core import StateCore
from markdown_it.rules_inline import StateInline
from markdown_it.token import Token

from foredesk.knowledge.admonitions import DETAILS, admonitions
from foredesk.knowledge.labels import label
from foredesk.knowledge.slugs import anchor_of

ANCHOR_PREFIX = "h-"
"""Before every anchor, so that no heading takes the name of a part of the page around it."""

ARTICLES = "/articles/"
FILE = re.compile(r"/files/[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}")
"""The address of an article's file."""

_NAMED = re.compile(r"[ \t]*\{#([\w.:-]+)\}[ \t]*$")
_BREAK = re.compile(r"<br[ \t]*/?>", re.IGNORECASE)
_ALIGN = re.compile(r"text-align:(left|center|right)")


def parser() -> MarkdownIt:
    md = MarkdownIt("commonmark", {"html": False}).enable(["table", "strikethrough"])
    admonitions(md)
    md.inline.ruler.before("autolink", "line_break", _line_break)
    md.core.ruler.push("anchors", _anchors)
    md.core.ruler.push("alignment", _alignment)
    md.core.ruler.push("addresses", _addresses)
    md.add_render_rule("image", _image)
    md.add_render_rule("admonition_open", _admonition_open)
    return md


def plain(inline: Token) -> str:
    """What a reader sees of a run of text."""
    return "".join(_plain_part(part) for part in inline.children or ())


def article_link(href: str) -> tuple[str, str] | None:
    """Slug and anchor of a link to an article of ours."""
    if not href.startswith(ARTICLES):
        return None
    address = urlsplit(href)
    slug = unquote(address.path[len(ARTICLES) :].strip("/"))
    anchor = unquote(address.fragment).removeprefix(ANCHOR_PREFIX)
    return (slug, anchor) if slug and "/" not in slug else None


def _plain_part(part: Token) -> str:
    if part.type in ("softbreak", "hardbreak"):
        return " "
    return part.content if part.type in ("text", "code_inline", "image", "text_special") else ""


def _line_break(state: StateInline, silent: bool) -> bool:
    found = _BREAK.match(state.src, state.pos)
    if found is None:
        return False
    if not silent:
        state.push("hardbreak", "br", 0)
    state.pos = found.end()
    return True


def _anchors(state: StateCore) -> None:
    """Give every heading an id of its own and leave the title of the page the only h1."""
    used: dict[str, int] = {}
    for opening, inline in pairwise(state.tokens):
        if opening.type == "heading_open":
            anchor = _named_anchor(inline) or anchor_of(plain(inline)) or "section"
            opening.attrSet("id", ANCHOR_PREFIX + _unused(anchor, used))
    for token in state.tokens:
        if token.tag == "h1":
            token.tag = "h2"


def _named_anchor(inline: Token) -> str:
    """Take `{#name}` out of the heading."""
    last = inline.children[-1] if inline.children else None
    if last is None or last.type != "text" or not (named := _NAMED.search(last.content)):
        return ""
    last.content = last.content[: named.start()]
    return named[1]


def _unused(anchor: str, used: dict[str, int]) -> str:
    """The anchor, or with the next number that no other heading has."""
    candidate = anchor
    while candidate in used:
        used[anchor] += 1
        candidate = f"{anchor}-{used[anchor]}"
    used[candidate] = 0
    return candidate


def _alignment(state: StateCore) -> None:
    """Columns are aligned by a class: the page allows no inline style."""
    for token in state.tokens:
        style = str(token.attrs.pop("style", ""))
        if found := _ALIGN.fullmatch(style):
            token.attrSet("class", f"align-{found[1]}")


def _addresses(state: StateCore) -> None:
    """Links within the page, and to a place in another article, lead to prefixed anchors."""
    for token in _inline_parts(state.tokens):
        if token.type == "link_open":
            href = str(token.attrGet("href") or "")
            token.attrSet("href", _prefixed(href))


def _prefixed(href: str) -> str:
    path, mark, anchor = href.partition("#")
    ours = not path or path.startswith(ARTICLES)
    if not (mark and anchor and ours) or anchor.startswith(ANCHOR_PREFIX):
        return href
    return f"{path}#{ANCHOR_PREFIX}{anchor}"


def _inline_parts(tokens: Sequence[Token]) -> list[Token]:
    return [part for token in tokens for part in token.children or ()]


def _image(
    renderer: RendererHTML, tokens: Sequence[Token], index: int, options: Any, env: Any
) -> str:
    image = tokens[index]
    source = str(image.attrGet("src") or "")
    if FILE.fullmatch(source):
        return f'<img src="{source}" alt="{escapeHtml(image.content.strip())}" loading="lazy">'
    words = escapeHtml(image.content.strip() or _file_name(source))
    if _is_in_link(tokens, index) or not source.startswith(("https://", "http://")):
        return words
    return f'<a class="image-link" href="{escapeHtml(source)}">{words}</a>'


def _is_in_link(tokens: Sequence[Token], index: int) -> bool:
    before = [token.type for token in tokens[:index]]
    return before.count("link_open") > before.count("link_close")


def _file_name(source: str) -> str:
    return unquote(urlsplit(source).path.rpartition("/")[2])


def _admonition_open(
    renderer: RendererHTML, tokens: Sequence[Token], index: int, options: Any, env: Any
) -> str:
    token = tokens[index]
    title = escapeHtml(token.content or label(token.info, env.get("locale", "en")))
    if token.info == DETAILS:
        return f"<details>\n<summary>{title}</summary>\n"
    return (
        f'<aside class="admonition admonition-{token.info}">\n'
        f'<p class="admonition-title">{title}</p>\n'
    )
