"""Statements: those of one plan for one viewer, each written when it is needed first."""

from collections.abc import Callable, Mapping
from typing import Any, Generic, TypeVar

from api.connections import Ordering, Page
from api.plans import statement
from api.plans.dialect import Dialect
from api.plans.level import Body, Child
from api.plans.statement import Below, Statement, Writer
from foredesk.people.viewer import Viewer

T = TypeVar("T")

VIEWERS = 200
EACH = 50
"""Statements of one viewer: by what the arguments of a request leave of the text."""

Shape = tuple[tuple[tuple[str, Any], ...], Ordering | None, Page | None]
"""What the text of a statement depends on: conditions, ordering and page without their values."""


class ByViewer(Generic[T]):
    """One of a kind for each viewer. The very same viewer is found without being compared, as
    whoever asks again within a moment is."""

    def __init__(self, make: Callable[[Viewer], T]) -> None:
        self._make = make
        self._same: dict[int, tuple[Viewer, T]] = {}
        self._equal: dict[Viewer, T] = {}

    def of(self, viewer: Viewer) -> T:
        known = self._same.get(id(viewer))
        if known is not None and known[0] is viewer:
            return known[1]
        if len(self._same) >= VIEWERS:
            self._same.clear()
            self._equal.clear()
        found = self._equal.get(viewer)
        if found is None:
            found = self._equal[viewer] = self._make(viewer)
        self._same[id(viewer)] = viewer, found
        return found


class Statements:
    def __init__(self, dialect: Dialect, viewer: Viewer, bodies: Mapping[Any, Body]) -> None:
        self._dialect = dialect
        self._viewer = viewer
        self._bodies = bodies
        self._written: dict[Any, Statement] = {}

    def rows(self, kind: Any, shape: Shape, below: Below) -> Statement:
        """One row, or those of a page."""
        return self._once(
            (kind, shape, below), lambda writer: self._rows(writer, kind, *shape, below)
        )

    def count(self, kind: Any, where: tuple[tuple[str, Any], ...]) -> Statement:
        level = self._bodies[kind].level
        return self._once((kind, where), lambda writer: statement.count(writer, level, where))

    def children(self, child: Child, page: Page | None, below: Below) -> Statement:
        def write(writer: Writer) -> Statement:
            return statement.children(writer, child, page, below)

        return self._once((child, page, below), write)

    def count_each(self, child: Child) -> Statement:
        return self._once(child, lambda writer: statement.count_each(writer, child))

    def _once(self, key: Any, write: Callable[[Writer], Statement]) -> Statement:
        found = self._written.get(key)
        if found is None:
            if len(self._written) >= EACH:
                self._written.clear()
            found = self._written[key] = write(Writer(self._dialect, self._viewer))
        return found

    def _rows(
        self,
        writer: Writer,
        kind: Any,
        where: statement.Where,
        ordering: Ordering | None,
        page: Page | None,
        below: Below,
    ) -> Statement:
        body = self._bodies[kind]
        if ordering is None or page is None:
            return statement.one(writer, body.level, where, below)
        return statement.page(writer, body.level, where, ordering, page, below)
