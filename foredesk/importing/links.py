"""Links: from addresses of the old site to our articles; what leads nowhere becomes words."""

import re
from collections.abc import Callable
from urllib.parse import quote, unquote, urlsplit

_TARGET = re.compile(
    r"\]\([ \t]*(?:<(?P<angled>[^<>\n]*)>|(?P<plain>(?:[^\s()<>]|\([^\s()<>]*\))+))"
    r"(?P<title>[ \t\n]+(?:\"[^\"]*\"|'[^']*'|\([^()]*\)))?[ \t]*\)"
)
_DEFINITION = re.compile(r"^([ ]{0,3}\[[^\]\n]+\]:[ \t]*)(?:<([^<>\n]*)>|(\S+))", re.MULTILINE)
_SCHEME = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:")
_SLUG_SAFE = "-._~"

Resolve = Callable[[str], str | None]
"""The address of an article of ours for a path of the old site; None for one that is not known."""


def rewritten(text: str, resolve: Resolve, lost: Callable[[str], None]) -> str:
    """The same prose with its links leading to our articles.

    A link that leads to nothing we have becomes its words, and `lost` hears of it.
    """
    text = _DEFINITION.sub(lambda found: _definition(found, resolve, lost), text)
    parts: list[str] = []
    position = 0
    for found in _TARGET.finditer(text):
        target = found["angled"] if found["plain"] is None else found["plain"]
        parts.append(text[position : found.start()])
        position = found.end()
        if _stays(target):
            parts.append(found[0])
        elif (address := _resolved(target, resolve)) is not None:
            parts.append(f"]({address}{found['title'] or ''})")
        else:
            lost(target)
            _unlink(parts)
    return "".join([*parts, text[position:]])


def article_address(slug: str, anchor: str = "") -> str:
    fragment = f"#{quote(anchor, safe=_SLUG_SAFE)}" if anchor else ""
    return f"/articles/{quote(slug, safe=_SLUG_SAFE)}{fragment}"


def _stays(target: str) -> bool:
    """Other sites, mail addresses and places in the same article."""
    return not target or target.startswith(("#", "//")) or bool(_SCHEME.match(target))


def _resolved(target: str, resolve: Resolve) -> str | None:
    try:
        parts = urlsplit(target)
    except ValueError:
        return None
    slug = resolve(unquote(parts.path))
    return None if slug is None else article_address(slug, unquote(parts.fragment))


def _definition(found: re.Match[str], resolve: Resolve, lost: Callable[[str], None]) -> str:
    target = found[2] if found[3] is None else found[3]
    if _stays(target):
        return found[0]
    address = _resolved(target, resolve)
    if address is None:
        lost(target)
        return ""
    return f"{found[1]}{address}"


def _unlink(parts: list[str]) -> None:
    """Take the opening bracket away that belongs to the link whose words come last in `parts`."""
    depth = 0
    for number in range(len(parts) - 1, -1, -1):
        part = parts[number]
        for position in range(len(part) - 1, -1, -1):
            depth += (part[position] == "]") - (part[position] == "[")
            if depth < 0:
                start = position - (part[position - 1 : position] == "!")
                parts[number] = part[:start] + part[position + 1 :]
                return
