"""Names of people, as far as the viewer may see them."""

from collections.abc import Callable, Iterable
from uuid import UUID

from foredesk.people.queries import visible_people
from foredesk.people.viewer import Viewer


async def names_of(viewer: Viewer, ids: Iterable[UUID | None]) -> Callable[[UUID | None], str]:
    """Tells a name; nothing for nobody, and for somebody who is not the viewer's to see."""
    wanted = {one for one in ids if one is not None}
    people = await visible_people(viewer).filter(id__in=list(wanted)) if wanted else []
    names = {person.id: person.name for person in people}
    return lambda id: names.get(id, "") if id else ""
