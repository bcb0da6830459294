"""The operations in docs/*.md, with the variables and the answers that are written beside them."""

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

DOCS = Path(__file__).parents[2] / "docs"
FIRST = ["graphql.md", "cookbook.md"]
ELSEWHERE = ["story.md"]
"""Told and tried by tests/story."""

BLOCK = re.compile(
    r"```graphql\n# as (\w+)\n(.*?)```"
    r"(?:\n\n```json\n(.*?)```)?"
    r"(?:\n\n```json answer\n(.*?)```)?",
    re.DOTALL,
)


@dataclass(frozen=True, slots=True)
class Recipe:
    page: str
    who: str
    query: str
    variables: dict[str, Any]
    answer: dict[str, Any] | None

    @property
    def name(self) -> str:
        return re.split(r"[\s({]", self.query)[1]


def recipes() -> list[Recipe]:
    """In the order in which they are read; the API's own pages come first."""
    return [recipe for page in pages() for recipe in _of(page)]


def pages() -> list[Path]:
    others = [path for path in sorted(DOCS.glob("*.md")) if path.name not in FIRST + ELSEWHERE]
    return [*(DOCS / name for name in FIRST), *others]


def _of(page: Path) -> Iterator[Recipe]:
    for who, query, variables, answer in BLOCK.findall(page.read_text("utf-8")):
        expected = json.loads(answer) if answer.strip() else None
        yield Recipe(page.name, who, query, json.loads(variables or "{}"), expected)


def differences(expected: Any, said: Any, path: str = "answer") -> list[str]:
    """Where an answer is not as written; `…` in a text stands for anything."""
    if isinstance(expected, dict) and isinstance(said, dict):
        if set(expected) != set(said):
            return [f"{path}: {sorted(said)}"]
        return [it for key in expected for it in differences(expected[key], said[key], key)]
    if isinstance(expected, list) and isinstance(said, list):
        if len(expected) != len(said):
            return [f"{path}: {len(said)} of them"]
        pairs = enumerate(zip(expected, said, strict=True))
        return [
            it for place, (one, it_said) in pairs
            for it in differences(one, it_said, f"{path}.{place}")
        ]  # fmt: skip
    if isinstance(expected, str) and isinstance(said, str) and "…" in expected:
        pattern = ".*".join(map(re.escape, expected.split("…")))
        return [] if re.fullmatch(pattern, said, re.DOTALL) else [f"{path}: {said!r}"]
    return [] if expected == said and type(expected) is type(said) else [f"{path}: {said!r}"]
