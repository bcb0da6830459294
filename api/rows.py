"""Rows: objects of the schema with a row of the database behind them."""

from functools import cache
from typing import Any, ClassVar, Self, get_type_hints

from strawberry.types.base import StrawberryContainer
from strawberry.types.enum import StrawberryEnumDefinition
from strawberry.types.field import StrawberryField
from tortoise.models import Model

from api.sources import Policy


class Row:
    """Its type names the table by the annotation of `row`, and who may see its rows by `visible`.

    Without `visible`, whoever sees the object that it belongs to sees it.
    """

    row: Any
    visible: ClassVar[Policy | None] = None
    by_kind: ClassVar[tuple[str, dict[Any, type[Any]]] | None] = None
    """Of an interface: the column that says which type a row is shown as, and the types."""

    def __init_subclass__(cls, visible: Policy | None = None, **other: Any) -> None:
        super().__init_subclass__(**other)
        if visible is not None:
            cls.visible = staticmethod(visible)

    @classmethod
    def of(cls, row: Any) -> Self:
        kind: Any = cls
        if cls.by_kind is not None:
            column, kinds = cls.by_kind
            kind = kinds[getattr(row, column)]
        made: Self = kind(row=row)
        return made


@cache
def model_of(kind: type[Row]) -> type[Model]:
    model: type[Model] = get_type_hints(kind)["row"]
    return model


def kind_of(field: StrawberryField) -> Any:
    """The type of the objects that a field holds, be it one or many."""
    kind: Any = field.type
    while isinstance(kind, StrawberryContainer):
        kind = kind.of_type
    return kind


def referred_by(model: type[Model], column: str) -> type[Model]:
    """The model whose key a column of this model holds."""
    reference: Any = model._meta.fields_map[column].reference
    related: type[Model] = reference.related_model
    return related


def enumerated(field: StrawberryField, value: Any) -> Any:
    """The value of an enum that is kept by its value; any other as it is."""
    kind = kind_of(field)
    if isinstance(kind, StrawberryEnumDefinition) and value is not None:
        return kind.wrapped_cls(value) if value else None
    return value
