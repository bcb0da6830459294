"""The script: the blocks of docs/story.md, in their order."""

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

_BLOCK = re.compile(r"^```(\w+) (\w+)\n(.*?)^```$", re.MULTILINE | re.DOTALL)
_HEADING = re.compile(r"^## (.+)$", re.MULTILINE)


class ScriptError(Exception):
    """The script can't be told as it is written."""


@dataclass(slots=True)
class Step:
    """One operation: who sends it, and what must come back, at once or eventually."""

    scene: str
    who: str
    query: str
    variables: dict[str, Any] = field(default_factory=dict)
    answer: Any = None
    is_patient: bool = False


def read_script(text: str) -> Iterator[Step]:
    """Raises ScriptError for a block nobody can play."""
    step: Step | None = None
    for match in _BLOCK.finditer(text):
        language, word, body = match.groups()
        if language == "graphql":
            if step is not None:
                yield _complete(step)
            step = Step(_scene(text, match.start()), word, body)
        elif step is None:
            raise ScriptError(f"a {word} block before the first operation")
        elif word == "variables":
            step.variables = json.loads(body)
        elif word in ("answer", "eventually"):
            step.answer, step.is_patient = json.loads(body), word == "eventually"
        else:
            raise ScriptError(f"unknown block: {language} {word}")
    if step is not None:
        yield _complete(step)


def filled(value: Any, kept: dict[str, Any]) -> Any:
    """The value with every `${name}` replaced by what was kept under it."""
    if isinstance(value, dict):
        return {key: filled(inner, kept) for key, inner in value.items()}
    if isinstance(value, list):
        return [filled(inner, kept) for inner in value]
    if isinstance(value, str) and value.startswith("${") and not value.startswith("${="):
        return kept[value[2:-1]]
    return value


def differences(wanted: Any, got: Any, kept: dict[str, Any], path: str = "") -> list[str]:
    """What is not as it must be; keeps the values that `${=name}` asks for."""
    if isinstance(wanted, dict) and isinstance(got, dict):
        pairs = [(f"{path}.{key}", inner, got.get(key)) for key, inner in wanted.items()]
    elif isinstance(wanted, list) and isinstance(got, list) and len(wanted) == len(got):
        pairs = [(f"{path}[{n}]", inner, got[n]) for n, inner in enumerate(wanted)]
    else:
        return _difference(wanted, got, kept, path)
    return [line for where, inner, one in pairs for line in differences(inner, one, kept, where)]


def _difference(wanted: Any, got: Any, kept: dict[str, Any], path: str) -> list[str]:
    if isinstance(wanted, str) and wanted.startswith("${="):
        kept[wanted[3:-1]] = got
        wanted = "…"
    if wanted == "…":
        return [f"{path}: is null"] if got is None else []
    wanted = filled(wanted, kept)
    return [] if wanted == got else [f"{path}: wanted {wanted!r}, got {got!r}"]


def _complete(step: Step) -> Step:
    if step.answer is None:
        raise ScriptError(f"no answer in {step.scene}: {step.query}")
    return step


def _scene(text: str, position: int) -> str:
    return [match[1] for match in _HEADING.finditer(text, 0, position)][-1]
