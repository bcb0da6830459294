"""Likeness: which short texts ask for the same, in any language. Pure."""

import re
import unicodedata
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from math import log, sqrt

ENOUGH = 0.55
"""Weight of the common words, of the geometric mean of both (Ochiai), from which on two texts ask
for the same."""
STEM = 5
"""Letters of a word that count: cutting there is as good as stemming, and knows every language
(McNamee and Mayfield 2004)."""
SHORTEST = 3
_WORD = re.compile(r"\w+")


def words_of(text: str) -> frozenset[str]:
    """Without case and accents; scripts without spaces as pairs of characters."""
    plain = unicodedata.normalize("NFKD", text.casefold())
    plain = "".join(c for c in plain if not unicodedata.combining(c))
    found: set[str] = set()
    for word in _WORD.findall(plain):
        if _has_no_spaces(word):
            found.update(word[at : at + 2] for at in range(max(1, len(word) - 1)))
        elif len(word) >= SHORTEST:
            found.add(word[:STEM])
    return frozenset(found)


def alike(texts: Sequence[str]) -> list[list[int]]:
    """Places of the texts in groups that ask for the same as the first of each; the texts that
    matter most come first. Those without a word stand for themselves."""
    sets = [words_of(text) for text in texts]
    weights = _weights(sets)
    groups: list[list[int]] = []
    leaders: defaultdict[str, list[int]] = defaultdict(list)
    for place, words in enumerate(sets):
        near = {group for word in words for group in leaders[word]}
        best = max(
            ((_likeness(words, sets[groups[group][0]], weights), -group) for group in near),
            default=(0.0, 0),
        )
        if best[0] >= ENOUGH:
            groups[-best[1]].append(place)
            continue
        for word in words:
            leaders[word].append(len(groups))
        groups.append([place])
    return groups


def _weights(sets: Sequence[frozenset[str]]) -> Mapping[str, float]:
    """Words that everybody uses say little."""
    counts = Counter(word for words in sets for word in words)
    return {word: log(1 + len(sets) / count) for word, count in counts.items()}


def _likeness(one: frozenset[str], other: frozenset[str], weights: Mapping[str, float]) -> float:
    """One word in common is a subject, and not yet a question."""
    if len(one & other) < 2 and one != other:
        return 0.0
    common, first, second = (
        sum(weights[word] for word in words) for words in (one & other, one, other)
    )
    return common / sqrt(first * second)


def _has_no_spaces(word: str) -> bool:
    name = unicodedata.name(word[0], "")
    return name.startswith(("CJK", "HIRAGANA", "KATAKANA", "HANGUL", "THAI", "LAO", "KHMER"))
