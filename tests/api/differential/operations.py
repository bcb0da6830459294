"""Operations: made at random from a schema alone, with all that the language has."""

import json
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from graphql import (
    GraphQLArgument,
    GraphQLEnumType,
    GraphQLField,
    GraphQLInputObjectType,
    GraphQLInterfaceType,
    GraphQLList,
    GraphQLNonNull,
    GraphQLSchema,
    GraphQLUnionType,
    OperationType,
    get_named_type,
    is_leaf_type,
    is_required_argument,
    is_required_input_field,
)
from hypothesis import strategies as st

Values = Callable[[str, str, Any], st.SearchStrategy[Any] | None]
"""Values for an input by the name of its field, its own and its type; None: as the type has it."""

WORDS = ("", "vpn", "printer jams", "§", "1042", 'ä\u2028"\\\n', "x" * 300)


@dataclass(frozen=True, slots=True)
class Asked:
    text: str
    variables: dict[str, Any]


def operations(
    schema: GraphQLSchema,
    values: Values,
    kind: OperationType = OperationType.QUERY,
    without: frozenset[str] = frozenset(),
) -> st.SearchStrategy[Asked]:
    """`without` are names of fields that are not asked for."""
    return st.composite(lambda draw: Writer(draw, schema, values, kind, without).operation())()


@dataclass
class Writer:
    """Writes one operation. `left` bounds how many fields it may still select."""

    draw: Any
    schema: GraphQLSchema
    values: Values
    kind: OperationType
    without: frozenset[str] = frozenset()
    left: int = 25
    count: int = 0
    variables: dict[str, Any] = field(default_factory=dict)
    declared: list[str] = field(default_factory=list)
    fragments: dict[str, tuple[Any, str]] = field(default_factory=dict)

    def operation(self) -> Asked:
        root = self.schema.get_root_type(self.kind)
        assert root
        depth = self.integer(2, 5)
        if self.kind is OperationType.SUBSCRIPTION:
            body = "{ " + str(self.one(root, depth, alias_all=False)) + " }"
        else:
            body = self.selection(root, depth)
        head = f"({', '.join(self.declared)})" if self.declared else ""
        texts = [f"fragment {name} on {on} {text}" for name, (on, text) in self.fragments.items()]
        return Asked("\n".join([f"{self.kind.value} Q{head} {body}", *texts]), self.variables)

    def selection(self, type_: Any, depth: int, *, alias_all: bool = False) -> str:
        parts = [
            self.part(type_, depth, alias_all) for _ in range(self.integer(1, 4 if depth else 2))
        ]
        if self.possible(type_) and self.roll(3):
            parts.append("__typename")
        return "{ " + " ".join(part or "__typename" for part in parts) + " }"

    def part(self, type_: Any, depth: int, alias_all: bool) -> str | None:
        roll = self.roll(20)
        if roll == 0:
            return self.alias() + "__typename" + self.directive()
        if roll == 1:
            return "..." + self.directive() + self.selection(type_, depth, alias_all=alias_all)
        if roll == 2 and depth:
            return self.spread(type_, depth)
        narrower = self.possible(type_)
        if narrower and (roll < 12 or isinstance(type_, GraphQLUnionType)):
            inner = self.pick(narrower)
            body = self.selection(inner, depth, alias_all=True)
            return f"... on {inner.name}{self.directive()} {body}"
        return self.one(type_, depth, alias_all)

    def possible(self, type_: Any) -> list[Any]:
        if isinstance(type_, GraphQLInterfaceType | GraphQLUnionType):
            return list(self.schema.get_possible_types(type_))
        return []

    def spread(self, type_: Any, depth: int) -> str:
        known = [name for name, (on, _) in self.fragments.items() if on is type_]
        if known and self.integer(0, 1):
            return f"...{self.pick(known)}{self.directive()}"
        self.count += 1
        name = f"F{self.count}"
        body = self.selection(type_, depth - 1, alias_all=True)
        self.fragments[name] = (type_, body)
        return f"...{name}{self.directive()}"

    def one(self, type_: Any, depth: int, alias_all: bool) -> str | None:
        """One field; None if there is none that fits."""
        fields = [
            (name, one)
            for name, one in getattr(type_, "fields", {}).items()
            if name not in self.without and (depth > 0 or is_leaf_type(get_named_type(one.type)))
        ]
        if not fields or self.left <= 0:
            return None
        self.left -= 1
        leading = [
            (name, one) for name, one in fields if not is_leaf_type(get_named_type(one.type))
        ]
        name, one = self.pick(leading if leading and self.roll(3) else fields)
        written = self.arguments(name, one)
        alias = self.alias() if alias_all or written or not self.roll(5) else ""
        named = get_named_type(one.type)
        below = "" if is_leaf_type(named) else " " + self.selection(named, depth - 1)
        return f"{alias}{name}{written}{self.directive()}{below}"

    def arguments(self, field: str, one: GraphQLField) -> str:
        chosen = {
            name: argument
            for name, argument in one.args.items()
            if is_required_argument(argument) or not self.roll(3)
        }
        if {"first", "last"} <= set(chosen) and self.roll(10):
            del chosen[self.pick(["first", "last"])]
        written = [
            f"{name}: {self.argument(field, name, argument)}" for name, argument in chosen.items()
        ]
        return f"({', '.join(written)})" if written else ""

    def argument(self, field: str, name: str, argument: GraphQLArgument) -> str:
        value = self.value(field, name, argument.type)
        if self.integer(0, 1):
            return literal(value, argument.type)
        return self.variable(str(argument.type), value)

    def variable(self, type_: str, value: Any) -> str:
        """Declare a variable, with or without a value, or with a default; some do not fit."""
        self.count += 1
        name = f"v{self.count}"
        roll = self.roll(20)
        if roll == 0 and not type_.endswith("!"):
            self.declared.append(f"${name}: {type_}")
            return f"${name}"
        self.declared.append(f"${name}: {type_}")
        self.variables[name] = self.pick([None, [], {}, -1, "?"]) if roll == 1 else value
        return f"${name}"

    def value(self, field: str, name: str, type_: Any) -> Any:
        """As JSON has it."""
        if isinstance(type_, GraphQLNonNull):
            return self.value(field, name, type_.of_type) if self.roll(100) else None
        if not self.roll(20):
            return None
        known = self.values(field, name, type_)
        if known is not None:
            return self.draw(known)
        if isinstance(type_, GraphQLList):
            return [self.value(field, name, type_.of_type) for _ in range(self.integer(0, 3))]
        if isinstance(type_, GraphQLEnumType):
            return self.pick(list(type_.values))
        if isinstance(type_, GraphQLInputObjectType):
            return self.input(field, type_)
        return self.scalar(type_.name)

    def input(self, field: str, type_: GraphQLInputObjectType) -> dict[str, Any]:
        fields = type_.fields
        if is_one_of(type_):
            name = self.pick(list(fields))
            value = self.value(field, name, fields[name].type)
            return {name: "?" if value is None else value}
        return {
            name: self.value(field, name, one.type)
            for name, one in fields.items()
            if is_required_input_field(one) or not self.roll(3)
        }

    def scalar(self, name: str) -> Any:
        if name == "Int":
            return self.pick([1, 2, 3, 5, 0, -1, 2**31 - 1])
        if name == "Float":
            return self.pick([0.5, 1, -2.0, 1e300])
        if name == "Boolean":
            return bool(self.integer(0, 1))
        if name == "DateTime":
            return self.pick(
                ["2026-03-02T09:00:00Z", "2026-03-02T10:05:00+01:00", "1970-01-01T00:00:00Z", "no"]
            )
        return self.pick(WORDS)

    def alias(self) -> str:
        self.count += 1
        return f"a{self.count}: "

    def directive(self) -> str:
        roll = self.roll(25)
        if roll > 3:
            return ""
        name = self.pick(["include", "skip"])
        if roll == 0:
            return f" @{name}(if: {self.pick(['true', 'false'])})"
        type_ = "Boolean!" if roll < 3 else "Boolean! = true"
        return f" @{name}(if: {self.flag(type_)})"

    def flag(self, type_: str) -> str:
        self.count += 1
        name = f"v{self.count}"
        self.declared.append(f"${name}: {type_}")
        if "=" not in type_ or self.integer(0, 1):
            self.variables[name] = bool(self.integer(0, 1))
        return f"${name}"

    def integer(self, least: int, most: int) -> int:
        drawn: int = self.draw(st.integers(least, most))
        return drawn

    def roll(self, sides: int) -> int:
        """Evenly, where Hypothesis likes the ends of a range better."""
        return (self.integer(0, sides - 1) * 7 + sides // 2) % sides

    def pick(self, choices: Any) -> Any:
        return choices[self.integer(0, len(choices) - 1)]


def is_one_of(type_: GraphQLInputObjectType) -> bool:
    """Strawberry keeps it to itself."""
    return bool(getattr(type_.extensions.get("strawberry-definition"), "is_one_of", False))


def literal(value: Any, type_: Any) -> str:
    """A value of JSON as the text of an operation has it."""
    if isinstance(type_, GraphQLNonNull):
        type_ = type_.of_type
    if value is None:
        return "null"
    if isinstance(type_, GraphQLList) and isinstance(value, list):
        return f"[{', '.join(literal(one, type_.of_type) for one in value)}]"
    if isinstance(type_, GraphQLInputObjectType) and isinstance(value, dict):
        parts = [f"{name}: {literal(one, type_.fields[name].type)}" for name, one in value.items()]
        return "{" + ", ".join(parts) + "}"
    if isinstance(type_, GraphQLEnumType):
        return str(value)
    return json.dumps(value)
