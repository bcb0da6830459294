"""Cleaning: HTML and MDX, which our Markdown has not, made into Markdown or left out.

Everything here works on prose, never on code, and keeps the words.
"""

import re
from functools import partial
from html import unescape

_COMMENTS = re.compile(r"<!--.*?-->|\{/\*.*?\*/\}", re.DOTALL)
_MODULE = re.compile(
    r"^(?:import\s+[\w*{][^\n]*?\sfrom\s+['\"][^'\"\n]+['\"];?"
    r"|import\s+['\"][^'\"\n]+['\"];?"
    r"|export\s+(?:const|default|let|function)\s[^\n]*)[ \t]*\n?",
    re.MULTILINE,
)
_COMPONENT = re.compile(r"^import\s+(?:([A-Z]\w*)|\{([^}\n]*)\})[^\n]*\sfrom\s", re.MULTILINE)
_INVISIBLE = re.compile(
    r"<(script|style|noscript|svg|template)\b[^>]*>.*?</\1\s*>", re.DOTALL | re.IGNORECASE
)
_FRAME = re.compile(
    r"<(iframe|video|audio|embed|object)\b([^>]*?)/?>(?:(?:(?!<\1\b).)*?</\1\s*>)?",
    re.DOTALL | re.IGNORECASE,
)
_DETAILS = re.compile(
    r"^([ \t]*)<details\b[^>]*>\s*(?:<summary\b[^>]*>(.*?)</summary\s*>)?",
    re.DOTALL | re.IGNORECASE | re.MULTILINE,
)
_END_DETAILS = re.compile(r"^([ \t]*)(.*?)</details\s*>", re.IGNORECASE | re.MULTILINE)
_TAB = re.compile(r"^([ \t]*)<TabItem\b([^>]*)>", re.MULTILINE)
_IMAGE = re.compile(r"<img\b([^>]*?)/?>", re.IGNORECASE | re.DOTALL)
_LINK = re.compile(r"<a\b([^>]*)>(.{0,1000}?)</a\s*>", re.DOTALL | re.IGNORECASE)
_ATTRIBUTE = re.compile(r"([\w-]+)\s*=\s*(?:\"([^\"]*)\"|'([^']*)'|\{([^}]*)\}|([^\s\"'>]+))")
_WRAPPED = (
    (re.compile(r"<(strong|b)\b[^>]*>(.{0,1000}?)</\1\s*>", re.DOTALL | re.IGNORECASE), "**"),
    (re.compile(r"<(em|i)\b[^>]*>(.{0,1000}?)</\1\s*>", re.DOTALL | re.IGNORECASE), "*"),
    (re.compile(r"<(code|kbd|samp|tt)\b[^>]*>([^`<]*?)</\1\s*>", re.IGNORECASE), "`"),
)
_BLOCK_TAG = re.compile(
    r"</?(?:p|div|section|article|header|footer|nav|main|aside|center|figure|figcaption|"
    r"tabs|tabitem|h[1-6])\b[^>]*>",
    re.IGNORECASE,
)
_INLINE_TAG = re.compile(
    r"</?(?:a|span|strong|b|em|i|u|s|small|big|font|mark|sup|sub|code|kbd|samp|tt|abbr|wbr|"
    r"picture|source|details|summary|script|style|iframe|video|audio|button|label|input|img)"
    r"\b[^>]*>",
    re.IGNORECASE,
)
_HEADING = re.compile(r"<h([1-6])\b[^>]*>(.*?)</h\1\s*>", re.DOTALL | re.IGNORECASE)
_IMAGE_MARK = re.compile(r"(!\[[^\]\n]*?)[ \t]*\\?\*\w+\](?=\()")
_BLANK = re.compile(r"\n(?:[ \t]*\n){2,}")


def clean(text: str) -> str:
    """The same prose without HTML and MDX; `<br>` stays, which our Markdown knows."""
    components = _components(text)
    for step in (_without_modules, _with_boxes, _with_media, _with_marks):
        text = step(text)
    text = _BLOCK_TAG.sub("\n\n", text)
    text = _INLINE_TAG.sub("", text)
    for name in components:
        text = re.sub(rf"</?{name}\b[^>]*>", "", text)
    text = _IMAGE_MARK.sub(r"\1]", text)
    return _BLANK.sub("\n\n", text)


def _components(text: str) -> list[str]:
    """What the file imports is no word of the text where it stands between angle brackets."""
    found: list[str] = []
    for name, names in _COMPONENT.findall(text):
        found += [name] if name else re.findall(r"\b[A-Z]\w*", names)
    return found


def _without_modules(text: str) -> str:
    text = _COMMENTS.sub("", text)
    text = _MODULE.sub("", text)
    return _INVISIBLE.sub("", text)


def _with_boxes(text: str) -> str:
    """Folded parts and tabs."""
    text = _DETAILS.sub(_details, text)
    text = _END_DETAILS.sub(r"\1\2\n\1:::\n", text)
    return _TAB.sub(_tab, text)


def _details(found: re.Match[str]) -> str:
    indent, summary = found[1], found[2] or ""
    title = " ".join(_INLINE_TAG.sub("", _BLOCK_TAG.sub(" ", summary)).split())
    return f"{indent}:::details {title}".rstrip() + f"\n{indent}\n{indent}"


def _tab(found: re.Match[str]) -> str:
    attributes = _attributes(found[2])
    label = attributes.get("label") or attributes.get("value") or ""
    return f"\n{found[1]}**{label}**\n" if label else ""


def _with_media(text: str) -> str:
    """What would be shown from elsewhere becomes a link to it."""
    text = _FRAME.sub(_frame, text)
    return _IMAGE.sub(_image, text)


def _frame(found: re.Match[str]) -> str:
    attributes = _attributes(found[2])
    address = attributes.get("src") or attributes.get("data") or ""
    if not address.startswith(("https://", "http://")):
        return ""
    return f"[{attributes.get('title') or address}]({address})"


def _image(found: re.Match[str]) -> str:
    attributes = _attributes(found[1])
    address = attributes.get("src", "")
    return f"![{attributes.get('alt', '')}]({address})" if _is_address(address) else ""


def _with_marks(text: str) -> str:
    """Links, headings, strong, emphasis and code as Markdown writes them."""
    text = _LINK.sub(_link, text)
    text = _HEADING.sub(_heading, text)
    for pattern, mark in _WRAPPED:
        text = pattern.sub(partial(_wrapped, mark), text)
    return text


def _heading(found: re.Match[str]) -> str:
    words = found[2].strip()
    return f"\n\n{'#' * int(found[1])} {words}\n\n" if words else ""


def _wrapped(mark: str, found: re.Match[str]) -> str:
    return f"{mark}{found[2]}{mark}" if found[2].strip() else found[2]


def _link(found: re.Match[str]) -> str:
    address = _attributes(found[1]).get("href", "")
    return f"[{found[2].strip()}]({address})" if _is_address(address) else found[2]


def _is_address(address: str) -> bool:
    return bool(address) and not re.search(r"[\s<>()]", address)


def _attributes(written: str) -> dict[str, str]:
    return {
        name.lower(): unescape(next((value for value in values if value), ""))
        for name, *values in _ATTRIBUTE.findall(written)
    }
