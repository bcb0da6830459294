"""Words: what the inputs and payloads of management have in common."""

from typing import Any

import strawberry

WHAT = strawberry.argument(description="What to do.")
KEY = (
    "Unique key of this attempt, such as a UUID; a retry with the same key and input answers "
    "the same for 24 hours"
)
VERSION = "Version that the client has read; a StaleVersion error if it has changed"
CLEARED = "left out keeps it, null clears it"


def required(description: str) -> Any:
    return strawberry.field(description=description)


def optional(description: str) -> Any:
    return strawberry.field(default=strawberry.UNSET, description=description)


def maybe(description: str) -> Any:
    return strawberry.field(description=description)


def reason(name: str, what: str) -> Any:
    return strawberry.union(name, description=f"Reason why {what}.")


def result(noun: str) -> Any:
    return strawberry.field(description=f"The {noun} as it is now; null when errors is not empty")


def reasons() -> Any:
    return strawberry.field(
        description="Reasons why nothing was done; empty on success", metadata={"at_most": 1}
    )


def kept(value: Any) -> Any:
    """None for what was left out, empty for what was cleared."""
    if value is None or value is strawberry.UNSET:
        return None
    return "" if value.value is None else value.value
