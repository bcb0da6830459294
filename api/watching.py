"""Watching: what the streams of the schema have in common."""

from collections.abc import Awaitable, Callable, Hashable, Iterable
from dataclasses import dataclass, replace
from typing import Generic, TypeVar
from uuid import UUID

from api.context import Info
from api.impersonal import is_impersonal
from api.operations.shared import Audience
from foredesk.people.viewer import Viewer

T = TypeVar("T")
ANYONE = UUID(int=0)
"""A person whom no row can name."""


@dataclass(frozen=True, slots=True)
class Seen(Generic[T]):
    """What a viewer sees of an event, and the people that it is about."""

    value: T
    people: frozenset[UUID | None]


Look = Callable[[Viewer], Awaitable[Seen[T] | None]]
"""Reads as the viewer given, or finds that there is nothing for them to see."""


class Watch:
    """One stream of one viewer."""

    def __init__(self, info: Info) -> None:
        self._context = info.context
        self._is_impersonal = is_impersonal(
            info.schema._schema,
            info._raw_info.operation.selection_set,
            info._raw_info.fragments,
            info.schema._schema.subscription_type,
        )

    async def see(self, key: Hashable, look: Look[T]) -> tuple[Seen[T] | None, Audience | None]:
        """Look as the viewer is now, together with all who see the same; `key` names the event.

        Those who have the same rights look as one of them who is nobody: what they then see, each
        of them may see. It is everything that each may see as well, except of those whom it is
        about: they look for themselves, and so do all whom their rights alone show nothing.
        """
        viewer = await self._context.standing.renew()
        if not self._is_impersonal or key is None:
            return await look(viewer), None
        crowd = impersonal(viewer)
        seen = await self._context.shared.once((key, crowd), lambda: look(crowd))
        if seen is None or viewer.person_id in seen.people:
            return await look(viewer), None
        return seen, Audience((key, crowd), lambda: self._context.seen_by(crowd))


def impersonal(viewer: Viewer) -> Viewer:
    """Their rights without their person. To be somebody only ever opens more."""
    if viewer.person_id is None:
        return viewer
    return replace(viewer, person_id=ANYONE, name="", valid_until=None)


def people_in(values: Iterable[object]) -> frozenset[UUID | None]:
    """Whatever could be the id of a person."""
    return frozenset(found for value in values if (found := _as_id(value)) is not None)


def _as_id(value: object) -> UUID | None:
    if isinstance(value, UUID):
        return value
    try:
        return UUID(value) if isinstance(value, str) else None
    except ValueError:
        return None
