"""Names: what the values of a cut are called, as far as the viewer may know."""

from collections.abc import Iterable, Mapping
from typing import Any

from tortoise.queryset import QuerySet

from foredesk.catalog.queries import visible_to as visible_services
from foredesk.measures.facts import Cut, CutValue
from foredesk.people.queries import visible_organizations, visible_teams
from foredesk.people.viewer import Viewer


async def names_of(
    viewer: Viewer, by: Cut | None, values: Iterable[CutValue]
) -> Mapping[CutValue, str]:
    """What is hidden from the viewer has none."""
    wanted = {value for value in values if value is not None}
    rows: QuerySet[Any]
    match by:
        case Cut.ORGANIZATION:
            rows = visible_organizations(viewer)
        case Cut.SERVICE:
            rows = visible_services(viewer)
        case Cut.TEAM:
            rows = visible_teams(viewer)
        case _:
            return {value: str(value) for value in wanted}
    return {row.id: row.name for row in await rows.filter(id__in=list(wanted))}
