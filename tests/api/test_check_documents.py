"""`foredesk graphql check-documents`: whether a server would run what a client was built with."""

import json
from pathlib import Path

import pytest
from typer.testing import CliRunner

from foredesk.__main__ import build

GOOD = "query Me { viewer { name } }"


def checked(file: Path) -> tuple[int, str]:
    result = CliRunner().invoke(build(["graphql"]), ["graphql", "check-documents", str(file)])
    return result.exit_code, result.output


def test_documents_that_fit_are_counted(tmp_path: Path) -> None:
    file = tmp_path / "persisted.json"
    file.write_text(json.dumps({"h1": GOOD, "h2": "subscription { queueChanged { order } }"}))

    assert checked(file) == (0, "2 of 2 documents fit the schema.\n")


def test_those_that_do_not_are_named_and_the_exit_code_says_so(tmp_path: Path) -> None:
    operation = {"id": "h2", "name": "Typo", "type": "query", "body": "query Typo { vewer }"}
    manifest = {"format": "apollo-persisted-query-manifest", "version": 1}
    file = tmp_path / "manifest.json"
    file.write_text(json.dumps({**manifest, "operations": [operation]}))

    code, output = checked(file)

    assert code == 1
    assert output.startswith("Typo (h2): Cannot query field 'vewer' on type 'Query'.")
    assert output.endswith("0 of 1 documents fit the schema.\n")


@pytest.mark.parametrize("content", ["[]", "nope", '{"a": 1}'])
def test_a_file_that_is_no_manifest_can_not_be_checked(tmp_path: Path, content: str) -> None:
    file = tmp_path / "manifest.json"
    file.write_text(content)

    assert checked(file)[0] == 2
    assert checked(tmp_path / "missing.json")[0] == 2
