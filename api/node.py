"""Node: every object with an ID of its own, and where its fields come from."""

from typing import Any
from uuid import UUID

import strawberry

from api.fields import computed
from api.identifiers import global_id


@strawberry.interface(description="Object with an ID of its own, by which `node` reads it again.")
class Node:
    row: strawberry.Private[Any]

    @computed(description="ID of the object, opaque")
    def id(self) -> strawberry.ID:
        return global_id(type(self).__name__, self.key)

    @property
    def key(self) -> UUID:
        key: UUID = self.row.id
        return key
