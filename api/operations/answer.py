"""The answer to one operation, before a transport writes it down."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

import orjson
from graphql import GraphQLError


@dataclass(frozen=True, slots=True)
class Answer:
    """`was_executed` is false when the operation was refused as a whole: then there is no data."""

    data: Mapping[str, Any] | None = None
    errors: Sequence[GraphQLError] = ()
    extensions: Mapping[str, Any] = field(default_factory=dict)
    was_executed: bool = True
    origin: str = ""
    """The client that caused the event, which need not be told of it."""
    json: bytes | None = None
    """What `as_json` gives, where it is written already."""

    @classmethod
    def refused(cls, errors: Sequence[GraphQLError]) -> "Answer":
        return cls(errors=errors, was_executed=False)

    def as_map(self) -> dict[str, Any]:
        body: dict[str, Any] = {}
        if self.errors:
            body["errors"] = [error.formatted for error in self.errors]
        if self.was_executed:
            body["data"] = self.data
        if self.extensions:
            body["extensions"] = self.extensions
        return body

    def as_json(self) -> bytes:
        return orjson.dumps(self.as_map()) if self.json is None else self.json

    def written(self) -> "Answer":
        """The same answer, with its JSON kept for all who get it."""
        return replace(self, json=self.as_json())
