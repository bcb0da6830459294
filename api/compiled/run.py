"""Run: one execution of a program, and what it still waits for."""

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass, field
from inspect import iscoroutine
from typing import Any

from graphql.execution.values import VariableValues

from api.compiled.arguments import are_atoms
from api.compiled.bail import Bail
from api.compiled.fields import Field
from api.compiled.info import FieldInfo
from api.compiled.operation import Operation, Selected

Complete = Callable[[Any, "Run"], Any]


Resolve = Callable[..., Awaitable[Sequence[Any]]]
"""Resolves a field of many objects: (objects, info, **arguments), a value for each."""


@dataclass(slots=True)
class Batch:
    """One field of all objects of a level."""

    place: int
    resolve: Resolve
    complete: Complete
    key: str
    objects: list[Any] = field(default_factory=list)
    targets: list[dict[str, Any]] = field(default_factory=list)

    def resolved(self, run: "Run") -> Awaitable[Sequence[Any]]:
        return self.resolve(self.objects, run.info(self.place), **run.arguments(self.place))

    def put(self, values: Sequence[Any], run: "Run") -> None:
        for target, value in zip(self.targets, values, strict=True):
            target[self.key] = self.complete(value, run)


class Run:
    """`infos` are those of the resolvers that were called so far, by the number of their field."""

    __slots__ = (
        "_arguments",
        "_batches",
        "_fields",
        "_raws",
        "_waiting",
        "context",
        "infos",
        "operation",
        "root_value",
        "spoiled",
        "variables",
    )

    def __init__(
        self,
        operation: Operation,
        fields: list[Field],
        variables: VariableValues,
        context: Any,
        root_value: Any = None,
    ) -> None:
        self.operation = operation
        self.variables = variables
        self.context = context
        self.root_value = root_value
        self.spoiled: set[Selected] = set()
        self.infos: list[Any] = [None] * len(fields)
        self._raws: list[Any] = [None] * len(fields)
        self._arguments: dict[int, dict[str, Any]] = {}
        self._fields = fields
        self._waiting: list[tuple[Awaitable[Any], Complete, dict[str, Any], str]] = []
        self._batches: dict[tuple[int, str], Batch] = {}

    def raw(self, place: int) -> Any:
        """What graphql-core would tell the field's resolver."""
        info = self._raws[place]
        if info is None:
            info = self._raws[place] = FieldInfo(self, self._fields[place].selected)
        return info

    def info(self, place: int) -> Any:
        """What Strawberry would tell the field's resolver."""
        info = self.infos[place]
        if info is None:
            info = self.infos[place] = self._fields[place].info(self.raw(place))
        return info

    def coerced(self, place: int) -> dict[str, Any]:
        return self._fields[place].arguments.coerced(self.variables)

    def arguments(self, place: int) -> dict[str, Any]:
        """Made anew for each object, unless nobody can change them."""
        found = self._arguments.get(place)
        if found is None:
            found = self._made(place)
            if are_atoms(found):
                self._arguments[place] = found
        return found

    def shared_arguments(self, place: int) -> dict[str, Any]:
        """The same each time: for readers, who change nothing."""
        found = self._arguments.get(place)
        if found is None:
            found = self._arguments[place] = self._made(place)
        return found

    def _made(self, place: int) -> dict[str, Any]:
        arguments = self._fields[place].arguments
        if arguments.fixed is not None:
            return arguments.fixed
        return arguments.of(self.variables, lambda: self.info(place))

    def wait(
        self, awaitable: Awaitable[Any], complete: Complete, target: dict[str, Any], key: str
    ) -> None:
        """Put what comes, completed, into the target: with all else of this level."""
        self._waiting.append((awaitable, complete, target, key))

    def wait_together(
        self, place: int, resolve: Resolve, complete: Complete, o: Any, d: dict[str, Any], key: str
    ) -> None:
        """The same for a field whose values are resolved for all objects of a level at once."""
        batch = self._batches.get((place, key))
        if batch is None:
            batch = self._batches[place, key] = Batch(place, resolve, complete, key)
        batch.objects.append(o)
        batch.targets.append(d)

    async def drain(self) -> None:
        """Wait level by level, so that what is loaded on one level is loaded at once."""
        while self._waiting or self._batches:
            batches, self._batches = self._batches, {}
            for batch in batches.values():
                self.wait(batch.resolved(self), batch.put, {}, batch.key)
            level, self._waiting = self._waiting, []
            values = await self.gather([awaitable for awaitable, *_ in level])
            for (_, complete, target, key), value in zip(level, values, strict=True):
                target[key] = complete(value, self)
        if self.spoiled:
            raise Bail("A resolver asked for what a program can't tell.")

    def abandon(self) -> None:
        """Let go of what nobody will wait for."""
        for awaitable, *_ in self._waiting:
            if iscoroutine(awaitable):
                awaitable.close()
        self._waiting.clear()
        self._batches.clear()

    def spoil(self, selected: Selected) -> Bail:
        """What the field's resolver makes of it does not count."""
        self.spoiled.add(selected)
        return Bail("A resolver asked for what a program can't tell.")

    async def gather(self, awaitables: list[Awaitable[Any]]) -> list[Any]:
        """All values; when one fails, the others are stopped before anybody goes on."""
        if len(awaitables) == 1:
            return [await awaitables[0]]
        tasks = [asyncio.ensure_future(awaitable) for awaitable in awaitables]
        try:
            return await asyncio.gather(*tasks)
        except BaseException:
            for task in tasks:
                task.cancel()
            await asyncio.gather(*tasks, return_exceptions=True)
            raise
