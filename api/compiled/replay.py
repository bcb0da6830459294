"""Replay: let graphql-core complete what resolvers have given already."""

from collections import defaultdict, deque
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from graphql import DocumentNode, OperationDefinitionNode, SelectionSetNode

from api.compiled.operation import Operation, Selected


@dataclass(slots=True)
class Outcome:
    """What a call of a resolver came to. `source` is kept so that its identity stays its own."""

    selected: Selected
    source: Any
    value: Any = None
    error: Exception | None = None
    unfinished: Any = None

    def give(self) -> Any:
        if self.error is not None:
            raise self.error
        return self.value


class Replay:
    """Middleware of graphql-core: answers for the resolvers that ran."""

    def __init__(self, outcomes: Iterable[Outcome]) -> None:
        self._outcomes: defaultdict[Any, deque[Outcome]] = defaultdict(deque)
        for outcome in outcomes:
            selected = outcome.selected
            self._outcomes[_key(outcome.source, selected.parent, selected.node)].append(outcome)

    def resolve(self, resolver: Any, source: Any, info: Any, **arguments: Any) -> Any:
        left = self._outcomes.get(_key(source, info.parent_type, info.field_nodes[0]))
        return left.popleft().give() if left else resolver(source, info, **arguments)


def only(operation: Operation, root: Selected) -> DocumentNode:
    """The operation with one root field, all places of the text that ask for it."""
    node = operation.node
    reduced = OperationDefinitionNode(
        operation=node.operation,
        name=node.name,
        variable_definitions=node.variable_definitions,
        directives=node.directives,
        selection_set=SelectionSetNode(selections=tuple(root.nodes)),
        loc=node.loc,
    )
    return DocumentNode(definitions=(reduced, *operation.fragments.values()))


def _key(source: Any, parent: Any, node: Any) -> tuple[int, str, int]:
    return id(source), parent.name, id(node)
