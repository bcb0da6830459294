"""Compiler: writes the functions that make the answer to an operation, one for a selection set."""

from typing import TYPE_CHECKING, Any

import strawberry
from graphql import (
    GraphQLLeafType,
    GraphQLList,
    GraphQLNonNull,
    GraphQLObjectType,
    OperationType,
    is_abstract_type,
    is_leaf_type,
)
from graphql.execution.values import VariableValues

from api.compiled.arguments import Arguments
from api.compiled.bail import Unsupported
from api.compiled.fields import Code, Field, attribute, call, is_called_directly
from api.compiled.leaves import Leaves
from api.compiled.lists import any_list, lasting_list
from api.compiled.objects import CAST, Checked, Dispatch, exact_class, may_be_cast
from api.compiled.operation import Details, Operation, Selected
from api.compiled.source import Source

if TYPE_CHECKING:
    from api.compiled.planner import Planner, RootReader


class Compiler:
    """Compiles one operation for one case of its conditions.

    The functions it writes take `run` last, and raise Bail or any other exception where
    graphql-core has to answer.
    """

    def __init__(
        self,
        schema: strawberry.Schema,
        operation: Operation,
        variables: VariableValues,
        most: int,
        planner: "Planner | None" = None,
    ) -> None:
        self.schema = schema
        self.operation = operation
        self.variables = variables
        """Only those that the operation's conditions name may be relied on."""
        self.source = Source(most)
        self.constant = self.source.constant
        self.define = self.source.define
        self.name = self.source.name
        self.fields: list[Field] = []
        self._planner = planner
        self._readers: list[RootReader] = []
        self._leaves = Leaves(self.source)
        self._places: dict[Any, int] = {}
        self._selections: dict[Any, str] = {}
        self._objects: dict[tuple[str, bool, int], str] = {}

    def roots(self) -> list[Selected]:
        """The fields that the operation selects of its root type."""
        root = self.operation.root_type
        return self._all_of(root, self.operation.roots(self.variables), is_root=True)

    def selected(self, type_: GraphQLObjectType, details: Details) -> list[Selected]:
        """The fields that the field of these details selects of an object of the type."""
        return self._all_of(type_, self.operation.below(self.variables, type_, details))

    def field(self, selected: Selected) -> Field:
        """The field's number and arguments."""
        key = (selected.parent.name, _nodes(selected.details), selected.is_root)
        if key not in self._places:
            self._places[key] = len(self.fields)
            arguments = Arguments(self.schema, selected, self.variables)
            self.fields.append(Field(self.schema, len(self.fields), selected, arguments))
        return self.fields[self._places[key]]

    def selection(self, type_: GraphQLObjectType, details: Details) -> str:
        """The name of a function (object, run) that makes the dict for an object of the type."""
        key = (type_.name, _nodes(details))
        if key not in self._selections:
            written = self.function(type_.name, self.selected(type_, details))
            self._selections[key] = written
        return self._selections[key]

    def function(self, prefix: str, selected: list[Selected]) -> str:
        """The name of a function (object, run) that makes a dict of these fields."""
        codes = [(one.key, self.code(one, "o")) for one in selected]
        display = ", ".join(f"{key!r}: {code.item}" for key, code in codes)
        before = [line for _, code in codes for line in code.before]
        after = [line for _, code in codes for line in code.after]
        if not after:
            return self.define(prefix, "o, run", [*before, f"return {{{display}}}"])
        return self.define(prefix, "o, run", [*before, f"d = {{{display}}}", *after, "return d"])

    def code(self, selected: Selected, o: str) -> Code:
        """The part of a selection that makes one field of the object in the variable `o`."""
        if selected.node.name.value == "__typename":
            return Code(item=repr(selected.parent.name))
        one = self.field(selected)
        v = self.name("v")
        if selected.is_root and self.operation.kind is OperationType.SUBSCRIPTION:
            return self._now(one, v, o)
        if loaded := attribute(self.schema, one, o):
            return self._now(one, v, loaded)
        if selected.is_root and (reader := self._planned(one)):
            read = f"{reader}.read(run, run.shared_arguments({one.place}))"
            return Code(after=[f"run.wait({read}, {self._as_it_is}, d, {selected.key!r})"])
        if batched := self._together(one, o):
            return batched
        resolved = call(self.schema, self, one, o)
        if self.operation.kind is OperationType.MUTATION:
            resolved = f"run.once({one.place}, {o}, lambda: {resolved})"
        if one.definition.is_async:
            return self._later(one, resolved)
        if self._is_replayed or is_leaf_type(_bare(selected.definition.type)):
            return self._now(one, v, resolved)
        return self._now_or_later(one, v, resolved)

    def completion(self, selected: Selected) -> str:
        """The name of a function (value, run) that completes what the field's resolver gave."""
        expression = self.value(selected.definition.type, selected, "v")
        return self.define("complete", "v, run", [f"return {expression}"])

    def value(self, type_: Any, selected: Selected, v: str) -> str:
        """An expression that completes the value in the variable `v`."""
        required = isinstance(type_, GraphQLNonNull)
        type_ = type_.of_type if required else type_
        if is_leaf_type(type_):
            leaf: GraphQLLeafType = type_
            return self._leaves.expression(leaf, required, v)
        if isinstance(type_, GraphQLList):
            return self._list(type_, required, selected, v)
        if isinstance(type_, GraphQLObjectType):
            return self._object(type_, required, selected, v)
        return f"{self._abstract(type_, required, selected)}({v}, run)"

    def build(self) -> dict[str, Any]:
        """All functions by their names."""
        functions = self.source.build()
        for reader in self._readers:
            reader.link(functions)
        return functions

    @property
    def _as_it_is(self) -> str:
        return self.constant(_as_it_is, "finished")

    def _planned(self, one: Field) -> str | None:
        """The name of what reads the root field as a whole, if there is a plan for it."""
        if self._planner is None or not is_called_directly(self.schema, one):
            return None
        try:
            reader = self._planner.plan(self, one.selected)
        except Unsupported:
            return None
        if reader is None:
            return None
        self._readers.append(reader)
        return self.constant(reader, "reader")

    @property
    def _is_replayed(self) -> bool:
        """Whether graphql-core may have to complete the very values that the program saw."""
        return self.operation.kind is not OperationType.QUERY

    def _all_of(
        self, type_: GraphQLObjectType, groups: dict[str, Details], *, is_root: bool = False
    ) -> list[Selected]:
        found = []
        for key, details in groups.items():
            definition = self.schema._schema.get_field(type_, details[0].node.name.value)
            if definition is None or details[0].node.name.value in ("__schema", "__type"):
                raise Unsupported("Introspection, or no such field.")
            found.append(Selected(key, type_, definition, details, is_root))
        return found

    def _now(self, one: Field, v: str, resolved: str) -> Code:
        done = self.name("c")
        value = self.value(one.selected.definition.type, one.selected, v)
        return Code([f"{v} = {resolved}", f"{done} = {value}"], done)

    def _later(self, one: Field, resolved: str) -> Code:
        key, complete = one.selected.key, self.completion(one.selected)
        return Code(after=[f"run.wait({resolved}, {complete}, d, {key!r})"])

    def _together(self, one: Field, o: str) -> Code | None:
        """For a field that says in its metadata how to resolve it for many objects at once.

        {"batch": an asynchronous function (objects, info, **arguments), a value for each object}
        """
        resolve = one.definition.metadata.get("batch")
        is_mutation = self.operation.kind is OperationType.MUTATION
        if resolve is None or is_mutation or not is_called_directly(self.schema, one):
            return None
        batch, complete = self.constant(resolve, "batch"), self.completion(one.selected)
        wait = f"run.wait_together({one.place}, {batch}, {complete}, {o}, d, {one.selected.key!r})"
        return Code(after=[wait])

    def _now_or_later(self, one: Field, v: str, resolved: str) -> Code:
        key, complete = one.selected.key, self.completion(one.selected)
        done, waits = self.name("c"), self.name("w")
        return Code(
            [
                f"{v} = {resolved}",
                f"{waits} = hasattr({v}, '__await__')",
                f"{done} = None if {waits} else {complete}({v}, run)",
            ],
            done,
            [f"if {waits}: run.wait({v}, {complete}, d, {key!r})"],
        )

    def _list(self, type_: GraphQLList[Any], required: bool, selected: Selected, v: str) -> str:
        x = self.name("x")
        check = self.constant(lasting_list if self._is_replayed else any_list, "listed")
        item = self.value(type_.of_type, selected, x)
        items = f"{v} if {v}.__class__ is list else {check}({v})"
        made = f"[{item} for {x} in ({items})]"
        return made if required else f"(None if {v} is None else {made})"

    def _object(self, type_: GraphQLObjectType, required: bool, selected: Selected, v: str) -> str:
        select = self.selection(type_, selected.details)
        place = self.field(selected).place
        key = (select, required, place)
        if key not in self._objects:
            checked = Checked(type_, required, place)
            self._objects[key] = name = self.constant(checked, "object")
            self.source.finally_do(f"{name}.link({select})")
        slow, cls = self._objects[key], exact_class(type_)
        if cls is None:
            return f"{slow}({v}, run)"
        test = f"{v}.__class__ is {self.constant(cls, 'class')}"
        test += f" and not hasattr({v}, {CAST!r})" if may_be_cast(type_) else ""
        return f"({select}({v}, run) if {test} else {slow}({v}, run))"

    def _abstract(self, type_: Any, required: bool, selected: Selected) -> str:
        if not is_abstract_type(type_):
            raise Unsupported("There is no such kind of type.")
        place = self.field(selected).place
        key = (type_.name, required, place)
        if key not in self._objects:
            dispatch = Dispatch(type_, required, place)
            self._objects[key] = name = self.constant(dispatch, "dispatch")
            possible = self.schema._schema.get_possible_types(type_)
            rows = [
                f"{one.name!r}: ({self.constant(one, 'type')}, "
                f"{self.selection(one, selected.details)})"
                for one in possible
            ]
            self.source.finally_do(f"{name}.link({{{', '.join(rows)}}})")
        return self._objects[key]


def _as_it_is(value: Any, run: Any) -> Any:
    return value


def _nodes(details: Details) -> tuple[int, ...]:
    return tuple(id(detail.node) for detail in details)


def _bare(type_: Any) -> Any:
    return type_.of_type if isinstance(type_, GraphQLNonNull) else type_
