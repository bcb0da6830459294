"""`foredesk export` and `foredesk import articles` as people call them."""

from pathlib import Path

import pytest

from tests.importing.test_command import TREE, Desk

pytestmark = pytest.mark.process


def test_what_is_exported_is_imported_into_another_desk(tmp_path: Path) -> None:
    one, other, tree = Desk(tmp_path / "one"), Desk(tmp_path / "other"), tmp_path / "tree"
    assert one.run("import", "knowledge", TREE, "--name", "help").returncode == 0

    exported = one.run("export", "articles", tree)
    imported = other.run("import", "articles", tree)
    again = other.run("import", "articles", tree)
    elsewhere = other.run("import", "articles", TREE)

    assert exported.stdout == f"8 articles were written to {tree}.\n"
    assert imported.stdout == "articles: 8 added; 0 were refused.\n", imported.stderr
    assert again.stdout == "articles: 8 unchanged; 0 were refused.\n"
    assert elsewhere.returncode == 2
    assert "foredesk import knowledge" in elsewhere.stderr
