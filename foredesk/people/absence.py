"""Absence: who is away, until when, and who takes their place."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from uuid import UUID

from tortoise.expressions import Q, Subquery
from tortoise.queryset import QuerySet

from foredesk.database import transaction
from foredesk.desk import Desk
from foredesk.errors import InvalidInput, NotFound, NotPermitted
from foredesk.people.history import note as told
from foredesk.people.idempotency import Once
from foredesk.people.models import Absence, PeopleEventKind, Person, PersonKind
from foredesk.people.policy import Act, may, require
from foredesk.people.profile import one_person
from foredesk.people.queries import in_teams, reads_people, roles_of, visible_people
from foredesk.people.roles import AGENT_ROLES
from foredesk.people.standing_in import circle
from foredesk.people.viewer import Viewer
from foredesk.text import readable

LONGEST = timedelta(days=366)
NOTE_LIMIT = 500


async def set_absence(
    desk: Desk,
    viewer: Viewer,
    *,
    starts_at: datetime,
    ends_at: datetime,
    person_id: UUID | None = None,
    substitute_id: UUID | None = None,
    note: str = "",
    once: Once | None = None,
) -> Absence:
    """Of oneself, or as a manager of somebody in one's teams. The substitute sees and gets what is
    theirs for the time, confidential queues excepted: those keep to their members.

    Raises NotFound, NotPermitted, and InvalidInput for a time that is past or taken, and for a
    substitute who is no agent or would, by way of others, stand in for themselves.
    """
    note = readable("note", note, limit=NOTE_LIMIT)
    _check_time(desk, starts_at, ends_at)
    async with transaction():
        person = await one_person(viewer, person_id or _own(viewer))
        await _require(viewer, person)
        await _check_substitute(viewer, person, substitute_id)
        absence = await Absence.create(
            starts_at=starts_at,
            ends_at=ends_at,
            note=note,
            created_at=desk.now(),
            person_id=person.id,
            substitute_id=substitute_id,
        )
        await _tell(desk, viewer, PeopleEventKind.ABSENCE_SET, person, absence)
        await _check_others(absence)
        if once is not None:
            await once.remember(absence.id)
    return absence


async def cancel_absence(
    desk: Desk, viewer: Viewer, *, absence_id: UUID, once: Once | None = None
) -> Absence:
    """They are back, or stay. Canceling it again changes nothing. Raises NotFound, NotPermitted."""
    async with transaction():
        absence = await visible_absences(viewer).filter(id=absence_id).select_for_update().first()
        if absence is None:
            raise NotFound("absenceId")
        person = await Person.get(id=absence.person_id)
        await _require(viewer, person)
        if absence.canceled_at is None and desk.now() < absence.ends_at:
            absence.canceled_at = desk.now()
            await absence.save(update_fields=["canceled_at"])
            await _tell(desk, viewer, PeopleEventKind.ABSENCE_CANCELED, person, absence)
        if once is not None:
            await once.remember(absence.id)
    return absence


def visible_absences(viewer: Viewer) -> QuerySet[Absence]:
    """One's own; agents see those of everybody they see."""
    if viewer.is_administrator and reads_people(viewer):
        return Absence.all()
    if not viewer.is_agent:
        return Absence.filter(person_id=viewer.person_id)
    return Absence.filter(person_id__in=Subquery(visible_people(viewer).values("id")))


async def absences_of(
    viewer: Viewer, person_ids: Sequence[UUID], at: datetime
) -> Mapping[UUID, list[Absence]]:
    """By person, those that last or are to come, soonest first."""
    visible = visible_absences(viewer).filter(
        person_id__in=list(person_ids), canceled_at__isnull=True, ends_at__gt=at
    )
    found: dict[UUID, list[Absence]] = {person_id: [] for person_id in person_ids}
    for absence in await visible.order_by("starts_at", "id"):
        found[absence.person_id].append(absence)
    return found


def lasts(absence: Absence, at: datetime) -> bool:
    return absence.canceled_at is None and absence.starts_at <= at < absence.ends_at


def _own(viewer: Viewer) -> UUID:
    if viewer.person_id is None:
        raise NotPermitted()
    return viewer.person_id


def _check_time(desk: Desk, starts_at: datetime, ends_at: datetime) -> None:
    if ends_at <= starts_at:
        raise InvalidInput("endsAt", "The end comes after the start.")
    if ends_at <= desk.now():
        raise InvalidInput("endsAt", "Choose an end that is still to come.")
    if ends_at - starts_at > LONGEST:
        raise InvalidInput("endsAt", f"Choose an end within {LONGEST.days} days of the start.")


async def _require(viewer: Viewer, person: Person) -> None:
    require(viewer, Act.SET_ABSENCE)
    if person.id == viewer.person_id or viewer.is_administrator:
        return
    is_theirs = Person.filter(in_teams(list(viewer.team_ids)), id=person.id)
    if not may(viewer, Act.MANAGE_TEAM) or not await is_theirs.exists():
        raise NotPermitted()


async def _check_substitute(viewer: Viewer, person: Person, substitute_id: UUID | None) -> None:
    if substitute_id is None:
        return
    substitute = await visible_people(viewer).get_or_none(id=substitute_id)
    if substitute is None:
        raise NotFound("substituteId")
    if substitute.id == person.id:
        raise InvalidInput("substituteId", "Name somebody else to stand in.")
    is_agent = not AGENT_ROLES.isdisjoint((await roles_of([substitute.id]))[substitute.id])
    if not is_agent or not substitute.is_active or substitute.kind is PersonKind.SERVICE:
        raise InvalidInput("substituteId", "Only active agents stand in for somebody.")


async def _check_others(absence: Absence) -> None:
    """Against those of the same time, this one among them; no right changes meanwhile."""
    same_time = await Absence.filter(
        Q(canceled_at__isnull=True),
        starts_at__lt=absence.ends_at,
        ends_at__gt=absence.starts_at,
    )
    if sum(other.person_id == absence.person_id for other in same_time) > 1:
        raise InvalidInput("startsAt", "There is an absence at this time. Cancel it first.")
    substitutes: defaultdict[UUID, list[UUID]] = defaultdict(list)
    for other in same_time:
        if other.substitute_id is not None:
            substitutes[other.person_id].append(other.substitute_id)
    if circle(substitutes, absence.person_id):
        raise InvalidInput(
            "substituteId", "They are absent too, and this person would stand in for themselves."
        )


async def _tell(
    desk: Desk, viewer: Viewer, kind: PeopleEventKind, person: Person, absence: Absence
) -> None:
    await told(
        desk,
        viewer,
        kind,
        person=person,
        starts_at=absence.starts_at.isoformat(),
        ends_at=absence.ends_at.isoformat(),
        substitute_id=str(absence.substitute_id) if absence.substitute_id else None,
    )
