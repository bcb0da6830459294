"""Excerpts: the sentence of an article that has most of what was asked, as escaped HTML."""

import re
import threading
from array import array
from bisect import bisect_left
from collections import OrderedDict
from collections.abc import Callable, Mapping
from html import escape
from typing import Any, NamedTuple
from uuid import UUID

from search_index.analysis import Analyzer

LENGTH = 220
"""About as many characters as an excerpt shows."""

KEPT = 2048
"""Texts kept read per generation; some 10 KB each."""


class ReadText(NamedTuple):
    """An article's text with its terms in order, and where each stands."""

    article_id: UUID
    revision: int
    text: str
    terms: list[str]
    starts: "array[int]"
    ends: "array[int]"
    sentences: "array[int]"


class TextCache:
    """Texts of the documents last shown, so that an article is read through once."""

    def __init__(
        self, stored: Callable[[int], Mapping[str, Any]], analyzer: Analyzer, kept: int = KEPT
    ) -> None:
        self._stored = stored
        self._analyzer = analyzer
        self._kept = kept
        self._turn = threading.Lock()
        self._texts: OrderedDict[int, ReadText] = OrderedDict()

    def get(self, document: int) -> ReadText:
        with self._turn:
            if text := self._texts.get(document):
                self._texts.move_to_end(document)
                return text
        text = self._read(document)
        with self._turn:
            self._texts[document] = text
            while len(self._texts) > self._kept:
                self._texts.popitem(last=False)
        return text

    def _read(self, document: int) -> ReadText:
        stored = self._stored(document)
        return read_text(UUID(stored["id"]), stored["revision"], stored["body"], self._analyzer)


def read_text(article_id: UUID, revision: int, text: str, analyzer: Analyzer) -> ReadText:
    text = _SPACES.sub(" ", _LINE_ENDS.sub("\n", text.translate(_NO_MARKS)))
    tokens = list(analyzer.tokens(text))
    return ReadText(
        article_id,
        revision,
        text.replace("\n", " "),
        [token.term for token in tokens],
        array("I", (token.start for token in tokens)),
        array("I", (token.end for token in tokens)),
        array("I", sentence_starts(text)),
    )


def sentence_starts(text: str) -> list[int]:
    """Where sentences and lines begin."""
    first = len(text) - len(text.lstrip())
    later = (match.end() for match in _SENTENCE_END.finditer(text, first))
    return [first, *(start for start in later if first < start < len(text))]


def excerpt(read: ReadText, weights: Mapping[str, float]) -> str:
    """From the start of a sentence on; words whose term has a weight are in mark elements."""
    found = [i for i, term in enumerate(read.terms) if term in weights]
    start = _best_start(read, found, weights)
    end = _cut(read.text, start)
    marked = _marked(read, found, start, end)
    return f"{marked}…" if read.text[end:].strip() else marked


def _best_start(read: ReadText, found: list[int], weights: Mapping[str, float]) -> int:
    """The sentence from which the excerpt's length holds the most different words, by weight."""
    best, best_weight = read.sentences[0], 0.0
    tried = -1
    for first, position in enumerate(found):
        sentence = bisect_left(read.sentences, read.starts[position] + 1) - 1
        if sentence == tried:
            continue
        tried = sentence
        start = read.sentences[sentence]
        inside = set()
        for i in found[first:]:
            if read.ends[i] > start + LENGTH:
                break
            inside.add(read.terms[i])
        weight = sum(weights[term] for term in inside)
        if weight > best_weight:
            best, best_weight = start, weight
    return best


def _cut(text: str, start: int) -> int:
    """An end at a word's end, if there is one near."""
    end = start + LENGTH
    if end >= len(text):
        return len(text.rstrip())
    space = text.rfind(" ", start, end)
    return space if space > start + LENGTH // 2 else end


def _marked(read: ReadText, found: list[int], start: int, end: int) -> str:
    parts: list[str] = []
    position = start
    for first, last in _spans(read, found, start, end):
        parts += read.text[position:first], _OPEN, read.text[first:last], _CLOSE
        position = last
    parts.append(read.text[position:end])
    html = escape("".join(parts).strip())
    return html.replace(_OPEN, "<mark>").replace(_CLOSE, "</mark>")


def _spans(read: ReadText, found: list[int], start: int, end: int) -> list[tuple[int, int]]:
    """What to mark, with overlapping pairs of characters joined."""
    spans: list[tuple[int, int]] = []
    for i in found:
        first, last = read.starts[i], read.ends[i]
        if first < start or last > end:
            continue
        if spans and first < spans[-1][1]:
            spans[-1] = (spans[-1][0], max(last, spans[-1][1]))
        else:
            spans.append((first, last))
    return spans


# Stand-ins for the tags until the text is escaped; taken out of the text itself.
_OPEN, _CLOSE = "\ue000", "\ue001"
_NO_MARKS = str.maketrans(dict.fromkeys((_OPEN, _CLOSE), " "))
_LINE_ENDS = re.compile(r"\s*\n\s*")
_SPACES = re.compile(r"[^\S\n]+")
_SENTENCE_END = re.compile(r"(?:[.!?؟۔।…]+[\"'”’»)\]]*\s+|[。！？]+[」』）]*\s*|\s*\n\s*)")
