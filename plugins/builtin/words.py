"""Words: what the categorizer sees of a text, in any script."""

import re
from collections import Counter
from itertools import islice, pairwise

SUBJECT_MARK = "^"
"""In front of a word of the subject line, which tells more than one further down."""

_WORD = re.compile(r"\w+")
_UNSPACED = re.compile(r"[\u0e00-\u0e7f\u3040-\u30ff\u3400-\u9fff]")
_SUBJECT_WORDS = 100
_WORDS = 400
_LONGEST = 40


def features(text: str) -> Counter[str]:
    """Words, pairs of neighbors, and the words of the first line once more with a mark."""
    subject, _, rest = text.partition("\n")
    first = _words(subject, _SUBJECT_WORDS)
    words = first + _words(rest, _WORDS - len(first))
    found = Counter(words)
    found.update(f"{left} {right}" for left, right in pairwise(words))
    if rest:
        found.update(SUBJECT_MARK + word for word in first)
    return found


def _words(text: str, limit: int) -> list[str]:
    matches = islice(_WORD.finditer(text[: limit * 100].casefold()), limit)
    words: list[str] = []
    for match in matches:
        words.extend(_parts(match.group()))
    return words[:limit]


def _parts(word: str) -> list[str]:
    """A word; of a script without spaces, its pairs of characters."""
    if not _UNSPACED.search(word):
        return [word] if len(word) <= _LONGEST else []
    return [word] if len(word) < 3 else ["".join(pair) for pair in pairwise(word[:_WORDS])]
