"""Ordering: the direction that every list has in common."""

from enum import Enum

import strawberry


@strawberry.enum(description="Direction of an ordering.")
class OrderDirection(Enum):
    ASC = strawberry.enum_value("asc", description="Smallest or oldest first.")
    DESC = strawberry.enum_value("desc", description="Largest or newest first.")
