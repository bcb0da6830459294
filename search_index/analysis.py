"""From text to terms, the same way for articles and for questions."""

import re
import sys
import unicodedata
from collections.abc import Iterator
from functools import lru_cache
from itertools import pairwise
from typing import NamedTuple

from search_index.languages import JOINS_WORDS, stemmer, stop_words

LONGEST_TERM = 64


class Token(NamedTuple):
    """A term and where it stands in the text. `word` is folded but not stemmed; a gram has none."""

    start: int
    end: int
    term: str
    word: str


class Analyzer:
    """One language's way to read text. Keeps every script; shared by threads.

    Words are folded (case, width, accents, spelling variants), stop words left out, stems taken.
    Scripts without spaces become pairs of characters.
    """

    def __init__(self, locale: str) -> None:
        self.language = language_of(locale)
        self._joins_words = self.language in JOINS_WORDS
        self._is_german = self.language == "de"
        self._stem = stemmer(self.language)
        self._stop_words = self._folded(stop_words(self.language))
        self._known: dict[str, tuple[str, str]] = {}

    @property
    def joins_words(self) -> bool:
        return self._joins_words

    def tokens(self, text: str) -> Iterator[Token]:
        for match in _TOKEN.finditer(text):
            if match.lastgroup == "grams":
                yield from _pairs(match[0], match.start())
            else:
                term, word = self._read(match[0])
                if term:
                    yield Token(match.start(), match.end(), term, word)

    def terms(self, text: str) -> list[str]:
        return [token.term for token in self.tokens(text)]

    def words(self, text: str) -> list[str]:
        """Folded words as written, without stop words: for completion and spelling."""
        return [token.word for token in self.tokens(text) if token.word]

    def whole(self, text: str) -> str:
        """All words of a text as one term, stop words too, none stemmed; empty if it has none."""
        return " ".join(self.fold(match[0]) for match in _TOKEN.finditer(text))

    def term_of(self, word: str) -> str:
        """The term of one folded word; empty for a stop word."""
        return self._read(word)[0]

    def fold(self, word: str) -> str:
        folded = fold(word)
        return _UMLAUT_DIGRAPH.sub(r"\1", folded) if self._is_german else folded

    def _read(self, written: str) -> tuple[str, str]:
        known = self._known.get(written)
        if known is None:
            if len(self._known) > 100_000:
                self._known.clear()
            known = self._known[written] = self._analyze(written)
        return known

    def _analyze(self, written: str) -> tuple[str, str]:
        word = self.fold(written)[:LONGEST_TERM]
        if not word or word in self._stop_words:
            return "", ""
        return sys.intern(self._stem(word) or word), sys.intern(word)

    def _folded(self, words: frozenset[str]) -> frozenset[str]:
        return frozenset(self.fold(match[0]) for word in words for match in _TOKEN.finditer(word))


@lru_cache(maxsize=64)
def analyzer_for(locale: str) -> Analyzer:
    return Analyzer(locale)


def language_of(locale: str) -> str:
    return re.split(r"[-_]", locale, maxsplit=1)[0].lower()


def shingles(terms: list[str]) -> list[str]:
    """Neighboring terms as one term each."""
    return [f"{first} {second}" for first, second in pairwise(terms)]


def single_characters(text: str) -> list[str]:
    """The characters of scripts without spaces, so that a question of one character finds them."""
    return [
        character
        for match in _TOKEN.finditer(text)
        if match.lastgroup == "grams" and len(match[0]) > 1
        for character in _normal(match[0])
    ]


def readable(text: str) -> str:
    """The text without what cannot be encoded."""
    return text.encode("utf-8", "ignore").decode("utf-8")


def fold(word: str) -> str:
    """One form for all ways to write a word: case, width, accents, Arabic letters, digits."""
    if word.isascii():
        return word.lower()
    decomposed = unicodedata.normalize("NFKD", word.casefold())
    decomposed = decomposed.replace("и\u0306", "й")
    kept = "".join(_ascii_digit(c) for c in decomposed if not _DROPPED(c))
    return unicodedata.normalize("NFC", kept).translate(_LETTERS).casefold()


def _pairs(run: str, start: int) -> Iterator[Token]:
    normal = _normal(run)
    aligned = len(normal) == len(run)
    for i in range(max(1, len(normal) - 1)):
        if aligned:
            yield Token(start + i, start + min(i + 2, len(run)), normal[i : i + 2], "")
        else:
            yield Token(start, start + len(run), normal[i : i + 2], "")


def _normal(run: str) -> str:
    return unicodedata.normalize("NFKC", run).casefold()


def _ascii_digit(character: str) -> str:
    if character.isascii() or not character.isdecimal():
        return character
    return str(unicodedata.decimal(character))


def _marks() -> str:
    """Combining marks, as ranges of a character class: they belong to the word before them."""
    codes = [c for c in range(0x300, 0x20000) if unicodedata.category(chr(c)) in ("Mn", "Mc")]
    ranges: list[list[int]] = []
    for code in codes:
        if ranges and ranges[-1][1] == code - 1:
            ranges[-1][1] = code
        else:
            ranges.append([code, code])
    return "".join(f"{chr(first)}-{chr(last)}" for first, last in ranges)


# Han, kana, Hangul, Thai, Lao, Tibetan, Burmese, Khmer: written without spaces, or with endings
# that pairs of characters deal with better than we would.
_GRAM_SCRIPTS = (
    "\u2e80-\u2fdf\u3005-\u3007\u3021-\u3029\u3040-\u30ff\u31f0-\u31ff\u3400-\u4dbf\u4e00-\u9fff"
    "\uf900-\ufaff\uff66-\uff9f\U00020000-\U0003ffff"
    "\uac00-\ud7af\u1100-\u11ff\u3130-\u318f"
    "\u0e00-\u0fff\u1000-\u109f\u1780-\u17ff"
)
_MARKS = _marks()
_TOKEN = re.compile(
    rf"(?P<grams>(?:(?=[^\W_]|[{_MARKS}])[{_GRAM_SCRIPTS}])+)"
    rf"|(?P<word>(?:(?![{_GRAM_SCRIPTS}])[^\W_])"
    rf"(?:(?![{_GRAM_SCRIPTS}])(?:[^\W_]|[{_MARKS}\u00ad\u200d]))*)"
)
# "ue" is ü in words written without umlauts, but not in "Quelle" or "neue".
_UMLAUT_DIGRAPH = re.compile(r"(?<![aeioq])([aou])e(?![aeiou])")
_DROPPED = re.compile(
    "[\u0300-\u036f\u0591-\u05c7\u0610-\u061a\u0640\u064b-\u065f\u0670\u06d6-\u06ed\u00ad\u200d\\s]"
).match
_LETTERS = str.maketrans(
    {"ی": "ي", "ى": "ي", "ک": "ك", "ة": "ه", "ۀ": "ه", "ٱ": "ا", "ø": "o", "ł": "l", "đ": "d"}
    | {"æ": "ae", "œ": "oe", "ı": "i", "ё": "е"}
)
