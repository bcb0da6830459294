"""Fields: how the value of a selected field is come by, as Python text."""

from dataclasses import dataclass, field
from keyword import iskeyword
from typing import Any

import strawberry
from strawberry.types.field import StrawberryField

from api.compiled.arguments import Arguments
from api.compiled.bail import Unsupported
from api.compiled.operation import Selected


@dataclass(slots=True)
class Code:
    """The part of a selection that makes one field: statements, the value's expression in the
    dict display, and statements that put something into the dict `d` afterwards."""

    before: list[str] = field(default_factory=list)
    item: str = "None"
    after: list[str] = field(default_factory=list)


class Field:
    """A selected field of a program, by its number."""

    def __init__(
        self, schema: strawberry.Schema, place: int, selected: Selected, arguments: Arguments
    ) -> None:
        self.place = place
        self.selected = selected
        self.arguments = arguments
        self._info_class = schema.config.info_class
        self._definition: Any = selected.definition.extensions.get("strawberry-definition")

    def info(self, raw: Any) -> Any:
        return self._info_class(_raw_info=raw, _field=self._definition)

    @property
    def definition(self) -> StrawberryField:
        """Raises Unsupported for a field that Strawberry did not make."""
        if not isinstance(self._definition, StrawberryField):
            raise Unsupported("The field is not Strawberry's.")
        return self._definition


def attribute(schema: strawberry.Schema, one: Field, o: str) -> str | None:
    """The loading of an attribute, where the field is nothing else.

    A resolver that only loads one says so in its field's metadata: {"attribute": "row.name"}.
    """
    definition = one.definition
    if is_called_directly(schema, one):
        path = definition.metadata.get("attribute")
        return f"{o}.{path}" if path else None
    is_plain = definition.is_basic_field and _is_by_the_book(schema, one)
    if not is_plain or schema.config.default_resolver is not getattr:
        return None
    name = definition.python_name
    is_name = name.isidentifier() and not iskeyword(name)
    return f"{o}.{name}" if is_name else f"getattr({o}, {name!r})"


def call(schema: strawberry.Schema, compiler: Any, one: Field, o: str) -> str:
    """The call of the field's resolver: the function itself where nothing lies in between."""
    resolver = one.definition.base_resolver
    if resolver is None or not is_called_directly(schema, one):
        resolve = compiler.constant(one.selected.definition.resolve, "resolve")
        return f"{resolve}({o}, run.raw({one.place}), **run.coerced({one.place}))"
    parts = [o] if resolver.self_parameter else []
    parents = (resolver.parent_parameter, resolver.root_parameter)
    parts += [f"{name}={o}" for name in sorted({one.name for one in parents if one})]
    if resolver.info_parameter:
        name = resolver.info_parameter.name
        parts.append(f"{name}=run.infos[{one.place}] or run.info({one.place})")
    if one.arguments.fixed is None:
        parts.append(f"**run.arguments({one.place})")
    elif one.arguments.fixed:
        fixed = one.arguments.fixed
        parts += [f"{name}={compiler.constant(value, 'fixed')}" for name, value in fixed.items()]
    return f"{compiler.constant(resolver.wrapped_func, 'resolver')}({', '.join(parts)})"


def is_called_directly(schema: strawberry.Schema, one: Field) -> bool:
    """Whether nothing stands before the field's function: no extension, no permission."""
    definition = one.definition
    return bool(
        definition.base_resolver and not definition.extensions and _is_by_the_book(schema, one)
    )


def _is_by_the_book(schema: strawberry.Schema, one: Field) -> bool:
    """Whether nobody has put anything between the schema and the field's function."""
    resolve = one.selected.definition.resolve
    return (
        type(one.definition).get_result is StrawberryField.get_result
        and getattr(resolve, "__module__", "") == "strawberry.schema.schema_converter"
        and not schema.schema_converter._exception_handler_specs
    )
