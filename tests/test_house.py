"""House rules that no linter knows."""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
PACKAGES = ("foredesk", "api", "portal", "plugins", "search_index")
LONGEST_FILE, LONGEST_FUNCTION = 400, 50
SOURCES = [
    file
    for package in PACKAGES
    for file in sorted((ROOT / package).rglob("*.py"))
    if "migrations" not in file.parts and "plugin_template" not in file.parts
]


def functions(file: Path) -> Iterator[ast.FunctionDef | ast.AsyncFunctionDef]:
    for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            yield node


def length(node: ast.FunctionDef | ast.AsyncFunctionDef) -> int:
    """Lines of its body, without signature and docstring."""
    body = node.body[1:] if ast.get_docstring(node) and len(node.body) > 1 else node.body
    return (node.end_lineno or 0) - body[0].lineno + 1


def test_files_stay_small() -> None:
    sizes = {file: len(file.read_text("utf-8").splitlines()) for file in SOURCES}

    assert {str(file): size for file, size in sizes.items() if size > LONGEST_FILE} == {}
    assert sorted(sizes.values())[len(sizes) // 2] < 100


def test_functions_stay_small() -> None:
    long = {
        f"{file.relative_to(ROOT)}:{node.name}": length(node)
        for file in SOURCES
        for node in functions(file)
        if length(node) > LONGEST_FUNCTION
    }

    assert long == {}


@pytest.mark.parametrize("name", ["utils", "helpers", "managers", "services", "common", "misc"])
def test_no_module_collects_everything(name: str) -> None:
    assert [file for file in SOURCES if file.stem == name] == []


def test_the_domain_asks_its_clock_and_no_other() -> None:
    domain = ("people", "tickets", "catalog", "sla", "knowledge", "surveys", "channels")
    files = [file for file in SOURCES if file.parts[len(ROOT.parts) + 1] in domain]

    assert len(files) > 50
    for file in files:
        text = file.read_text("utf-8")
        assert "datetime.now(" not in text, file
        assert "utcnow(" not in text, file


def test_every_page_and_module_says_what_it_is() -> None:
    silent = [
        file
        for file in SOURCES
        if file.name != "__init__.py" and not ast.get_docstring(ast.parse(file.read_text("utf-8")))
    ]

    assert silent == []
