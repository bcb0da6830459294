"""Did you mean: the nearest word that several articles have in title, tags or past questions."""

from collections import defaultdict
from collections.abc import Callable, Iterable
from functools import partial

from search_index.analysis import Analyzer

ARTICLES_NEEDED = 2
"""A word in one article may itself be a mistake."""

WORDS_CORRECTED = 3
SHORTEST_WORD = 4
KNOWN_IN = ("all", "asked_as")


class Speller:
    """Words by their length, each with the set of its letters as bits."""

    def __init__(self, words: Iterable[str]) -> None:
        self._words: dict[int, list[tuple[str, int]]] = defaultdict(list)
        for word in words:
            if len(word) >= SHORTEST_WORD:
                self._words[len(word)].append((word, _letters(word)))

    def nearest(self, word: str, count: Callable[[str], int]) -> str | None:
        """The word at the smallest distance, of equals the more frequent one; None if all are far.

        `count` says how many articles have a word, of those that the reader may find.
        """
        allowed = 1 if len(word) < 7 else 2
        letters = _letters(word)
        near = [
            (steps, known)
            for length in range(len(word) - allowed, len(word) + allowed + 1)
            for known, known_letters in self._words.get(length, ())
            if (letters ^ known_letters).bit_count() <= 2 * allowed
            and (steps := distance(word, known, allowed)) <= allowed
        ]
        counted = [(steps, -count(known), known) for steps, known in near]
        known_well = [one for one in counted if -one[1] >= ARTICLES_NEEDED]
        return min(known_well)[2] if known_well else None


def correct(
    text: str,
    analyzer: Analyzer,
    speller: Callable[[], Speller],
    count: Callable[[str, str], int],
    is_meant: Callable[[str], bool],
) -> str | None:
    """The text with unknown words replaced by near known ones; None when there are none.

    `count` says how many articles have a term in a field, of those that the reader may find, and
    `is_meant` whether a term is right even if none has it.
    """
    pieces: list[str] = []
    position = corrected = 0
    for token in analyzer.tokens(text):
        if corrected == WORDS_CORRECTED:
            break
        if not _may_be_misspelled(token.word) or is_meant(token.term):
            continue
        if any(count(f, token.term) for f in KNOWN_IN):
            continue
        if nearest := speller().nearest(token.word, partial(_articles, analyzer, count)):
            pieces += [text[position : token.start], nearest]
            position = token.end
            corrected += 1
    return "".join([*pieces, text[position:]]) if corrected else None


def _articles(analyzer: Analyzer, count: Callable[[str, str], int], word: str) -> int:
    """How many articles have the word; none if it stands in nothing but past questions, as who
    asked did not write for all to read."""
    is_written = all(count("all", term) for term in analyzer.terms(word))
    return count("words", word) if is_written else 0


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
