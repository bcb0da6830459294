"""Differences: how two texts differ, line by line, and word by word within a line."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from enum import StrEnum
from itertools import zip_longest

CONTEXT = 3
"""Lines that are shown around a change."""
LONGEST_COMPARED = 2000
"""Characters of a line up to which its words are compared."""


class LineKind(StrEnum):
    SAME = "same"
    REMOVED = "removed"
    ADDED = "added"


@dataclass(frozen=True, slots=True)
class Piece:
    """A part of a line; `is_changed` of one that the other text does not have."""

    text: str
    is_changed: bool


@dataclass(frozen=True, slots=True)
class Line:
    """A line of either text, with its number in each of them, from 1; None where it is not."""

    kind: LineKind
    pieces: tuple[Piece, ...]
    number_before: int | None
    number_after: int | None

    @property
    def text(self) -> str:
        return "".join(piece.text for piece in self.pieces)


@dataclass(frozen=True, slots=True)
class Passage:
    """Lines that follow each other, with what stands around the changes."""

    lines: tuple[Line, ...]


def passages(before: str, after: str) -> tuple[Passage, ...]:
    """What changed, in the order of the text; none for the same text."""
    old, new = before.splitlines(), after.splitlines()
    groups = SequenceMatcher(None, old, new).get_grouped_opcodes(CONTEXT)
    return tuple(
        Passage(tuple(line for step in group for line in _lines(step, old, new)))
        for group in groups
    )


Step = tuple[str, int, int, int, int]


def _lines(step: Step, old: Sequence[str], new: Sequence[str]) -> Iterator[Line]:
    what, i1, i2, j1, j2 = step
    if what == "equal":
        for number in range(i2 - i1):
            text = (Piece(old[i1 + number], False),)
            yield Line(LineKind.SAME, text, i1 + number + 1, j1 + number + 1)
        return
    pairs = [_compared(*pair) for pair in zip_longest(old[i1:i2], new[j1:j2])]
    for number, (pieces, _) in enumerate(pairs[: i2 - i1]):
        yield Line(LineKind.REMOVED, pieces, i1 + number + 1, None)
    for number, (_, pieces) in enumerate(pairs[: j2 - j1]):
        yield Line(LineKind.ADDED, pieces, None, j1 + number + 1)


def _compared(old: str | None, new: str | None) -> tuple[tuple[Piece, ...], tuple[Piece, ...]]:
    """Word by word where the lines have something in common, else as a whole."""
    if old is None or new is None or max(len(old), len(new)) > LONGEST_COMPARED:
        return _whole(old), _whole(new)
    words, others = _WORDS.findall(old), _WORDS.findall(new)
    matcher = SequenceMatcher(None, words, others, autojunk=False)
    if matcher.ratio() < _ALIKE:
        return _whole(old), _whole(new)
    steps = matcher.get_opcodes()
    return (
        _joined(("".join(words[i1:i2]), what != "equal") for what, i1, i2, _, _ in steps),
        _joined(("".join(others[j1:j2]), what != "equal") for what, _, _, j1, j2 in steps),
    )


_WORDS = re.compile(r"\w+|\s+|[^\w\s]")
_ALIKE = 0.4


def _whole(text: str | None) -> tuple[Piece, ...]:
    return (Piece(text, True),) if text else ()


def _joined(parts: Iterable[tuple[str, bool]]) -> tuple[Piece, ...]:
    return tuple(Piece(text, is_changed) for text, is_changed in parts if text)
