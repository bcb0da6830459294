"""A short run over a few made-up questions prints every figure."""

import gzip
import json
from pathlib import Path

import pytest

from benchmarks.search import main, repeated
from benchmarks.search_engines import PEERS

FIGURES = {"p50_ms", "p99_ms", "wall_p50_ms", "wall_p99_ms", "build_s"}
PROBLEMS = ("prints nothing", "is slow AND hot", 'says "NEAR"', "lost* its (cover", "-beeps:")


@pytest.fixture
def load(tmp_path: Path) -> Path:
    rows = [
        {"id": str(i), "title": f"Printer {i} {problem}", "body": f"Since Monday it {problem}."}
        for i, problem in enumerate(PROBLEMS)
    ]
    texts = [{"text": row["title"]} for row in rows] + [{"text": "?*"}]
    for name, lines in (("questions_10k", rows), ("search_queries", texts)):
        written = "".join(json.dumps(line) + "\n" for line in lines)
        (tmp_path / f"{name}.jsonl.gz").write_bytes(gzip.compress(written.encode()))
    return tmp_path


@pytest.mark.process
def test_engines_and_a_server_are_measured_in_one_run(
    load: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    main(["--docs", "12", "--data", str(load), "--seconds", "0.5"])

    figures = json.loads(capsys.readouterr().out)
    assert set(figures["engines"]) == {"ours", "ours_on_tantivy", *PEERS}
    assert all(set(one) == FIGURES for one in figures["engines"].values())
    assert figures["p99_ms"] == figures["engines"]["ours"]["p99_ms"]
    assert (figures["docs"], figures["queries"], figures["http_clients"]) == (12, 6, 4)
    assert 0 < figures["http_p50_ms"] <= figures["http_p95_ms"]


@pytest.mark.parametrize("name", PEERS)
def test_every_peer_finds_the_same_article_first(name: str, tmp_path: Path) -> None:
    rows = [
        {"id": str(i), "title": f"Printer {problem}", "body": "Since Monday."}
        for i, problem in enumerate(PROBLEMS)
    ]
    with PEERS[name](rows, tmp_path) as search:
        assert search('it says "NEAR" AND -hot:')[0] == "2"
        assert search("?*") == []


def test_more_documents_than_there_are_have_names_of_their_own() -> None:
    rows = repeated([{"id": "a", "title": "A", "body": ""}], 3)

    assert [row["id"] for row in rows] == ["a-0", "a-1", "a-2"]
