"""Reader: runs the plan of one root field, level by level, and makes the answer."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any

import orjson
from tortoise import fields
from tortoise.models import Model

from api.compiled.bail import Bail
from api.compiled.run import Run
from api.connections import Ordering, Page, page_of
from api.plans.dialect import Dialect
from api.plans.level import Body, Child
from api.plans.statement import Below, Statement
from api.plans.statements import ByViewer, Shape, Statements
from api.sources import Asked, Wanted
from foredesk.database.reading import Reader, current_reader, refuse_unstorable

Ask = Callable[..., Asked]


class PlanReader:
    """`bodies` are what may be asked for, by the kind of the objects."""

    def __init__(
        self,
        dialect: Dialect,
        field_number: int,
        ask: Ask,
        bodies: Mapping[Any, Body],
        *,
        needs_now: bool,
    ) -> None:
        self._needs_now = needs_now
        self._dialect = dialect
        self._field_number = field_number
        self._ask = ask
        self._bodies = bodies
        self._statements = ByViewer(lambda viewer: Statements(dialect, viewer, bodies))

    def link(self, functions: Mapping[str, Any]) -> None:
        for body in self._bodies.values():
            body.link(functions)

    async def read(self, run: Run, arguments: Mapping[str, Any]) -> Any:
        reader = current_reader()
        if reader is None or reader.dialect != self._dialect.name:
            raise Bail("There is a transaction, or another database.")
        asked = self._ask(None, info=run.info(self._field_number), **arguments)
        reading = _Reading(self, reader, run)
        if isinstance(asked, list):
            return await reading.each(asked, self._bodies)
        return await reading.root(asked, self._bodies[asked.kind]) if asked else None


class _Reading:
    """One reading of a plan."""

    def __init__(self, plan: PlanReader, reader: Reader, run: Run) -> None:
        self._plan = plan
        self._dialect = plan._dialect
        self._reader = reader
        self._run = run
        self._statements = plan._statements.of(run.context.viewer)
        self._pages_of: dict[Child, Page] = {}
        self._now = self._dialect.value(run.context.desk.now()) if plan._needs_now else None

    async def root(self, asked: Wanted, body: Body) -> Any:
        model, ordering, page = body.level.model, asked.ordering, asked.page
        where = _simplified(asked.where)
        shape = _shape(where, asked)
        values = self._values(model, where)
        kind: Any = asked.kind
        below, first = self._below(body)
        found = self._statements.rows(kind, shape, below)
        if page is None:
            rows = await self._rows(found, [*first, *values])
            if not rows:
                return None
            getters = await self._getters(body, rows)
            return body.emit(rows[0], *getters, self._run, self._now)
        counted = values if body.total else []
        beyond = self._beyond(model, ordering, page)
        rows = await self._rows(found, [*first, *counted, *values, *beyond])
        total = await self._total(body, kind, shape, rows, values) if body.counts else 0
        shown = rows[: page.size]
        getters = await self._getters(body, shown)
        cursor = self._cursor(body, ordering)
        return body.emit(rows, page, cursor, total, *getters, self._run, self._now)

    async def _total(
        self, body: Body, kind: Any, shape: Shape, rows: Sequence[Any], values: list[Any]
    ) -> int:
        """With the rows, if there are any."""
        if body.total and rows:
            total: int = rows[0][body.places[body.total]]
            return total
        counting = self._statements.count(kind, shape[0])
        return int((await self._rows(counting, values))[0][0])

    async def each(self, asked: list[Wanted | None], bodies: Mapping[Any, Body]) -> list[Any]:
        """One row by its key for each that is asked for: a statement for each of their kinds."""
        keys: dict[Any, list[Any]] = {}
        for one in asked:
            if one is not None:
                keys.setdefault(one.kind, []).append(self._dialect.value(one.where["id"]))
        found = {kind: await self._by_key(kind, bodies[kind], keys[kind]) for kind in keys}
        return [
            found[one.kind].get(self._dialect.value(one.where["id"])) if one else None
            for one in asked
        ]

    async def _by_key(self, kind: Any, body: Body, keys: list[Any]) -> dict[Any, Any]:
        shape: Shape = ((("id__in", None),), None, None)
        below, first = self._below(body)
        found = self._statements.rows(kind, shape, below)
        rows = await self._rows(found, [*first, self._dialect.array(keys)])
        getters = await self._getters(body, rows)
        place = body.places[body.key]
        return {row[place]: body.emit(row, *getters, self._run, self._now) for row in rows}

    async def _getters(self, body: Body, rows: Sequence[Any]) -> list[Any]:
        """For each level below, what finds the part of the answer of one parent."""
        return [await self._getter(child, body, rows) for child in body.level.children]

    async def _getter(self, child: Child, body: Body, rows: Sequence[Any]) -> Any:
        if child.text:
            return await self._folded(child)
        place = body.places[child.parent_key]
        keys = list(dict.fromkeys(row[place] for row in rows if row[place] is not None))
        if child.ordering is not None:
            return await self._pages(child, keys)
        below, first = self._below(child)
        found = self._statements.children(child, None, below)
        rows = await self._rows(found, [*first, self._dialect.array(keys)]) if keys else []
        getters = await self._getters(child, rows)
        return child.emit(rows, *getters, self._run, self._now)

    async def _folded(self, child: Child) -> Callable[[str], Any]:
        page = self._page(child)

        def of(text: str) -> Any:
            return child.emit(orjson.loads(text), page, None, 0, self._run, self._now)

        return of

    async def _pages(self, child: Child, keys: list[Any]) -> Callable[[Any], Any]:
        page = self._page(child)
        ordering, place = child.ordering, child.places[child.key]
        below, first = self._below(child)
        found = self._statements.children(child, page.shape, below)
        values = [*first, *self._beyond(child.level.model, ordering, page)]
        array = self._dialect.array(keys)
        found_rows = await self._rows(found, [*values, array]) if keys else []
        by_parent: dict[Any, list[Any]] = {key: [] for key in keys}
        for row in found_rows:
            by_parent[row[place]].append(row)
        getters = await self._getters(child, found_rows)
        totals = await self._totals(child, array) if child.counts and keys else {}
        cursor = self._cursor(child, ordering)

        def of(key: Any) -> Any:
            rows, total = by_parent[key], totals.get(key, 0)
            return child.emit(rows, page, cursor, total, *getters, self._run, self._now)

        return of

    async def _totals(self, child: Child, keys: Any) -> dict[Any, int]:
        return dict(await self._rows(self._statements.count_each(child), [keys]))

    def _below(self, body: Body) -> tuple[Below, list[Any]]:
        """The pages of what is folded into a level, and the values for their places."""
        if not body.folded:
            return (), []
        pages: list[Page | None] = []
        values: list[Any] = []
        for child in body.folded:
            page = self._page(child) if child.ordering else None
            pages.append(page and page.shape)
            values += self._beyond(child.level.model, child.ordering, page) if page else []
        return tuple(pages), values

    def _page(self, child: Child) -> Page:
        page = self._pages_of.get(child)
        if page is None:
            arguments = self._run.shared_arguments(child.field_number)
            page = self._pages_of[child] = page_of(**arguments)
        return page

    async def _rows(self, found: Statement, values: Sequence[Any]) -> Sequence[Any]:
        return await self._reader.rows(found.text, [*found.values, *values])

    def _values(self, model: type[Model], where: Mapping[str, Any]) -> list[Any]:
        """The values of the conditions, as the database keeps them."""
        found = []
        for lookup, value in where.items():
            column, _, operator = lookup.partition("__")
            field = model._meta.fields_map[column]
            if operator == "in":
                found.append(self._dialect.array([_kept(field, one, model) for one in value]))
            elif operator != "isnull":
                found.append(self._dialect.value(_kept(field, value, model)))
        return found

    def _beyond(self, model: type[Model], ordering: Ordering, page: Page) -> list[Any]:
        found = []
        for cursor in (page.after, page.before):
            if cursor is not None:
                position = dict(zip(ordering.columns, ordering.position(cursor), strict=False))
                found += self._values(model, position)
        return found

    def _cursor(self, body: Body, ordering: Ordering) -> Callable[[Any], str] | None:
        if body.cursor is None:
            return None
        level, dialect = body.level, self._dialect
        value, key = (body.places[variable] for variable in body.cursor)
        is_time = isinstance(level.model._meta.fields_map[ordering.column], fields.DatetimeField)

        def cursor(row: Any) -> str:
            kept = dialect.moment(row[value]) if is_time else row[value]
            return ordering.cursor(kept, dialect.uuid(row[key]))

        return cursor


def _simplified(where: Mapping[str, Any]) -> Mapping[str, Any]:
    """To be one of one value is to be equal to it: then an index gives the order, too."""
    simple = {}
    for lookup, value in where.items():
        is_one = lookup.endswith("__in") and len(value) == 1
        simple[lookup.removesuffix("__in") if is_one else lookup] = value[0] if is_one else value
    return simple


def _shape(where: Mapping[str, Any], asked: Wanted) -> Shape:
    conditions = tuple(
        (lookup, value if lookup.endswith("__isnull") else None) for lookup, value in where.items()
    )
    return conditions, asked.ordering, asked.page and asked.page.shape


def _kept(field: Any, value: Any, model: type[Model]) -> Any:
    """As the field would hand it to the database; refuses what it would refuse."""
    kept = value if isinstance(field, fields.UUIDField) else field.to_db_value(value, model)
    if isinstance(kept, str):
        refuse_unstorable([kept])
    return kept
