"""Node: every object with an ID of its own, and where its fields come from."""

from typing import Any

import strawberry

from api.fields import key
from api.rows import Row


@strawberry.interface(description="Object with an ID of its own, by which `node` reads it again.")
class Node(Row):
    row: strawberry.Private[Any]
    id: strawberry.ID = key(description="ID of the object, opaque")
