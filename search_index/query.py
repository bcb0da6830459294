"""From what a person typed to the terms that are ranked; it never meets a query language."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from foredesk.ports import SearchWords
from search_index.analysis import Analyzer, readable, shingles
from search_index.synonyms import alternatives
from search_index.vocabulary import Vocabulary
from search_index.word_lists import lists_for

LONGEST_TEXT = 200
MOST_TERMS = 24

FIELDS = {"title": 1.0, "all": 1.0, "asked_as": 1.5}
WHOLE_TITLE = 3.0
SHINGLES = 0.5
SYNONYM = 0.3
COMPOUND = 0.3
COMPLETION = 0.6
MOST_COMPLETIONS = 8
MOST_COMPOUNDS = 8


class Part(NamedTuple):
    """One term of a query in one field, and how much it counts."""

    field: str
    term: str
    weight: float


@dataclass(frozen=True, slots=True)
class Plan:
    """The parts to rank by, and the weight of each term for excerpts."""

    parts: tuple[Part, ...]
    weights: dict[str, float]


def clean(text: str) -> str:
    return readable(text[:LONGEST_TEXT])


def plan(
    text: str,
    analyzer: Analyzer,
    vocabulary: Vocabulary,
    *,
    prefix: bool = False,
    synonyms: Sequence[tuple[str, str, float]] = (),
    words: tuple[SearchWords, ...] = (),
) -> Plan:
    """`text` is clean; `prefix` completes its last word unless something follows it."""
    lists = lists_for(words, analyzer)
    tokens = list(analyzer.tokens(text))[:MOST_TERMS]
    terms = lists.without_stop_words([token.term for token in tokens])
    pairs = shingles(terms)
    weights = dict.fromkeys(terms, 1.0)
    extra: list[tuple[str, float]] = []
    if prefix and tokens and tokens[-1].end == len(text):
        extra += _completions(tokens[-1].word, analyzer, vocabulary)
    if analyzer.joins_words:
        extra += _compounds(weights, vocabulary)
    extra += _own_synonyms(terms, pairs, analyzer)
    extra += _given_synonyms(terms, pairs, analyzer, synonyms)
    extra += ((other, SYNONYM) for other in lists.alternatives((*terms, *pairs)))
    for term, weight in extra:
        weights[term] = max(weight, weights.get(term, 0.0))
    return Plan(tuple(_parts(analyzer.whole(text), weights, pairs)), weights)


def _parts(whole: str, weights: dict[str, float], pairs: Sequence[str]) -> Iterator[Part]:
    if whole:
        yield Part("whole_title", whole, WHOLE_TITLE)
    for term, weight in weights.items():
        if " " in term:
            yield Part("shingles", term, weight)
            continue
        for field, field_weight in FIELDS.items():
            yield Part(field, term, field_weight * weight)
    for pair in dict.fromkeys(pairs):
        yield Part("shingles", pair, SHINGLES)


def _completions(
    word: str, analyzer: Analyzer, vocabulary: Vocabulary
) -> Iterator[tuple[str, float]]:
    if len(word) > 1:
        for longer in vocabulary.completions(word, MOST_COMPLETIONS):
            if term := analyzer.term_of(longer):
                yield term, COMPLETION


def _compounds(terms: Iterable[str], vocabulary: Vocabulary) -> Iterator[tuple[str, float]]:
    for term in terms:
        for longer in vocabulary.compounds(term, MOST_COMPOUNDS):
            yield longer, COMPOUND
        for part in vocabulary.parts(term):
            yield part, COMPOUND


def _own_synonyms(
    terms: Sequence[str], pairs: Sequence[str], analyzer: Analyzer
) -> Iterator[tuple[str, float]]:
    table = alternatives(analyzer.language)
    for asked in (*terms, *pairs):
        for other in table.get(asked, ()):
            yield other, SYNONYM


def _given_synonyms(
    terms: Sequence[str],
    pairs: Sequence[str],
    analyzer: Analyzer,
    synonyms: Sequence[tuple[str, str, float]],
) -> Iterator[tuple[str, float]]:
    asked = {*terms, *pairs}
    for term, alternative, weight in synonyms[:200]:
        if _joined(clean(term), analyzer) in asked:
            other = _joined(clean(alternative), analyzer)
            if other and weight > 0:
                yield other, min(weight, 1.0)


def _joined(text: str, analyzer: Analyzer) -> str:
    """A word's term, or two words' shingle; nothing for more."""
    terms = analyzer.terms(text)
    return " ".join(terms) if len(terms) <= 2 else ""
