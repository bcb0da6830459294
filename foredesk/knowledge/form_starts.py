"""Form starts: who begins to write a request, once in seven days, and whether suggestions are kept
back from them by the experiment."""

import hashlib
from collections.abc import Sequence
from datetime import timedelta
from uuid import UUID

from foredesk.desk import Desk
from foredesk.knowledge.experiment_models import FormStart, SuggestionExperiment
from foredesk.knowledge.models import SearchChannel
from foredesk.people.viewer import Viewer

LASTS = timedelta(days=7)
"""How long after its beginning a request counts as of this form start."""
BY_REQUESTERS = (SearchChannel.ASK_FORM, SearchChannel.API)


async def is_held_out(
    desk: Desk, viewer: Viewer, visitor: str | None, channel: SearchChannel
) -> bool:
    """Whether this requester is to see no suggestions now. Their form start begins if none of
    theirs is on; call it in the caller's transaction.

    Agents, and those whom nothing tells apart, begin none and see everything.
    """
    if viewer.is_agent or channel not in BY_REQUESTERS:
        return False
    start = await _on(desk, viewer, visitor) or await _begun(desk, viewer, visitor, channel)
    if start is None or not start.is_held_out:
        return False
    return await SuggestionExperiment.exists(id=start.experiment_id, ended_at__isnull=True)


def drawn(salt: str, requester: str) -> tuple[str, float]:
    """The requester as the draw knows them, and where between 0 and 1 they have fallen: the same
    for the same experiment, and nothing follows from it for another."""
    digest = hashlib.sha256(f"{salt}:{requester}".encode()).hexdigest()
    return digest, int(digest[:16], 16) / 16**16


async def _on(desk: Desk, viewer: Viewer, visitor: str | None) -> FormStart | None:
    """The person's own; that of the browser if they have signed in since, which is theirs then."""
    recent = FormStart.filter(begun_at__gt=desk.now() - LASTS, settled_at__isnull=True)
    if viewer.person_id is not None:
        own = await recent.filter(person_id=viewer.person_id).order_by("begun_at").first()
        if own is not None:
            return own
    if visitor is None:
        return None
    start = await recent.filter(visitor=visitor, person_id=None).order_by("begun_at").first()
    if start is not None and viewer.person_id is not None:
        start.person_id, start.organization_id = viewer.person_id, viewer.organization_id
        await start.save(update_fields=["person_id", "organization_id"])
    return start


async def _begun(
    desk: Desk, viewer: Viewer, visitor: str | None, channel: SearchChannel
) -> FormStart | None:
    requester = _requester(viewer.person_id, visitor)
    if requester is None:
        return None
    start = FormStart(
        channel=channel,
        begun_at=desk.now(),
        visitor=visitor,
        person_id=viewer.person_id,
        organization_id=viewer.organization_id,
    )
    running: Sequence[SuggestionExperiment] = await SuggestionExperiment.filter(
        ended_at__isnull=True
    )
    for experiment in running:
        start.unit, place = drawn(experiment.salt or "", requester)
        start.experiment_id = experiment.id
        start.is_held_out = place < experiment.holdout_percent / 100
    await start.save()
    return start


def _requester(person_id: UUID | None, visitor: str | None) -> str | None:
    if person_id is not None:
        return f"person:{person_id}"
    return f"visitor:{visitor}" if visitor else None
