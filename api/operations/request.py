"""One operation as a client sent it, over whatever transport."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

import orjson


class MalformedRequest(Exception):
    """The message is no GraphQL request at all; the message says what is wrong with it."""


@dataclass(frozen=True, slots=True)
class OperationRequest:
    query: str
    operation_name: str | None = None
    variables: Mapping[str, Any] = field(default_factory=dict)
    extensions: Mapping[str, Any] = field(default_factory=dict)
    document_id: str | None = None
    """Of a trusted document; then there may be no query."""

    @property
    def identity(self) -> tuple[str, str | None, bytes]:
        """Two requests with the same one ask the same."""
        variables = orjson.dumps(self.variables, option=orjson.OPT_SORT_KEYS)
        return self.query, self.operation_name, variables

    @classmethod
    def of(cls, value: object) -> "OperationRequest":
        """Take a decoded JSON value. Raises MalformedRequest unless it has the right shape."""
        if not isinstance(value, dict):
            raise MalformedRequest("The request must be a JSON object.")
        extensions = _map(value, "extensions")
        document_id = _document_id(value, extensions)
        query = value.get("query")
        if query is None and document_id:
            query = ""
        if not isinstance(query, str):
            raise MalformedRequest("The request must have a query, and it must be a string.")
        name = value.get("operationName")
        if name is not None and not isinstance(name, str):
            raise MalformedRequest("operationName must be a string or null.")
        return cls(query, name or None, _map(value, "variables"), extensions, document_id)


def _document_id(value: dict[str, Any], extensions: Mapping[str, Any]) -> str | None:
    """As the coming specification says it, or as Apollo's clients do."""
    given = value.get("documentId")
    if given is None and isinstance(persisted := extensions.get("persistedQuery"), dict):
        given = persisted.get("sha256Hash")
    if given is not None and not isinstance(given, str):
        raise MalformedRequest("The id of a document must be a string.")
    return given or None


def _map(value: dict[str, Any], key: str) -> Mapping[str, Any]:
    given = value.get(key)
    if given is None:
        return {}
    if not isinstance(given, dict):
        raise MalformedRequest(f"{key} must be an object or null.")
    return given
