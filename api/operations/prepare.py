"""Prepare: parse, measure, validate and cost an operation, remembering texts that were good."""

from collections import OrderedDict
from collections.abc import Sequence
from dataclasses import dataclass, field

import strawberry
from graphql import (
    DocumentNode,
    GraphQLError,
    GraphQLSyntaxError,
    OperationDefinitionNode,
    OperationType,
    get_operation_ast,
    parse,
    specified_rules,
    validate,
)
from strawberry.schema.validation_rules.maybe_null import MaybeNullValidationRule
from strawberry.schema.validation_rules.one_of import OneOfInputValidationRule

from api.operations.costs import Costs
from api.operations.errors import Code, caused_by_client, refusal
from api.operations.limits import Limits, introspects, refuse_oversized, too_large
from api.operations.request import OperationRequest
from api.operations.values import refuse_literals, refuse_variables

RULES = (*specified_rules, MaybeNullValidationRule, OneOfInputValidationRule)
REMEMBERED = 256


class Refused(Exception):
    """The operation will not run; `errors` say why."""

    def __init__(self, errors: Sequence[GraphQLError]) -> None:
        super().__init__(errors[0].message)
        self.errors = errors


@dataclass(frozen=True, slots=True)
class Prepared:
    """An operation that may run."""

    document: DocumentNode
    request: OperationRequest
    kind: OperationType
    cost: int


class Preparer:
    def __init__(self, schema: strawberry.Schema, limits: Limits, *, hide_suggestions: bool):
        self.parsed = 0
        self._schema = schema._schema
        self._limits = limits
        self._hide_suggestions = hide_suggestions
        self._good: OrderedDict[str, _Checked] = OrderedDict()

    def prepare(self, request: OperationRequest, *, may_introspect: bool) -> Prepared:
        """Raises Refused with every reason the client needs to know."""
        checked = self._checked(request.query)
        if checked.introspects and not may_introspect:
            raise Refused([_introspection_refusal()])
        operation, costs = self._operation(checked, request.operation_name)
        if errors := refuse_variables(request.variables, self._limits):
            raise Refused(errors)
        cost = costs.of(request.variables)
        if cost > self._limits.cost:
            raise Refused([_cost_refusal(cost, self._limits.cost)])
        return Prepared(checked.document, request, operation.operation, cost)

    def _operation(self, checked: "_Checked", name: str | None) -> "_Operation":
        """Of the document, with what it costs."""
        found = checked.operations.get(name)
        if found is None:
            operation = _operation(checked.document, name)
            costs = Costs(self._schema, checked.document, operation, self._limits)
            found = checked.operations[name] = (operation, costs)
        return found

    def _checked(self, text: str) -> "_Checked":
        if text in self._good:
            self._good.move_to_end(text)
            return self._good[text]
        checked = self._check(text)
        self._good[text] = checked
        if len(self._good) > REMEMBERED:
            self._good.popitem(last=False)
        return checked

    def _check(self, text: str) -> "_Checked":
        self.parsed += 1
        try:
            document = parse(text, max_tokens=self._limits.tokens)
        except GraphQLSyntaxError as error:
            raise Refused([_parse_refusal(error, self._limits)]) from None
        except GraphQLError as error:
            raise Refused([caused_by_client(error, Code.GRAPHQL_PARSE_FAILED)]) from None
        try:
            errors = refuse_oversized(document, self._limits)
            errors = errors or refuse_literals(document, self._limits) or self._validate(document)
        except RecursionError:
            errors = [too_large("depth", self._limits.depth)]
        if errors:
            raise Refused(errors)
        return _Checked(document, introspects(document))

    def _validate(self, document: DocumentNode) -> list[GraphQLError]:
        errors = validate(
            self._schema,
            document,
            RULES,
            max_errors=self._limits.errors,
            hide_suggestions=self._hide_suggestions,
        )
        return [caused_by_client(error, Code.GRAPHQL_VALIDATION_FAILED) for error in errors]


@dataclass(frozen=True, slots=True)
class _Checked:
    document: DocumentNode
    introspects: bool
    operations: "dict[str | None, _Operation]" = field(default_factory=dict)


_Operation = tuple[OperationDefinitionNode, Costs]


def _operation(document: DocumentNode, name: str | None) -> OperationDefinitionNode:
    operation = get_operation_ast(document, name)
    if operation is not None:
        return operation
    message = (
        f"The query has no operation named {name!r}."
        if name
        else "The query has several operations: say which with operationName."
    )
    raise Refused([refusal(message, Code.BAD_USER_INPUT)])


def _parse_refusal(error: GraphQLSyntaxError, limits: Limits) -> GraphQLError:
    if "tokens" in error.message:
        return too_large("tokens", limits.tokens)
    return caused_by_client(error, Code.GRAPHQL_PARSE_FAILED)


def _introspection_refusal() -> GraphQLError:
    return refusal(
        "Introspection needs authentication. The schema is published at /graphql/schema.graphql.",
        Code.INTROSPECTION_DISABLED,
    )


def _cost_refusal(cost: int, limit: int) -> GraphQLError:
    return refusal(
        f"The operation may return {cost} objects, the limit is {limit}. Ask for smaller pages.",
        Code.COST_LIMIT_EXCEEDED,
        requested=cost,
        limit=limit,
    )
