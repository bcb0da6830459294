"""Headings: the first one of a text, which may be its title."""

import re

from foredesk.importing.prose import Prose

_FIRST = re.compile(r"\s*(?:#[ \t]+([^\n]+?)[ \t]*#*[ \t]*|([^\n#>|:*-][^\n]*)\n=+[ \t]*)(?:\n|\Z)")
_NAME = re.compile(r"[ \t]*\{#[^}\n]*\}[ \t]*$")
_MARKUP = re.compile(r"!?\[([^\]]*)\]\([^)]*\)|[*_`\\]")


def first_heading(prose: Prose) -> tuple[str, str]:
    """The words of the heading that the text begins with, and the rest; empty if with none."""
    found = _FIRST.match(prose.text)
    if found is None:
        return "", prose.text
    written = prose.put_back(found[1] or found[2])
    words = _MARKUP.sub(lambda link: link[1] or "", _NAME.sub("", written))
    return " ".join(words.split()), prose.text[found.end() :]
