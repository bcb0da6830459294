"""Impersonal: operations whose answer to an event is the same for all who have the same rights.

What a field shows may depend on the viewer's rights (roles, teams, organizations served, scopes
…) and on who the viewer is: their own requests, their own address. The fields here depend on the
latter only where the viewer is one of the people that the event is about, who are answered on
their own. A field that nobody put here is worked out for each viewer.
"""

from collections.abc import Mapping

from graphql import (
    FieldNode,
    FragmentDefinitionNode,
    GraphQLInterfaceType,
    GraphQLNamedType,
    GraphQLObjectType,
    GraphQLSchema,
    InlineFragmentNode,
    SelectionNode,
    SelectionSetNode,
    get_named_type,
)

FIELDS: Mapping[str, str] = {
    "Subscription": "ticketChanged searchIndexChanged",
    "TicketChange": "ticket events",
    "SearchIndexChange": "revision articles",
    "Ticket": "id number subject details channel state kind category impact urgency priority "
    "resolution version escalationCount handOffCount reopenCount openedAt updatedAt "
    "estimatedRepairAt firstRespondedAt resolvedAt closedAt closeDueAt url organization requester "
    "assignee team service clocks viewerPermissions",
    "Person": "id name email phone organization",
    "Organization": "id name slug locale timeZone",
    "Team": "id name",
    "Service": "id name description kind isActive organization",
    "ServiceLevelClock": "name title cycle isOperational state startedAt stoppedAt target "
    "minimum dueAt elapsedSeconds remainingSeconds explanation",
    "ClockGoal": "seconds dueAt isMissed",
    "Article": "id slug title summary locale section tags audience state version body bodyHtml "
    "updatedAt publishedAt url reviewAt",
    "Node": "id",
    "TicketEvent": "id kind sequence occurredAt isInternal actor",
    "TicketRecorded": "subject details channel",
    "TicketClassified": "requestKind category impact urgency priority decidedBy explanation "
    "confidence",
    "TicketAssigned": "team assignee",
    "ReplyAdded": "body isFromRequester waitsForRequester",
    "InternalNoteAdded": "body",
    "RepairEstimated": "repairAt reason",
    "TicketEscalated": "escalation reason team person clock role",
    "TicketResolved": "resolution",
}
"""By type. Every type of event has the fields of TicketEvent too."""

ALLOWED = {name: frozenset(fields.split()) for name, fields in FIELDS.items()}


def is_impersonal(
    schema: GraphQLSchema,
    selections: SelectionSetNode,
    fragments: Mapping[str, FragmentDefinitionNode],
    parent: GraphQLNamedType | None,
) -> bool:
    """Whether nothing but impersonal fields is selected."""
    walk = _Walk(schema, fragments)
    return walk.allows(selections, parent)


class _Walk:
    def __init__(
        self, schema: GraphQLSchema, fragments: Mapping[str, FragmentDefinitionNode]
    ) -> None:
        self._schema = schema
        self._fragments = fragments
        self._seen: set[str] = set()

    def allows(self, selections: SelectionSetNode | None, parent: GraphQLNamedType | None) -> bool:
        if selections is None:
            return True
        return all(self._one(selection, parent) for selection in selections.selections)

    def _one(self, selection: SelectionNode, parent: GraphQLNamedType | None) -> bool:
        if isinstance(selection, FieldNode):
            return self._field(selection, parent)
        if isinstance(selection, InlineFragmentNode):
            condition = selection.type_condition
            inner = self._schema.get_type(condition.name.value) if condition else parent
            return self.allows(selection.selection_set, inner)
        name: str = selection.name.value  # type: ignore[attr-defined]  # the one kind left
        if name in self._seen:
            return True
        self._seen.add(name)
        fragment = self._fragments[name]
        inner = self._schema.get_type(fragment.type_condition.name.value)
        return self.allows(fragment.selection_set, inner)

    def _field(self, node: FieldNode, parent: GraphQLNamedType | None) -> bool:
        name = node.name.value
        if name == "__typename":
            return True
        if not isinstance(parent, GraphQLObjectType | GraphQLInterfaceType):
            return False
        if not any(name in ALLOWED.get(owner, ()) for owner in _named(parent)):
            return False
        return self.allows(node.selection_set, get_named_type(parent.fields[name].type))


def _named(type_: GraphQLObjectType | GraphQLInterfaceType) -> list[str]:
    return [type_.name, *(interface.name for interface in type_.interfaces)]
