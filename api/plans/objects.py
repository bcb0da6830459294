"""Objects: the fields selected of an object become parts of a level, and Python that makes it."""

from collections.abc import Iterable
from typing import Any

import orjson
from graphql import GraphQLEnumType, GraphQLNonNull, get_named_type, is_abstract_type
from strawberry.types.field import StrawberryField
from tortoise.models import Model

from api.compiled.bail import Unsupported
from api.compiled.compiler import Compiler
from api.compiled.operation import Details, Selected
from api.connections import node_kind
from api.plans.connection import written_connection
from api.plans.dialect import Dialect
from api.plans.leaves import identifier, is_time, leaf, names_of, required
from api.plans.level import Body, Child, Level
from api.plans.rows import row_maker
from api.rows import kind_of, model_of, referred_by
from api.sources import (
    Collection,
    Column,
    Computed,
    Key,
    Member,
    Part,
    Past,
    Relation,
    source_of,
)


class At:
    """Where an object's columns are: in a level, under an alias, with a prefix."""

    def __init__(self, level: Level, alias: str, kind: Any, prefix: str = "") -> None:
        self.level = level
        self.alias = alias
        self.kind = kind
        self.model: type[Model] = model_of(kind)
        self.prefix = prefix

    def column(self, name: str, *, as_time: bool = False) -> str:
        return self.level.column(self.alias, self.prefix + name, as_time=as_time)

    def field(self, name: str) -> Any:
        return self.model._meta.fields_map[self.prefix + name]


class Shape:
    """One object as it is written: parts of a dict, and what must be done before and after."""

    def __init__(self) -> None:
        self.items: list[str] = []
        self.names: dict[str, None] = {}
        self.before: list[str] = []
        self.after: list[str] = []
        self.needs: dict[str, None] | None = {}
        self.is_computed = False

    def use(self, *names: str) -> None:
        self.names.update(dict.fromkeys(names))

    @property
    def display(self) -> str:
        return f"{{{', '.join(self.items)}}}"

    @property
    def is_expression(self) -> bool:
        return not (self.before or self.after or self.is_computed)


class Objects:
    def __init__(self, compiler: Compiler, dialect: Dialect) -> None:
        self._compiler = compiler
        self._dialect = dialect
        self.needs_now = False
        """Whether some field depends on the time."""

    def written(self, type_: Any, details: Details, at: At) -> tuple[str, list[str]]:
        """An expression that makes the object's dict, and the variables in it."""
        if is_abstract_type(type_):
            return self._by_kind(type_, details, at)
        shape = self._shape(type_, details, at)
        if shape.is_expression:
            return shape.display, list(shape.names)
        name = self._function(shape, at, list(shape.names))
        return f"{name}({_listed(shape.names)})", list(shape.names)

    def _by_kind(self, type_: Any, details: Details, at: At) -> tuple[str, list[str]]:
        if at.kind.by_kind is None:
            raise Unsupported("Nothing says which type an object has.")
        column, kinds = at.kind.by_kind
        schema = self._compiler.schema._schema
        shapes = {}
        for value, kind in kinds.items():
            one = schema.get_type(kind.__strawberry_definition__.name)
            shapes[value] = self._shape(one, details, _as(at, kind))
        decides = at.column(column)
        names = list(
            dict.fromkeys([decides, *(name for one in shapes.values() for name in one.names)])
        )
        functions = {
            str(value.value): self._function(shape, _as(at, kinds[value]), names)
            for value, shape in shapes.items()
        }
        table = self._compiler.name("by_kind")
        rows = ", ".join(f"{value!r}: {function}" for value, function in functions.items())
        self._compiler.source.finally_do(f"{table} = {{{rows}}}")
        return f"{table}[{decides}]({_listed(names)})", names

    def _function(self, shape: Shape, at: At, names: list[str]) -> str:
        return self._compiler.define(
            "object",
            _listed(names),
            [*shape.before, f"d = {shape.display}", *shape.after, "return d"],
        )

    def _shape(self, type_: Any, details: Details, at: At) -> Shape:
        shape = Shape()
        for selected in self._compiler.selected(type_, details):
            self._add(shape, selected, at)
        if shape.is_computed:
            self._add_object(shape, at)
        return shape

    def _add(self, shape: Shape, selected: Selected, at: At) -> None:
        if selected.node.name.value == "__typename":
            shape.items.append(f"{selected.key!r}: {selected.parent.name!r}")
            return
        definition: Any = selected.definition.extensions.get("strawberry-definition")
        if not isinstance(definition, StrawberryField):
            raise Unsupported("The field is not Strawberry's.")
        source = source_of(definition)
        try:
            expression, names = self._value(shape, source, definition, selected, at)
        except Unsupported:
            self._add_computed(shape, selected, source)
            return
        shape.use(*names)
        shape.items.append(f"{selected.key!r}: {expression}")

    def _value(
        self, shape: Shape, source: Any, definition: StrawberryField, selected: Selected, at: At
    ) -> tuple[str, list[str]]:
        match source:
            case Column(name):
                return self._column(name or definition.python_name, selected, at)
            case Key():
                variable = at.column("id")
                name = selected.parent.name
                return identifier(self._compiler, name, variable), [variable]
            case Member(name, column):
                return self._member(shape, name, column, selected, at)
            case Past(column):
                self.needs_now = True
                variable = at.column(column)
                return f"({variable} is not None and {variable} <= now)", [variable]
            case Part(prefix):
                inner = At(at.level, at.alias, kind_of(definition), at.prefix + prefix)
                return self.written(_bare(selected), selected.details, inner)
            case Relation(path):
                return self._relation(path, definition, selected, at)
            case Collection(by, order, None):
                return self._collection(by, order, definition, selected, at)
            case Collection(by, _, ordering):
                return self._pages(by, ordering, definition, selected, at)
        raise Unsupported("A method works it out.")

    def _column(self, name: str, selected: Selected, at: At) -> tuple[str, list[str]]:
        field = at.field(name)
        variable = at.column(name, as_time=is_time(field))
        type_ = selected.definition.type
        return leaf(self._compiler, self._dialect, type_, field, variable), [variable]

    def _member(
        self, shape: Shape, name: str, column: str, selected: Selected, at: At
    ) -> tuple[str, list[str]]:
        variable = at.column(column)
        loaded = f"data_{variable}"
        loads = f"{loaded} = {self._compiler.constant(orjson.loads, 'loads')}({variable})"
        if loads not in shape.before:
            shape.before.append(loads)
        value, type_ = self._compiler.name("v"), selected.definition.type
        shape.before.append(f"{value} = {loaded}.get({name!r})")
        bare = type_.of_type if isinstance(type_, GraphQLNonNull) else type_
        if not isinstance(bare, GraphQLEnumType):
            return self._compiler.value(type_, selected, value), [variable]
        names = self._compiler.constant(names_of(bare), "names")
        if bare is not type_:
            return f"{names}[{value}]", [variable]
        return f"({names}[{value}] if {value} else None)", [variable]

    def _relation(
        self, path: tuple[str, ...], definition: StrawberryField, selected: Selected, at: At
    ) -> tuple[str, list[str]]:
        alias, model = at.alias, at.model
        kind = kind_of(definition)
        for name in path:
            model = referred_by(model, name)
            seen_by = kind if name is path[-1] else None
            alias = at.level.join(alias, name, model, seen_by)
        inner = At(at.level, alias, kind)
        display, names = self.written(_bare(selected), selected.details, inner)
        variable = inner.column("id")
        if isinstance(selected.definition.type, GraphQLNonNull):
            check = self._compiler.constant(required, "required")
            display = f"({display} if {check}({variable}) else None)"
        else:
            display = f"(None if {variable} is None else {display})"
        return display, [*names, variable]

    def _collection(
        self,
        by: str,
        order: tuple[str, ...],
        definition: StrawberryField,
        selected: Selected,
        at: At,
    ) -> tuple[str, list[str]]:
        kind = kind_of(definition)
        child = self._child(by, kind, at)
        child.order = order
        inner = At(child.level, child.level.alias, kind)
        display, names = self.written(_bare(selected), selected.details, inner)
        if self._folds(child):
            child.level.columns = {
                column: name for column, name in child.level.columns.items() if name in names
            }
            return self._folded(child, display, at)
        child.function = self._compiler.define(
            "rows",
            _listed(["rows", *child.level.getters]),
            [
                "found = {}",
                f"for {child.level.unpacked} in rows:",
                f"    some = found.get({child.key})",
                "    if some is None:",
                f"        found[{child.key}] = some = []",
                f"    some.append({display})",
                "return found.get",
            ],
        )
        at.level.children.append(child)
        child.parent_key = at.column("id")
        return f"{child.getter}({child.parent_key}, [])", [child.getter, child.parent_key]

    def _folds(self, child: Child) -> bool:
        return self._dialect.folds and child.level.can_be_json

    def _folded(self, child: Child, display: str, at: At) -> tuple[str, list[str]]:
        text = at.level.fold(child)
        loads = self._compiler.constant(orjson.loads, "loads")
        lines = [f"return [{display} for {child.level.unpacked} in {loads}(text)]"]
        name = self._compiler.define("rows", _listed(["text"]), lines)
        return f"{name}({_listed([text])})", [text]

    def _pages(
        self, by: str, ordering: Any, definition: StrawberryField, selected: Selected, at: At
    ) -> tuple[str, list[str]]:
        kind = node_kind(definition)
        child = self._child(by, kind, at)
        child.ordering = ordering
        child.field_number = self._compiler.field(selected).place
        self.add_connection(_bare(selected), selected.details, child, kind)
        at.level.children.append(child)
        if child.cursor is None and not child.counts and self._folds(child):
            return f"{child.getter}({at.level.fold(child)})", [child.getter, child.text]
        child.parent_key = at.column("id")
        return f"{child.getter}({child.parent_key})", [child.getter, child.parent_key]

    def _child(self, by: str, kind: Any, at: At) -> Child:
        name = self._compiler.name
        level = Level(model_of(kind), kind, name)
        key = level.column(level.alias, by)
        parent = f'{at.alias}."{at.prefix}id"'
        getter = name("g")
        return Child(level=level, getter=getter, by=by, key=key, parent=parent)

    def add_connection(
        self, type_: Any, details: Details, body: Body, kind: Any, *, is_root: bool = False
    ) -> None:
        at = At(body.level, body.level.alias, kind)
        comes_along = is_root and self._dialect.folds
        body.function = written_connection(
            self, self._compiler, type_, details, at, body, comes_along=comes_along
        )

    def add_one(self, type_: Any, details: Details, body: Body, kind: Any) -> None:
        level = body.level
        display, _ = self.written(type_, details, At(level, level.alias, kind))
        parameters = _listed(["row", *level.getters])
        lines = [f"{level.unpacked} = row", f"return {display}"]
        body.function = self._compiler.define("one", parameters, lines)

    def _add_computed(self, shape: Shape, selected: Selected, source: Any) -> None:
        """Run as a resolver, by the same text as an object that no plan has read."""
        code = self._compiler.code(selected, "o")
        shape.is_computed = True
        shape.before += code.before
        shape.items.append(f"{selected.key!r}: {code.item}")
        shape.after += code.after
        needs = source.needs if isinstance(source, Computed) else None
        if needs is None or shape.needs is None:
            shape.needs = None
        else:
            shape.needs.update(dict.fromkeys(needs))

    def _add_object(self, shape: Shape, at: At) -> None:
        """The object that the resolvers get, with the columns of the row that they look at."""
        if at.prefix:
            raise Unsupported("A part of a row is no object of its own.")
        names = (
            list(at.model._meta.fields_db_projection) if shape.needs is None else list(shape.needs)
        )
        variables = [at.column(name) for name in names]
        made = row_maker(at.kind, tuple(names) if shape.needs is not None else None)
        shape.use(*variables)
        maker = self._compiler.constant(made, "made")
        shape.before.insert(0, f"o = {maker}({', '.join(variables)})")


def _as(at: At, kind: Any) -> At:
    return At(at.level, at.alias, kind, at.prefix)


def _bare(selected: Selected) -> Any:
    return get_named_type(selected.definition.type)


def _listed(names: Iterable[str]) -> str:
    return ", ".join([*names, "run", "now"])
