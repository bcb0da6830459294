"""Limits on the size of an operation, measured in one pass however often fragments repeat."""

from collections import Counter
from dataclasses import dataclass, field

from graphql import (
    DocumentNode,
    FieldNode,
    FragmentDefinitionNode,
    FragmentSpreadNode,
    GraphQLError,
    OperationDefinitionNode,
    SelectionNode,
    SelectionSetNode,
)

from api.operations.errors import Code, refusal


@dataclass(frozen=True, slots=True)
class Limits:
    tokens: int = 2000
    depth: int = 15
    aliases: int = 30
    root_fields: int = 20
    fields: int = 500
    directives: int = 50
    same_name: int = 50
    repeated: int = 150
    values: int = 2000
    list_length: int = 100
    errors: int = 5
    cost: int = 2000
    default_page: int = 20
    largest_page: int = 100
    plain_list: int = 10
    query_seconds: float = 15
    mutation_seconds: float = 60
    event_seconds: float = 15


def refuse_oversized(document: DocumentNode, limits: Limits) -> list[GraphQLError]:
    """The first limit that an operation of the document exceeds, or nothing."""
    measurer = Measurer(document, limits.fields)
    for operation in document.definitions:
        if isinstance(operation, OperationDefinitionNode):
            size = measurer.measure(operation.selection_set)
            for name, limit in _limited(limits):
                if getattr(size, name) > limit:
                    return [too_large(name, limit, operation)]
            if len(operation.selection_set.selections) > limits.root_fields:
                return [too_large("root_fields", limits.root_fields, operation)]
    return []


def too_large(metric: str, limit: int, node: OperationDefinitionNode | None = None) -> GraphQLError:
    name = metric.replace("_", " ")
    return refusal(
        f"The operation exceeds the limit of {limit} for {name}.",
        Code.OPERATION_TOO_LARGE,
        node,
        metric=metric,
        limit=limit,
    )


def introspects(document: DocumentNode) -> bool:
    measurer = Measurer(document)
    return any(
        measurer.measure(operation.selection_set).introspects
        for operation in document.definitions
        if isinstance(operation, OperationDefinitionNode)
    )


@dataclass(slots=True)
class Size:
    """What a selection set amounts to when every fragment is written out.

    `same_name` is how often one name stands side by side, `repeated` how many fields have a name
    that another one beside them has already: what validation compares pair by pair.
    """

    depth: int = 0
    aliases: int = 0
    fields: int = 0
    directives: int = 0
    same_name: int = 0
    introspects: bool = False
    names: Counter[str] = field(default_factory=Counter)
    repeated_below: int = 0

    @property
    def repeated(self) -> int:
        return self.repeated_below + self.names.total() - len(self.names)

    def take_in(self, other: "Size", depth: int) -> None:
        self.depth = max(self.depth, depth)
        self.aliases += other.aliases
        self.fields += other.fields
        self.directives += other.directives
        self.same_name = max(self.same_name, other.same_name)
        self.introspects |= other.introspects


class Measurer:
    """Measures selection sets; each fragment once. `steps` counts the selections looked at.

    Names are no longer counted where there are more fields than `enough`: that is too many.
    """

    def __init__(self, document: DocumentNode, enough: int = 500) -> None:
        self.steps = 0
        self._enough = enough
        self._sizes: dict[str, Size] = {}
        self._entered: set[str] = set()
        self._fragments = {
            definition.name.value: definition
            for definition in document.definitions
            if isinstance(definition, FragmentDefinitionNode)
        }

    def measure(self, selections: SelectionSetNode | None) -> Size:
        size = Size()
        if selections is None:
            return size
        for selection in selections.selections:
            self.steps += 1
            size.directives += len(selection.directives or ())
            self._take_in(size, selection)
        size.same_name = max([size.same_name, *size.names.values()])
        return size

    def _take_in(self, size: Size, selection: SelectionNode) -> None:
        if isinstance(selection, FieldNode):
            inner = self.measure(selection.selection_set)
            size.take_in(inner, inner.depth + 1)
            size.repeated_below += inner.repeated
            size.fields += 1
            size.aliases += selection.alias is not None
            size.introspects |= selection.name.value in ("__schema", "__type")
            size.names[(selection.alias or selection.name).value] += 1
            return
        inner = self._inside(selection)
        size.take_in(inner, inner.depth)
        size.repeated_below += inner.repeated_below
        if size.fields <= self._enough:
            self.steps += len(inner.names)
            size.names.update(inner.names)

    def _inside(self, selection: SelectionNode) -> Size:
        if isinstance(selection, FragmentSpreadNode):
            return self._of_fragment(selection.name.value)
        return self.measure(getattr(selection, "selection_set", None))

    def _of_fragment(self, name: str) -> Size:
        """Unknown fragments and cycles count as nothing here: validation refuses them."""
        if name in self._sizes:
            return self._sizes[name]
        if name in self._entered or name not in self._fragments:
            return Size()
        self._entered.add(name)
        size = self.measure(self._fragments[name].selection_set)
        self._sizes[name] = size
        return size


def _limited(limits: Limits) -> tuple[tuple[str, int], ...]:
    names = ("depth", "aliases", "fields", "directives", "same_name", "repeated")
    return tuple((name, getattr(limits, name)) for name in names)
