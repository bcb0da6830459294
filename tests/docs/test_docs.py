"""What the documentation says is so."""

import re
from pathlib import Path

import pytest

from tests.docs.reference import OPERATIONS, with_tables

ROOT = Path(__file__).parents[2]
PAGES = sorted([*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md")])
_LINK = re.compile(r"\[[^\]]*\]\(([^)#\s]+)(#[^)\s]*)?\)")


def test_every_setting_and_command_is_documented_as_the_code_has_it() -> None:
    page = OPERATIONS.read_text(encoding="utf-8")

    assert page == with_tables(page), "write it with: python -m tests.docs.reference"


@pytest.mark.parametrize("page", PAGES, ids=lambda page: str(page.relative_to(ROOT)))
def test_links_lead_somewhere(page: Path) -> None:
    links = [match[1] for match in _LINK.finditer(_without_code(page))]

    missing = [link for link in links if "://" not in link and not (page.parent / link).exists()]

    assert missing == []


def test_every_page_of_the_docs_is_reached_from_the_readme() -> None:
    reached, waiting = set[Path](), [ROOT / "README.md"]
    while waiting:
        page = waiting.pop()
        if page in reached or page.suffix != ".md" or not page.exists():
            continue
        reached.add(page)
        folder = page.parent
        waiting += [(folder / match[1]).resolve() for match in _LINK.finditer(_without_code(page))]

    decisions = ROOT / "docs" / "decisions"
    assert {page for page in PAGES if decisions not in page.parents} - reached == set()


def test_the_readme_begins_with_two_commands() -> None:
    lines = (ROOT / "README.md").read_text(encoding="utf-8").splitlines()

    assert [line.split("#")[0].strip() for line in lines[2:4]] == ["make run", "make test"]


def test_decisions_are_numbered_without_gaps() -> None:
    numbers = sorted(int(page.name[:4]) for page in (ROOT / "docs" / "decisions").glob("*.md"))

    assert numbers == list(range(len(numbers)))


def test_every_word_of_the_glossary_stands_in_its_place() -> None:
    rows = (ROOT / "docs" / "words.md").read_text(encoding="utf-8").splitlines()
    words = [row.split("|")[1].strip() for row in rows if row.startswith("| ")][1:]

    assert words == sorted(words, key=str.casefold)
    assert len(words) == len(set(words))


def test_every_dependency_has_its_reason() -> None:
    project = (ROOT / "pyproject.toml").read_text(encoding="utf-8")
    listed = re.search(r"^dependencies = \[(.*?)^\]", project, re.MULTILINE | re.DOTALL)
    assert listed is not None
    names = re.findall(r'^\s+"([a-z0-9-]+)', listed[1], re.MULTILINE)
    reasons = (ROOT / "docs" / "dependencies.md").read_text(encoding="utf-8")

    assert [name for name in names if not re.search(rf"\b{re.escape(name)}\b", reasons)] == []


def test_no_lock_file_names_a_registry() -> None:
    locks = [
        *ROOT.glob("requirements*.lock"),
        *(ROOT / "tests").rglob("node/package-lock.json"),
        *(ROOT / "tests").rglob("audits/package-lock.json"),
    ]

    assert len(locks) >= 2
    assert [lock for lock in locks if "https://" in _addresses(lock)] == []


def _addresses(lock: Path) -> str:
    """The lines that would say where from; funding links of npm packages are no registry."""
    lines = lock.read_text(encoding="utf-8").splitlines()
    return "\n".join(line for line in lines if "resolved" in line or lock.suffix == ".lock")


def _without_code(page: Path) -> str:
    text = page.read_text(encoding="utf-8")
    return re.sub(r"^```.*?^```|`[^`\n]*`", "", text, flags=re.MULTILINE | re.DOTALL)
