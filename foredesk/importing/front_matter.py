"""Front matter: the YAML between `---` at the head of a Markdown file."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

import yaml

from foredesk.importing.report import Refused

_BLOCK = re.compile(r"---[ \t]*\n(.*?)^(?:---|\.\.\.)[ \t]*(?:\n|\Z)", re.DOTALL | re.MULTILINE)
_SCALARS = (str, int, float, date)
_LIMIT = 64_000


@dataclass(frozen=True, slots=True)
class FrontMatter:
    values: Mapping[str, Any] = field(default_factory=dict)
    lines: int = 0
    """How many lines it takes up, with its marks."""

    def text(self, *names: str) -> str:
        """The first of these values that is there; empty if none is."""
        for name in names:
            value = self.values.get(name)
            if isinstance(value, _SCALARS) and str(value).strip():
                return str(value).strip()
        return ""

    def texts(self, *names: str) -> tuple[str, ...]:
        """A list, or what is between the commas of a text."""
        for name in names:
            value = self.values.get(name)
            if isinstance(value, list):
                return tuple(str(each) for each in value if isinstance(each, _SCALARS))
            if isinstance(value, str) and value.strip():
                return tuple(each.strip() for each in value.split(","))
        return ()

    def is_set(self, name: str) -> bool:
        return self.values.get(name) is True


def split_front_matter(text: str) -> tuple[FrontMatter, str]:
    """The front matter and the rest. Raises Refused, with the line, when it is broken."""
    if not re.match(r"---[ \t]*\n", text):
        return FrontMatter(), text
    block = _BLOCK.match(text)
    if block is None:
        raise Refused("the front matter is never closed", 1)
    if len(block[1]) > _LIMIT:
        raise Refused("the front matter is too long", 1)
    values = _parsed(block[1])
    return FrontMatter(values, block[0].count("\n")), text[block.end() :]


def _parsed(block: str) -> dict[str, Any]:
    try:
        values = yaml.safe_load(block)
    except yaml.YAMLError as problem:
        raise Refused(f"broken front matter: {_reason(problem)}", _line(problem)) from problem
    except (ValueError, RecursionError) as problem:
        raise Refused(f"broken front matter: {problem}", 2) from problem
    if values is None:
        return {}
    if not isinstance(values, dict):
        raise Refused("broken front matter: it is no list of names and values", 2)
    return {str(name): value for name, value in values.items()}


def _reason(problem: yaml.YAMLError) -> str:
    if isinstance(problem, yaml.MarkedYAMLError):
        return problem.problem or problem.context or "not YAML"
    return str(problem).splitlines()[0]


def _line(problem: yaml.YAMLError) -> int:
    """Where it went wrong; what is never closed went wrong where it was opened."""
    if not isinstance(problem, yaml.MarkedYAMLError):
        return 2
    is_open = "end of stream" in (problem.problem or "")
    mark = problem.context_mark if is_open else problem.problem_mark
    return mark.line + 2 if mark else 2
