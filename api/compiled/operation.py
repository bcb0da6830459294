"""Operation: one operation of a document, and which fields it selects under given variables."""

from dataclasses import dataclass
from typing import Any

from graphql import (
    DocumentNode,
    FieldNode,
    FragmentDefinitionNode,
    GraphQLField,
    GraphQLObjectType,
    GraphQLSchema,
    OperationDefinitionNode,
    OperationType,
    VariableNode,
    Visitor,
    get_operation_ast,
    visit,
)
from graphql.execution.collect_fields import (
    CollectedFields,
    FieldDetails,
    FragmentDetails,
    collect_fields,
    collect_subfields,
)
from graphql.execution.values import VariableValues

from api.compiled.bail import Unsupported
from api.compiled.inputs import Variables

Details = list[FieldDetails]


@dataclass(frozen=True, slots=True, eq=False)
class Selected:
    """A field where it is selected: `details` are all places of the text that ask for it."""

    key: str
    parent: GraphQLObjectType
    definition: GraphQLField
    details: Details
    is_root: bool

    @property
    def node(self) -> FieldNode:
        return self.details[0].node

    @property
    def nodes(self) -> list[FieldNode]:
        return [detail.node for detail in self.details]


class Operation:
    """Raises Unsupported for what graphql-core only has as an experiment."""

    def __init__(self, schema: GraphQLSchema, document: DocumentNode, name: str | None) -> None:
        node = get_operation_ast(document, name)
        if node is None:
            raise Unsupported("There is no such operation.")
        self.node: OperationDefinitionNode = node
        self.kind: OperationType = node.operation
        self.schema = schema
        self.document = document
        self.fragments = {
            definition.name.value: definition
            for definition in document.definitions
            if isinstance(definition, FragmentDefinitionNode)
        }
        if any(fragment.variable_definitions for fragment in self.fragments.values()):
            raise Unsupported("A fragment has variables.")
        self._details = {
            name: FragmentDetails(fragment, None) for name, fragment in self.fragments.items()
        }
        found = _Directives()
        visit(document, found)
        if found.names & {"defer", "stream"}:
            raise Unsupported("Parts of the answer may come later.")
        self.variables = _plain_variables(schema, node)
        self.conditions = tuple(sorted(found.variables))
        """Variables that decide what is selected."""

    @property
    def root_type(self) -> GraphQLObjectType:
        root = self.schema.get_root_type(self.kind)
        if root is None:
            raise Unsupported("The schema has no such operations.")
        return root

    def case(self, variables: VariableValues) -> tuple[Any, ...]:
        """What the variables decide; None stands for none given."""
        return tuple(variables.coerced.get(name) for name in self.conditions)

    def roots(self, variables: VariableValues) -> dict[str, Details]:
        return _grouped(
            collect_fields(self.schema, self._details, variables, self.root_type, self.node)
        )

    def below(
        self, variables: VariableValues, type_: GraphQLObjectType, details: Details
    ) -> dict[str, Details]:
        return _grouped(
            collect_subfields(self.schema, self._details, variables, self.node, type_, details)
        )


def _plain_variables(schema: GraphQLSchema, node: OperationDefinitionNode) -> Variables | None:
    """What coerces them where nothing is wrong; None for types that graphql-core has to coerce."""
    try:
        return Variables(schema, node.variable_definitions or ())
    except Unsupported:
        return None


def _grouped(collected: CollectedFields) -> dict[str, Details]:
    return dict(collected.grouped_field_set)


class _Directives(Visitor):
    def __init__(self) -> None:
        super().__init__()
        self.names: set[str] = set()
        self.variables: set[str] = set()

    def enter_directive(self, node: Any, *_: Any) -> None:
        self.names.add(node.name.value)
        for argument in node.arguments or ():
            if isinstance(argument.value, VariableNode):
                self.variables.add(argument.value.name.value)
