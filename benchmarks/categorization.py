"""How often the built-in categorizer is right: prints one JSON line.

`python -m benchmarks.categorization TRAIN TEST --text title,body --label business_service`, or
`--holdout 0.2 FILE` to keep that share of one file back, chosen by a fixed shuffle.
"""

import argparse
import csv
import gzip
import json
import random
import time
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from plugins.builtin.naive_bayes import NaiveBayes, Prediction

Example = tuple[str, str]
SEED = 20260302


def main(arguments: Sequence[str] | None = None) -> None:
    options = _options(arguments)
    training, test = _split(options)
    started = time.perf_counter()
    model = NaiveBayes.train(training)
    trained = time.perf_counter()
    if model is None or not test:
        raise SystemExit("too few rows with both a text and a label")
    predictions = [model.predict(text) for text, _ in test]
    took = time.perf_counter() - trained
    labels = [label for _, label in test]
    print(json.dumps({
        "accuracy": round(_share_within(predictions, labels, 1), 4),
        "top3": round(_share_within(predictions, labels, 3), 4),
        "predict_ms": round(took * 1000 / len(test), 3),
        "calibration_error": round(_calibration_error(predictions, labels), 4),
        "train_seconds": round(trained - started, 2),
        "train_rows": len(training),
        "test_rows": len(test),
        "categories": len(model.categories),
    }))  # fmt: skip


def _options(arguments: Sequence[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.categorization")
    parser.add_argument("files", nargs="+", type=Path, metavar="FILE", help="TRAIN TEST, or one")
    parser.add_argument("--text", default="text", help="columns that make the text, by commas")
    parser.add_argument("--label", default="category", help="column of the right category")
    parser.add_argument("--holdout", type=float, help="share of the one file to test on")
    parser.add_argument("--seed", type=int, default=SEED, help="which part is kept back")
    options = parser.parse_args(arguments)
    if len(options.files) != (1 if options.holdout else 2):
        parser.error("give TRAIN and TEST, or --holdout SHARE and one file")
    return options


def _split(options: argparse.Namespace) -> tuple[list[Example], list[Example]]:
    columns = options.text.split(",")
    files = [list(read_examples(file, columns, options.label)) for file in options.files]
    if not options.holdout:
        return files[0], files[1]
    (examples,) = files
    random.Random(options.seed).shuffle(examples)
    kept_back = round(len(examples) * options.holdout)
    return examples[kept_back:], examples[:kept_back]


def read_examples(file: Path, columns: Sequence[str], label: str) -> Iterator[Example]:
    """Pairs of text and category; rows that lack either are passed over. The first column is the
    subject line. CSV or JSON Lines, plain or gzip, told by the name and by what is inside."""
    for row in _rows(file):
        text = "\n".join(str(row.get(column) or "") for column in columns).strip()
        category = str(row.get(label) or "")
        if text and category:
            yield text, category


def _rows(file: Path) -> Iterator[dict[str, Any]]:
    opened = gzip.open if file.suffix == ".gz" else open
    with opened(file, "rt", encoding="utf-8", newline="") as lines:
        if ".json" in file.name:
            yield from (json.loads(line) for line in lines if line.strip())
        else:
            csv.field_size_limit(10_000_000)
            yield from csv.DictReader(lines)


def _share_within(
    predictions: Sequence[Sequence[Prediction]], labels: Sequence[str], top: int
) -> float:
    """Share of rows whose label is among the first so many predictions."""
    hits = sum(
        label in [each.category for each in predicted[:top]]
        for predicted, label in zip(predictions, labels, strict=True)
    )
    return hits / len(labels)


def _calibration_error(predictions: Sequence[Sequence[Prediction]], labels: Sequence[str]) -> float:
    """Mean gap between confidence and accuracy over ten bins of confidence."""
    gaps = [0.0] * 10
    for predicted, label in zip(predictions, labels, strict=True):
        if predicted:
            best = predicted[0]
            gaps[min(9, int(best.confidence * 10))] += best.confidence - (best.category == label)
    return sum(abs(gap) for gap in gaps) / len(labels)


if __name__ == "__main__":
    main()
