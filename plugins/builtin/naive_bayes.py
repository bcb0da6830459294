"""Naive Bayes in pure Python: learns categories from past tickets and says which words decided.

A mean of the multinomial and the complement model over tf-idf vectors of unit length
(Rennie et al., "Tackling the poor assumptions of naive Bayes", 2003), which holds up when a
few categories have most of the tickets. Confidence is calibrated on tickets held out of the
training: by a temperature (Guo et al., 2017), then by how often such a confidence was right.
"""

import math
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from random import Random
from typing import Self

from plugins.builtin.calibration import UNCALIBRATED, Calibration
from plugins.builtin.words import SUBJECT_MARK, features

SMOOTHING = 0.2
COMPLEMENT_SMOOTHING = 0.3
PRIOR_WEIGHT = 0.1
FOLDS = 5
ALL_FOLDS_UNTIL = 500
"""Below so many examples every fold is held out once; above, one fold says enough."""
MIN_EXAMPLES = 10


@dataclass(frozen=True, slots=True)
class Prediction:
    """`words` are those that spoke most for the category."""

    category: str
    confidence: float
    words: tuple[str, ...]


class NaiveBayes:
    """Trained once, then only read; build another to learn more."""

    def __init__(
        self,
        examples: Sequence[tuple[Counter[str], str]],
        temperature: float = 1.0,
        calibration: Calibration = UNCALIBRATED,
    ) -> None:
        self._temperature = temperature
        self._calibration = calibration
        self._examples = len(examples)
        self._documents = Counter(word for counts, _ in examples for word in counts)
        self.categories = sorted({category for _, category in examples})
        numbers = {category: number for number, category in enumerate(self.categories)}
        sums: list[dict[str, float]] = [defaultdict(float) for _ in self.categories]
        for counts, category in examples:
            for word, weight in self._vector(counts).items():
                sums[numbers[category]][word] += weight
        self._learn(sums, Counter(category for _, category in examples))

    @classmethod
    def train(cls, examples: Iterable[tuple[str, str]]) -> Self | None:
        """From pairs of text and category; None when there is too little to learn from."""
        counted = [(features(text), category) for text, category in examples]
        if len(counted) < MIN_EXAMPLES or len({category for _, category in counted}) < 2:
            return None
        Random(0).shuffle(counted)  # so that no rhythm in the examples meets that of the folds
        return cls(counted, *_calibrated(counted))

    def predict(self, text: str, top: int = 3) -> list[Prediction]:
        """The most likely categories, best first; none for a text without a known word."""
        vector = self._vector(features(text))
        if not vector:
            return []
        shares = self._confidences(self._scores(vector))
        best = sorted(range(len(shares)), key=shares.__getitem__, reverse=True)[:top]
        return [
            Prediction(self.categories[number], shares[number], self._deciding(vector, number))
            for number in best
        ]

    def scores(self, counts: Counter[str]) -> list[float]:
        """Before calibration, in the order of `categories`; for fitting and tests."""
        return self._scores(self._vector(counts))

    def _vector(self, counts: Counter[str]) -> dict[str, float]:
        """Unit-length tf-idf of the words that are in at least two examples."""
        vector = {
            word: math.log1p(count) * math.log((self._examples + 1) / (self._documents[word] + 0.5))
            for word, count in counts.items()
            if self._documents.get(word, 0) > 1
        }
        length = math.sqrt(sum(weight * weight for weight in vector.values())) or 1.0
        return {word: weight / length for word, weight in vector.items()}

    def _learn(self, sums: Sequence[Mapping[str, float]], sizes: Counter[str]) -> None:
        """Weights: one for each category whatever the word, one for each word seen in it."""
        totals: dict[str, float] = defaultdict(float)
        for words in sums:
            for word, weight in words.items():
                totals[word] += weight
        everything, vocabulary = sum(totals.values()), len(totals) + 1
        self._priors = [
            PRIOR_WEIGHT * math.log(sizes[category] / self._examples)
            for category in self.categories
        ]
        self._unseen: list[float] = []
        self._seen: dict[str, list[tuple[int, float]]] = defaultdict(list)
        for number, words in enumerate(sums):
            size = sum(words.values())
            rest = everything - size + COMPLEMENT_SMOOTHING * vocabulary
            self._unseen.append((math.log(rest) - math.log(size + SMOOTHING * vocabulary)) / 2)
            for word, weight in words.items():
                self._seen[word].append((number, _gain(weight, totals[word])))

    def _scores(self, vector: Mapping[str, float]) -> list[float]:
        mass = sum(vector.values())
        scores = [
            prior + mass * unseen for prior, unseen in zip(self._priors, self._unseen, strict=True)
        ]
        for word, weight in vector.items():
            for number, gain in self._seen[word]:
                scores[number] += weight * gain
        return scores

    def _confidences(self, scores: Sequence[float]) -> list[float]:
        """The best one calibrated, and what is left shared among the others."""
        shares = _softmax(scores, self._temperature)
        best = max(shares)
        confidence = self._calibration(best)
        left = (1 - confidence) / (1 - best) if best < 1 else 0.0
        return [confidence if each == best else min(confidence, each * left) for each in shares]

    def _deciding(self, vector: Mapping[str, float], category: int) -> tuple[str, ...]:
        """At most three words, each shown once and without its mark."""
        gains: dict[str, float] = defaultdict(float)
        for word, weight in vector.items():
            for number, gain in self._seen[word]:
                if number == category:
                    gains[word.removeprefix(SUBJECT_MARK)] += weight * gain
        return tuple(sorted(gains, key=lambda word: (-gains[word], word))[:3])


def _gain(weight: float, total: float) -> float:
    """How much more a word speaks for a category than if it had never been seen there."""
    direct = math.log((weight + SMOOTHING) / SMOOTHING)
    rest = max(0.0, total - weight)
    complement = math.log((total + COMPLEMENT_SMOOTHING) / (rest + COMPLEMENT_SMOOTHING))
    return (direct + complement) / 2


def _calibrated(examples: Sequence[tuple[Counter[str], str]]) -> tuple[float, Calibration]:
    """The temperature under which held-out categories surprise least, and what is still off."""
    folds = range(FOLDS if len(examples) <= ALL_FOLDS_UNTIL else 1)
    judged = [pair for fold in folds for pair in _held_out(examples, fold)]
    temperatures = [math.exp(step / 5) for step in range(-20, 8)]
    temperature = min(temperatures, key=lambda each: _surprise(judged, each))
    shares = [(_softmax(scores, temperature), right) for scores, right in judged]
    said = [(max(each), right is not None and each[right] == max(each)) for each, right in shares]
    return temperature, Calibration.fit(said)


def _held_out(
    examples: Sequence[tuple[Counter[str], str]], fold: int
) -> list[tuple[list[float], int | None]]:
    """Scores and the number of the true category, None if the training never saw it."""
    kept = [example for place, example in enumerate(examples) if place % FOLDS != fold]
    model = NaiveBayes(kept)
    numbers = {category: number for number, category in enumerate(model.categories)}
    return [
        (model.scores(counts), numbers.get(category)) for counts, category in examples[fold::FOLDS]
    ]


def _surprise(judged: Sequence[tuple[list[float], int | None]], temperature: float) -> float:
    """Cross-entropy; a category never seen in training surprises the same at any temperature."""
    return -sum(
        math.log(max(1e-12, _softmax(scores, temperature)[right]))
        for scores, right in judged
        if right is not None
    )


def _softmax(scores: Sequence[float], temperature: float) -> list[float]:
    highest = max(scores)
    powers = [math.exp((score - highest) / temperature) for score in scores]
    total = sum(powers)
    return [power / total for power in powers]
