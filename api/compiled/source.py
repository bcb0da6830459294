"""Source: the text of a program while it is written, with the values that it names."""

from collections.abc import Sequence
from typing import Any

from api.compiled.bail import Unsupported


class Source:
    """Refuses to grow over `most` functions: such an operation is left to graphql-core."""

    def __init__(self, most: int) -> None:
        self._most = most
        self._values: dict[str, Any] = {}
        self._named: dict[int, str] = {}
        self._blocks: list[str] = []
        self._last: list[str] = []
        self._count = 0

    def name(self, prefix: str) -> str:
        self._count += 1
        return f"{prefix}_{self._count}"

    def constant(self, value: Any, prefix: str) -> str:
        """The name of a value; the same value has one name."""
        if id(value) not in self._named:
            self._named[id(value)] = name = self.name(prefix)
            self._values[name] = value
        return self._named[id(value)]

    def define(self, prefix: str, parameters: str, lines: Sequence[str]) -> str:
        """Add a function and give its name. It may call functions that are added later."""
        name = self.name(prefix)
        if len(self._blocks) >= self._most:
            raise Unsupported("The operation is too large.")
        body = "\n".join(f"    {line}" for line in lines)
        self._blocks.append(f"def {name}({parameters}):\n{body}")
        return name

    def finally_do(self, statement: str) -> None:
        """Add a statement that runs once, when all functions are there."""
        self._last.append(statement)

    @property
    def text(self) -> str:
        return "\n\n".join([*self._blocks, *self._last]) + "\n"

    def build(self) -> dict[str, Any]:
        """Everything by its name: run the text."""
        space = dict(self._values)
        exec(compile(self.text, "<compiled operation>", "exec"), space)
        return space
