"""Info: what a resolver is told of its field. What is not known here ends the program."""

from asyncio import ensure_future, gather
from collections.abc import Awaitable, Sequence
from typing import Any

from graphql import GraphQLResolveInfoHelpers
from graphql.pyutils import Path, gather_with_cancel, is_awaitable

from api.compiled.operation import Selected


class FieldInfo:
    """Stands for graphql-core's info of a field, for all objects of a level alike.

    So it has no path below the root. Whoever asks for it, and catches what they get, has
    spoiled the run all the same.
    """

    __slots__ = ("_run", "_selected", "context")  # fmt: skip

    def __init__(self, run: Any, selected: Selected) -> None:
        self.context = run.context
        self._run = run
        self._selected = selected

    field_name = property(lambda self: self._selected.node.name.value)
    field_nodes = property(lambda self: self._selected.nodes)
    return_type = property(lambda self: self._selected.definition.type)
    parent_type = property(lambda self: self._selected.parent)
    schema = property(lambda self: self._run.operation.schema)
    fragments = property(lambda self: self._run.operation.fragments)
    root_value = property(lambda self: self._run.root_value)
    operation = property(lambda self: self._run.operation.node)
    variable_values = property(lambda self: self._run.variables.coerced)
    is_awaitable = property(lambda self: is_awaitable)
    abort_signal = property(lambda self: None)
    async_helpers = property(lambda self: HELPERS)
    operation_extensions = property(lambda self: None)

    @property
    def path(self) -> Path:
        if not self._selected.is_root:
            raise self._run.spoil(self._selected)
        return Path(None, self._selected.key, self._selected.parent.name)

    def __getattr__(self, name: str) -> Any:
        raise self._run.spoil(self._selected)

    def __iter__(self) -> Any:
        raise self._run.spoil(self._selected)

    def __getitem__(self, place: Any) -> Any:
        raise self._run.spoil(self._selected)


class RootInfo(FieldInfo):
    """Of a root field of a mutation, whose resolver must not run twice: what is not known here is
    asked of graphql-core's own info."""

    __slots__ = ("_usual",)

    @property
    def path(self) -> Path:
        return Path(None, self._selected.key, self._selected.parent.name)

    def __getattr__(self, name: str) -> Any:
        if name == "_usual":
            self._usual = self._run.usual_info(self._selected)
            return self._usual
        return getattr(self._usual, name)

    def __iter__(self) -> Any:
        return iter(self._usual)

    def __len__(self) -> int:
        return len(self._usual)

    def __getitem__(self, place: Any) -> Any:
        return self._usual[place]


def _gathered(values: Sequence[Awaitable[Any]]) -> Awaitable[list[Any]]:
    return gather_with_cancel(*values)


def _tracked(values: Sequence[Any]) -> None:
    waiting = [value for value in values if is_awaitable(value)]
    if waiting:
        task = ensure_future(gather(*waiting, return_exceptions=True))
        _TRACKED.add(task)
        task.add_done_callback(_TRACKED.discard)


_TRACKED: set[Any] = set()
HELPERS: GraphQLResolveInfoHelpers = GraphQLResolveInfoHelpers(gather=_gathered, track=_tracked)
