"""The benchmark reads what people have, and the built-in categorizer is as good as we say."""

import csv
import gzip
import json
from pathlib import Path

import pytest

from benchmarks.categorization import main, read_examples

DATA = Path(__file__).parents[3] / "shared" / "data" / "categorization"
ROWS = [
    {"title": f"{word} {number}", "body": "please\nhelp", "service": service}
    for number in range(10)
    for word, service in (("VPN", "network"), ("toner", "printing"))
]


def written(folder: Path, name: str) -> Path:
    path = folder / name
    opened = gzip.open if name.endswith(".gz") else open
    with opened(path, "wt", encoding="utf-8", newline="") as file:
        if ".json" in name:
            file.writelines(json.dumps(row) + "\n" for row in ROWS)
        else:
            writer = csv.DictWriter(file, list(ROWS[0]))
            writer.writeheader()
            writer.writerows(ROWS)
    return path


@pytest.mark.parametrize("name", ["t.csv", "t.csv.gz", "t.jsonl", "t.jsonl.gz"])
def test_every_format_gives_the_same_examples(name: str, tmp_path: Path) -> None:
    examples = list(read_examples(written(tmp_path, name), ["title", "body"], "service"))

    assert len(examples) == 20
    assert examples[0] == ("VPN 0\nplease\nhelp", "network")


def test_one_line_of_figures_is_printed(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    train, test = written(tmp_path, "train.csv"), written(tmp_path, "test.jsonl.gz")

    main([str(train), str(test), "--text", "title,body", "--label", "service"])

    (line,) = capsys.readouterr().out.splitlines()
    figures = json.loads(line)
    assert (figures["accuracy"], figures["top3"], figures["categories"]) == (1.0, 1.0, 2)
    assert figures["predict_ms"] >= 0


@pytest.mark.parametrize(
    "arguments", [["one.csv"], ["one.csv", "two.csv", "--holdout", "0.2"], ["1", "2", "3"]]
)
def test_a_call_that_makes_no_sense_is_explained(arguments: list[str]) -> None:
    with pytest.raises(SystemExit) as end:
        main(arguments)

    assert end.value.code == 2


@pytest.mark.skipif(not DATA.exists(), reason=f"the shared data is not at {DATA}")
@pytest.mark.parametrize(
    ("arguments", "accuracy"),
    [
        (["it_tickets.csv.gz", "--text", "title,body", "--label", "business_service"], 0.58),
        (["banking77_train.csv.gz"], 0.83),
    ],
)
def test_the_built_in_categorizer_is_as_good_as_promised(
    arguments: list[str], accuracy: float, capsys: pytest.CaptureFixture[str]
) -> None:
    main([str(DATA / arguments[0]), *arguments[1:], "--holdout", "0.2"])

    figures = json.loads(capsys.readouterr().out)
    assert figures["accuracy"] >= accuracy
    assert figures["calibration_error"] < 0.1
