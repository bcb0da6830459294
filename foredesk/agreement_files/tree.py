"""Tree: what stands in a YAML or TOML file, every value as text with the place where it stands.

Types are not guessed: `no`, `08:00` and `2026-12-25` stay what was written.
"""

import tomllib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from enum import StrEnum
from typing import Any, NoReturn

import yaml

from foredesk.errors import InvalidInput

LONGEST = 200_000
MOST_VALUES = 20_000
DEEPEST = 12


class FileFormat(StrEnum):
    YAML = "yaml"
    TOML = "toml"


class UnreadableFile(InvalidInput):
    """The file does not say what an agreement needs; the message names line and key."""

    def __init__(self, problem: str, *, line: int | None = None, key: str = "") -> None:
        self.line, self.key = line, key
        place = ", ".join(filter(None, (f"line {line}" if line else "", key)))
        place = place[:1].upper() + place[1:] if line else place
        super().__init__("text", f"{place}: {problem}" if place else problem)


@dataclass(frozen=True, slots=True)
class Value:
    """Text, a list or a mapping; `line` is None where the format does not tell."""

    content: "str | Sequence[Value] | Mapping[str, Value]"
    key: str
    line: int | None

    def refuse(self, problem: str) -> NoReturn:
        raise UnreadableFile(problem, line=self.line, key=self.key)

    def text(self) -> str:
        if not isinstance(self.content, str):
            self.refuse("write one value here.")
        return self.content

    def items(self) -> "Sequence[Value]":
        """One value counts as a list of one, and none as an empty list."""
        if isinstance(self.content, Mapping):
            self.refuse("write a list here.")
        if isinstance(self.content, str):
            return [self] if self.content else []
        return self.content

    def mapping(self) -> "Mapping[str, Value]":
        if not isinstance(self.content, Mapping):
            self.refuse("write keys with values here.")
        return self.content

    def section(self, *known: str) -> "Section":
        """Refuses keys that are not known."""
        content = self.mapping()
        for name, value in content.items():
            if name not in known:
                value.refuse(f"there is no such key; known are {', '.join(known)}.")
        return Section(self, content)


@dataclass(frozen=True, slots=True)
class Section:
    """A mapping whose keys are known."""

    value: Value
    content: Mapping[str, Value]

    def __contains__(self, name: str) -> bool:
        return name in self.content

    def __getitem__(self, name: str) -> Value:
        if name not in self.content:
            self.value.refuse(f"{name} is missing.")
        return self.content[name]

    def text(self, name: str, default: str = "") -> str:
        return self.content[name].text() if name in self.content else default

    def items(self, name: str) -> Sequence[Value]:
        return self.content[name].items() if name in self.content else ()

    def mapping(self, name: str) -> Mapping[str, Value]:
        return self.content[name].mapping() if name in self.content else {}


def read_tree(text: str, format: FileFormat | None = None) -> Value:
    """Without a format, TOML if it is that, and YAML otherwise. Raises UnreadableFile."""
    if len(text) > LONGEST:
        raise UnreadableFile(f"A file has at most {LONGEST:,} characters.")
    if format is None:
        format = FileFormat.TOML if _is_toml(text) else FileFormat.YAML
    return _toml(text) if format is FileFormat.TOML else _yaml(text)


def _is_toml(text: str) -> bool:
    for line in text.splitlines():
        if (bare := line.strip()) and not bare.startswith("#"):
            key = bare.partition("=")[0].strip()
            return bare.startswith("[") or ("=" in bare and key.replace("_", "").isalnum())
    return False


def _toml(text: str) -> Value:
    try:
        content = tomllib.loads(text, parse_float=str)
    except (tomllib.TOMLDecodeError, RecursionError) as problem:
        raise UnreadableFile(f"This is no TOML: {problem}") from problem
    return _of_toml(content, "", _Count())


def _of_toml(content: Any, key: str, count: "_Count") -> Value:
    count.one(key, None)
    if isinstance(content, dict):
        inner = {name: _of_toml(one, _under(key, name), count) for name, one in content.items()}
        return Value(inner, key, None)
    if isinstance(content, list):
        listed = [_of_toml(one, f"{key}[{at}]", count) for at, one in enumerate(content, 1)]
        return Value(listed, key, None)
    if isinstance(content, bool):
        return Value(str(content).lower(), key, None)
    if isinstance(content, date | datetime | time):
        return Value(content.isoformat(), key, None)
    return Value(str(content), key, None)


def _yaml(text: str) -> Value:
    try:
        node = yaml.compose(text, Loader=yaml.SafeLoader)
    except yaml.MarkedYAMLError as problem:
        line = problem.problem_mark.line + 1 if problem.problem_mark else None
        raise UnreadableFile(f"This is no YAML: {problem.problem}.", line=line) from problem
    except (yaml.YAMLError, RecursionError, ValueError) as problem:
        raise UnreadableFile(f"This is no YAML: {problem}") from problem
    if node is None:
        raise UnreadableFile("The file is empty.")
    return _of_yaml(node, "", _Count())


def _of_yaml(node: yaml.Node, key: str, count: "_Count", depth: int = 0) -> Value:
    line = node.start_mark.line + 1
    count.one(key, line)
    if depth > DEEPEST:
        raise UnreadableFile("this is nested too deeply.", line=line, key=key)
    if isinstance(node, yaml.MappingNode):
        return Value(dict(_pairs(node, key, count, depth)), key, line)
    if isinstance(node, yaml.SequenceNode):
        listed = [
            _of_yaml(one, f"{key}[{at}]", count, depth + 1) for at, one in enumerate(node.value, 1)
        ]
        return Value(listed, key, line)
    is_null = node.tag == "tag:yaml.org,2002:null"
    return Value("" if is_null else str(node.value), key, line)


def _pairs(
    node: yaml.MappingNode, key: str, count: "_Count", depth: int
) -> Iterator[tuple[str, Value]]:
    seen: set[str] = set()
    for name, value in node.value:
        line = name.start_mark.line + 1
        if not isinstance(name, yaml.ScalarNode):
            raise UnreadableFile("a key is one word.", line=line, key=key)
        if name.value in seen:
            place = _under(key, name.value)
            raise UnreadableFile("this key is here twice.", line=line, key=place)
        seen.add(name.value)
        yield name.value, _of_yaml(value, _under(key, name.value), count, depth + 1)


def _under(key: str, name: str) -> str:
    return f"{key}.{name}" if key else name


class _Count:
    """Refers to itself, or to parts of itself over and over: such a file has no end."""

    def __init__(self) -> None:
        self._values = 0

    def one(self, key: str, line: int | None) -> None:
        self._values += 1
        if self._values > MOST_VALUES:
            raise UnreadableFile(f"A file has at most {MOST_VALUES:,} values.")
