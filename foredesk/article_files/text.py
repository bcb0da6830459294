"""Text: what is said of an article above its Markdown, which stands there letter by letter."""

import re
from typing import Any

import yaml

from foredesk.article_files.record import Said

FORMAT = 1
_FENCE = "---\n"
_HEAD = re.compile(r"---\n(.*?\n)---\n", re.DOTALL)


class Unreadable(Exception):
    """One file cannot be taken; the message says why."""


def text_of(said: Said) -> str:
    """The body below everything else as YAML; it ends with a line end that is not the body's."""
    head = {name: value for name, value in said.items() if name != "body"}
    front = yaml.safe_dump(head, allow_unicode=True, sort_keys=False, width=100)
    return f"{_FENCE}{front}{_FENCE}{said.get('body', '')}\n"


def said_in(text: str) -> Said:
    """The same again. Line ends that a program made its own are taken as ours.

    Raises Unreadable.
    """
    if text.startswith("---\r\n"):
        text = text.replace("\r\n", "\n")
    found = _HEAD.match(text)
    if found is None:
        raise Unreadable("it does not begin with what is said of the article, between two ---")
    try:
        said: Any = yaml.safe_load(found[1])
    except (yaml.YAMLError, ValueError, RecursionError) as problem:
        raise Unreadable(f"what is said of the article is no YAML: {problem}") from problem
    if not isinstance(said, dict) or not all(isinstance(name, str) for name in said):
        raise Unreadable("what is said of the article is no list of names and values")
    body = text[found.end() :].removesuffix("\n")
    return {**said, "body": body} if body else dict(said)
