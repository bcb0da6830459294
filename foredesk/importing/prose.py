"""Prose: a Markdown text with its code put aside, so that what is changed in it is never code."""

import re
from dataclasses import dataclass, field

from markdown_it import MarkdownIt

from foredesk.knowledge.admonitions import admonitions

_OPEN, _CLOSE = "\ue000", "\ue001"  # private use: no text has them
_MARK = re.compile(f"{_OPEN}(\\d+){_CLOSE}")
_TICKS = re.compile(r"`+")


@dataclass(slots=True)
class Prose:
    """`text` has a mark for each piece of code; `restored` puts the code back."""

    text: str
    code: list[str] = field(default_factory=list)

    @classmethod
    def of(cls, body: str) -> "Prose":
        prose = cls("")
        body = body.replace(_OPEN, "").replace(_CLOSE, "")
        prose.text = prose._without_spans(prose._without_blocks(body))
        return prose

    def restored(self) -> str:
        return self.put_back(self.text)

    def put_back(self, text: str) -> str:
        """A piece of the text with its code."""
        return _MARK.sub(lambda mark: self.put_back(self.code[int(mark[1])]), text)

    def _aside(self, code: str) -> str:
        self.code.append(code)
        return f"{_OPEN}{len(self.code) - 1}{_CLOSE}"

    def _without_blocks(self, body: str) -> str:
        lines = body.split("\n")
        for start, end in reversed(_code_blocks(body)):
            lines[start:end] = [self._aside("\n".join(lines[start:end]))]
        return "\n".join(lines)

    def _without_spans(self, text: str) -> str:
        parts, position = [], 0
        for start, end in _code_spans(text):
            parts += [text[position:start], self._aside(text[start:end])]
            position = end
        return "".join([*parts, text[position:]])


_BLOCKS = MarkdownIt("commonmark", {"html": False}).disable(["inline"])
admonitions(_BLOCKS)


def _code_blocks(body: str) -> list[tuple[int, int]]:
    """First line and the line after the last of each."""
    blocks = [token.map for token in _BLOCKS.parse(body) if token.type in ("fence", "code_block")]
    return [(block[0], block[1]) for block in blocks if block]


def _code_spans(text: str) -> list[tuple[int, int]]:
    """From the first tick to after the last, within a paragraph."""
    spans: list[tuple[int, int]] = []
    runs = [(run.start(), run.end()) for run in _TICKS.finditer(text)]
    number = 0
    while number < len(runs):
        start = runs[number][0]
        close = _closing_run(text, runs, number)
        if close is not None and not _is_escaped(text, start):
            spans.append((start, runs[close][1]))
            number = close
        number += 1
    return spans


def _closing_run(text: str, runs: list[tuple[int, int]], opening: int) -> int | None:
    """The next run of as many ticks in the same paragraph."""
    start, end = runs[opening]
    paragraph = text.find("\n\n", end)
    for number in range(opening + 1, len(runs)):
        if -1 < paragraph < runs[number][0]:
            return None
        if runs[number][1] - runs[number][0] == end - start:
            return number
    return None


def _is_escaped(text: str, position: int) -> bool:
    before = text[max(0, position - 20) : position]
    return (len(before) - len(before.rstrip("\\"))) % 2 == 1
