"""Standing in: who takes the place of whom while somebody is absent."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from uuid import UUID

from foredesk.people.models import Absence

LONGEST_CHAIN = 5
"""A substitute may be absent too, and theirs as well, so many times."""


@dataclass(frozen=True, slots=True)
class StandingIn:
    """At one moment. `until` is when somebody leaves or comes back next."""

    substitutes: Mapping[UUID, UUID | None] = field(default_factory=dict)
    """By absent person."""
    until: datetime | None = None

    def is_absent(self, person_id: UUID) -> bool:
        return person_id in self.substitutes

    def in_place_of(self, person_id: UUID) -> UUID | None:
        """Who is there in their place, themselves if they are; None if nobody is."""
        chain = [person_id, *self._chain(person_id)]
        return None if self.is_absent(chain[-1]) else chain[-1]

    def absent_for(self, person_id: UUID) -> frozenset[UUID]:
        """In whose place this person stands."""
        return frozenset(id for id in self.substitutes if person_id in self._chain(id))

    def _chain(self, person_id: UUID) -> Iterator[UUID]:
        known = {person_id}
        current = self.substitutes.get(person_id)
        while current is not None and current not in known and len(known) <= LONGEST_CHAIN:
            yield current
            known.add(current)
            current = self.substitutes.get(current)


NOBODY = StandingIn()


async def standing_in(at: datetime | None) -> StandingIn:
    """By the absences of that moment; nobody for a moment that is not said."""
    if at is None:
        return NOBODY
    absences = await Absence.filter(
        canceled_at__isnull=True, ends_at__gt=at, person__is_active=True
    )
    return standing_by(absences, at)


def standing_by(absences: Iterable[Absence], at: datetime) -> StandingIn:
    substitutes: dict[UUID, UUID | None] = {}
    turns: list[datetime] = []
    for absence in absences:
        if absence.starts_at <= at < absence.ends_at:
            substitutes[absence.person_id] = absence.substitute_id
        turns += [turn for turn in (absence.starts_at, absence.ends_at) if turn > at]
    return StandingIn(substitutes, min(turns, default=None))


def circle(substitutes: Mapping[UUID, Iterable[UUID]], person_id: UUID) -> bool:
    """Whether somebody would, by way of others, stand in for themselves."""
    reached: defaultdict[UUID, bool] = defaultdict(bool)
    waiting = list(substitutes.get(person_id, ()))
    while waiting:
        current = waiting.pop()
        if current == person_id:
            return True
        if not reached[current]:
            reached[current] = True
            waiting += substitutes.get(current, ())
    return False
