"""Drafting: plain words of a request as the parts of an article."""

import re

from foredesk.knowledge.models import ArticleKind
from foredesk.knowledge.templates import template_of
from foredesk.knowledge.write import TITLE_LIMIT

_FILLED: dict[ArticleKind, tuple[int | None, int]] = {
    ArticleKind.QUESTION: (0, 1),
    ArticleKind.HOW_TO: (None, 1),
    ArticleKind.KNOWN_ERROR: (0, 2),
}
"""Where in a template the problem goes (None: before all of its parts), and where the solution."""


def drafted_title(subject: str) -> str:
    """The subject without what mail programs and haste put before it."""
    title = " ".join(_LOUD.sub("", _REPLY.sub("", subject)).split())
    return (title[:1].upper() + title[1:])[:TITLE_LIMIT] or subject[:TITLE_LIMIT]


def drafted_body(kind: ArticleKind, locale: str, problem: str, solution: str) -> str:
    """What was said, in the shape of the template for this kind; where nothing was said, the
    template says what to write."""
    problem, solution = as_markdown(problem), as_markdown(solution)
    if kind not in _FILLED:
        return f"{problem}\n\n{solution}".strip()
    asked, answered = _FILLED[kind]
    texts = {asked: problem, answered: solution}
    parts = [texts.get(None, "")]
    for number, part in enumerate(_PART.findall(template_of(kind, locale).body)):
        heading, hint = part
        parts.append(f"## {heading}\n\n{texts.get(number) or hint.strip()}")
    return "\n\n".join(part for part in parts if part)


def as_markdown(text: str) -> str:
    """Plain text as it was typed: lines stay lines, lists are lists, and no line is a heading."""
    lines = text.strip().splitlines()
    written = []
    for number, line in enumerate(lines):
        line = _MARK.sub(lambda found: f"{found[1]}\\{found[2]}", line.rstrip())
        after = lines[number + 1] if number + 1 < len(lines) else ""
        is_kept = line.strip() and after.strip() and not (_ITEM.match(after) or _ITEM.match(line))
        written.append(f"{line}\\" if is_kept else line)
    return "\n".join(written)


_REPLY = re.compile(r"^(?:\s*(?:re|aw|wg|fwd?|tr|rv|ответ)\s*:|\s*\[[^\]]{1,20}\])+\s*", re.I)
_LOUD = re.compile(r"^\W*(?:urgent|asap|dringend|eilt|срочно)\W*(?:[:!-]|$)\s*", re.I)
_PART = re.compile(r"^## ([^\n]+)\n\n(.*?)(?=^## |\Z)", re.M | re.S)
_MARK = re.compile(r"^(\s*)(#|:::|=+$|-+$|>)")
_ITEM = re.compile(r"^\s*(?:[-*+]|\d{1,3}[.)])\s")
