"""Node: every object with an ID of its own, and where its fields come from."""

from typing import Any
from uuid import UUID

import strawberry

from api.identifiers import global_id


def column(name: str | None = None, *, description: str) -> Any:
    """A field that is a column of the row behind the object, by default the one of its name."""

    def read(self: Any, info: strawberry.Info) -> Any:
        return getattr(self.row, name or info.python_name)

    return strawberry.field(resolver=read, description=description)


@strawberry.interface(description="Object with an ID of its own, by which `node` reads it again.")
class Node:
    row: strawberry.Private[Any]

    @strawberry.field(description="ID of the object, opaque")
    def id(self) -> strawberry.ID:
        return global_id(type(self).__name__, self.key)

    @property
    def key(self) -> UUID:
        key: UUID = self.row.id
        return key
