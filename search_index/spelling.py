"""Did you mean: the nearest word that several articles have in title, tags or past questions."""

from collections.abc import Callable, Iterable
from typing import Protocol

from search_index.analysis import Analyzer
from search_index.impact import ImpactCache

ARTICLES_NEEDED = 2
"""A word in one article may itself be a mistake."""

WORDS_CORRECTED = 3
SHORTEST_WORD = 4


class Speller:
    """Words, each with the set of its letters as bits; `frequency` counts a word's articles."""

    def __init__(self, words: Iterable[str], frequency: Callable[[str], int]) -> None:
        self._words = [(word, _letters(word)) for word in words if len(word) >= SHORTEST_WORD]
        self._frequency = frequency

    def nearest(self, word: str) -> str | None:
        """The word at the smallest distance, the more frequent one first; None when all are far."""
        allowed = 1 if len(word) < 7 else 2
        letters = _letters(word)
        near = [
            (steps, known)
            for known, known_letters in self._words
            if (letters ^ known_letters).bit_count() <= 2 * allowed
            and abs(len(known) - len(word)) <= allowed
            and (steps := distance(word, known, allowed)) <= allowed
        ]
        counted = [(steps, -self._frequency(known), known) for steps, known in near]
        known_well = [one for one in counted if -one[1] >= ARTICLES_NEEDED]
        return min(known_well)[2] if known_well else None


class Words(Protocol):
    @property
    def speller(self) -> Speller: ...


def correct(text: str, analyzer: Analyzer, impacts: ImpactCache, words: Words) -> str | None:
    """The text with unknown words replaced by near known ones; None when there are none."""
    pieces: list[str] = []
    position = corrected = 0
    for token in analyzer.tokens(text):
        if corrected == WORDS_CORRECTED or not _may_be_misspelled(token.word):
            continue
        if any(impacts.postings(field, token.term).documents for field in ("all", "asked_as")):
            continue
        if nearest := words.speller.nearest(token.word):
            pieces += [text[position : token.start], nearest]
            position = token.end
            corrected += 1
    return "".join([*pieces, text[position:]]) if corrected else None


def distance(first: str, second: str, most: int) -> int:
    """Letters to insert, delete, replace or swap with a neighbor; `most` + 1 if there are more."""
    before: list[int] = []
    row = list(range(len(second) + 1))
    for i, letter in enumerate(first, 1):
        earlier, before, row = before, row, [i]
        for j, other in enumerate(second, 1):
            cost = min(before[j] + 1, row[j - 1] + 1, before[j - 1] + (letter != other))
            if i > 1 and j > 1 and letter == second[j - 2] and first[i - 2] == other:
                cost = min(cost, earlier[j - 2] + 1)
            row.append(cost)
        if min(row) > most:
            return most + 1
    return min(row[-1], most + 1)


def _may_be_misspelled(word: str) -> bool:
    return len(word) >= SHORTEST_WORD and word.isalpha()


def _letters(word: Iterable[str]) -> int:
    bits = 0
    for letter in word:
        bits |= 1 << (ord(letter) & 63)
    return bits
