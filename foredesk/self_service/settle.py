"""Settle: what came of a form start is counted once its seven days are over, and kept: the person
may be forgotten afterwards."""

from tortoise.expressions import Q

from foredesk.database import transaction
from foredesk.desk import Desk
from foredesk.knowledge.experiment_models import FormStart
from foredesk.knowledge.form_starts import LASTS
from foredesk.knowledge.models import Deflection, DeflectionOutcome, Search
from foredesk.tickets.models import Ticket

AT_ONCE = 200


async def settle_form_starts(desk: Desk) -> int:
    """A sweep; returns how many it settled."""
    due = FormStart.filter(settled_at__isnull=True, begun_at__lte=desk.now() - LASTS)
    starts = await due.order_by("begun_at", "id").limit(AT_ONCE)
    for start in starts:
        async with transaction():
            await _settle(desk, start)
    return len(starts)


async def _settle(desk: Desk, start: FormStart) -> None:
    """Two that began at once, in two tabs, are one: the first."""
    if await _is_double(start):
        await start.delete()
        return
    searches = await _searches(start)
    came = Deflection.filter(search_id__in=list(searches), ticket_id=None)
    start.ticket_count = len(await _tickets(start, searches))
    start.was_opened = await came.exists()
    start.was_confirmed = await came.filter(outcome=DeflectionOutcome.SOLVED).exists()
    start.settled_at = desk.now()
    await start.save(update_fields=["ticket_count", "was_opened", "was_confirmed", "settled_at"])


async def _is_double(start: FormStart) -> bool:
    earlier = FormStart.filter(_theirs(start), begun_at__gt=start.begun_at - LASTS)
    return await earlier.filter(
        Q(begun_at__lt=start.begun_at) | Q(begun_at=start.begun_at, id__lt=start.id)
    ).exists()


async def _searches(start: FormStart) -> dict[object, object]:
    """Those of the seven days with the request that was filed on each."""
    rows = Search.filter(
        _theirs(start), created_at__gte=start.begun_at, created_at__lt=start.begun_at + LASTS
    )
    return dict(await rows.values_list("id", "ticket_id"))


async def _tickets(start: FormStart, searches: dict[object, object]) -> set[object]:
    """Those filed on the searches, and whatever else the person asked in the seven days."""
    tied = {ticket_id for ticket_id in searches.values() if ticket_id is not None}
    if start.person_id is None:
        return tied
    asked = Ticket.filter(
        requester_id=start.person_id,
        opened_at__gte=start.begun_at,
        opened_at__lt=start.begun_at + LASTS,
    ).exclude(channel="import")
    return tied | set(await asked.values_list("id", flat=True))


def _theirs(start: FormStart) -> Q:
    if start.person_id is None:
        return Q(visitor=start.visitor, person_id=None)
    theirs = Q(person_id=start.person_id)
    return theirs | Q(visitor=start.visitor, person_id=None) if start.visitor else theirs
