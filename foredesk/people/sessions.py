"""Sessions: where a person is signed in, and how they end it from somewhere else."""

from collections.abc import Sequence
from uuid import UUID

from tortoise.expressions import Q
from tortoise.queryset import QuerySet

from foredesk.database import transaction
from foredesk.desk import Desk
from foredesk.errors import InvalidInput, NotFound, NotPermitted
from foredesk.people.access_log import note
from foredesk.people.models import PeopleEventKind, Person, Session
from foredesk.people.roles import Scope
from foredesk.people.sign_in import alive_since
from foredesk.people.viewer import Viewer

SHOWN_AT_MOST = 100


async def own_sessions(desk: Desk, viewer: Viewer) -> Sequence[Session]:
    """Those that are alive, the last used first."""
    idle_since, old_since = alive_since(desk)
    alive = visible_sessions(viewer).filter(seen_at__gte=idle_since, created_at__gte=old_since)
    return await alive.order_by("-seen_at", "id").limit(SHOWN_AT_MOST)


def visible_sessions(viewer: Viewer) -> QuerySet[Session]:
    """One's own that nobody has ended; not by a token for something else."""
    if viewer.person_id is None or not viewer.reads(Scope.ADMINISTRATION):
        return Session.filter(Q(id__isnull=True))
    return Session.filter(person_id=viewer.person_id, revoked_at=None)


async def end_sessions(desk: Desk, viewer: Viewer, *, session_ids: Sequence[UUID]) -> None:
    """End some of one's own. Raises NotFound if one of them is another's, or over; none is ended.

    A token needs the scope `administration` for it. Raises NotPermitted.
    """
    _require_management(viewer)
    if not 0 < len(session_ids) <= SHOWN_AT_MOST:
        raise InvalidInput("sessionIds", f"Name 1 to {SHOWN_AT_MOST} sessions.")
    async with transaction():
        sessions = await visible_sessions(viewer).filter(id__in=list(session_ids))
        if len(sessions) < len(set(session_ids)):
            raise NotFound("sessionIds")
        await _end(desk, viewer, sessions)


async def end_other_sessions(desk: Desk, viewer: Viewer, *, but: UUID | None) -> int:
    """End all of one's own but this one; returns how many."""
    _require_management(viewer)
    async with transaction():
        others = [one for one in await own_sessions(desk, viewer) if one.id != but]
        if others:
            await _end(desk, viewer, others)
    return len(others)


def _require_management(viewer: Viewer) -> None:
    if viewer.person_id is None or Scope.ADMINISTRATION not in viewer.scopes:
        raise NotPermitted()


async def _end(desk: Desk, viewer: Viewer, sessions: Sequence[Session]) -> None:
    ids = [session.id for session in sessions]
    await Session.filter(id__in=ids).update(revoked_at=desk.now(), logout_hint="")
    person = await Person.get(id=viewer.person_id)
    await note(desk, viewer, PeopleEventKind.SESSIONS_ENDED, person, count=len(ids))
