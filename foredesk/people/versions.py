"""Versions: what two people change at once is not overwritten by the second unknowingly."""

from collections.abc import Mapping
from enum import Enum

from tortoise.models import Model

from foredesk.errors import StaleVersion
from foredesk.people.models import Organization, Person, Team

TOLD = frozenset({"name", "request_visibility", "locale", "time_zone"})
"""Columns whose values the history keeps; of the others it keeps that they changed."""


async def changed(
    row: Organization | Person | Team,
    wanted: Mapping[str, object],
    expected_version: int | None = None,
) -> list[dict[str, str]]:
    """Store what is not None and differs; what changed, as the history keeps it.

    The row is locked. Raises StaleVersion when it is not at the expected version any more.
    """
    if expected_version not in (None, row.version):
        raise StaleVersion(row.version)
    changes = [
        _set(row, name, value) for name, value in wanted.items() if _differs(row, name, value)
    ]
    if changes:
        row.version += 1
        await row.save(update_fields=["version", *[change["field"] for change in changes]])
    return changes


def _differs(row: Model, name: str, value: object) -> bool:
    return value is not None and value != getattr(row, name)


def _set(row: Model, name: str, value: object) -> dict[str, str]:
    before = getattr(row, name)
    setattr(row, name, value)
    if isinstance(row, Person) or name not in TOLD:
        return {"field": name}
    return {"field": name, "before": _text(before), "after": _text(value)}


def _text(value: object) -> str:
    return str(value.value if isinstance(value, Enum) else value)
