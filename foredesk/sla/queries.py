"""What a viewer may read of service levels."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from uuid import UUID

from tortoise.expressions import Q
from tortoise.queryset import QuerySet

from foredesk.people.roles import Scope
from foredesk.people.viewer import Viewer
from foredesk.sla.models import Agreement, AgreementVersion, TicketClock


def visible_to(viewer: Viewer) -> QuerySet[Agreement]:
    """What was promised to one's organization, to those one serves, and to everybody."""
    if viewer.is_anonymous or not viewer.reads(Scope.TICKETS, Scope.ADMINISTRATION):
        return Agreement.filter(id__isnull=True)
    if viewer.is_administrator:
        return Agreement.all()
    own = {viewer.organization_id} if viewer.organization_id else set()
    return Agreement.filter(
        Q(organization_id__in=list(own | viewer.serves)) | Q(organization_id__isnull=True)
    )


async def versions_in_force(
    agreement_ids: Sequence[UUID], at: datetime
) -> Mapping[UUID, AgreementVersion]:
    """By agreement, with targets and calendar; one that begins later has none yet."""
    versions = (
        await AgreementVersion.filter(agreement_id__in=list(agreement_ids), valid_from__lte=at)
        .order_by("valid_from")
        .prefetch_related("targets", "calendar")
    )
    return {version.agreement_id: version for version in versions}


async def clocks_of(ticket_ids: Sequence[UUID]) -> Mapping[UUID, Sequence[TicketClock]]:
    """By ticket. Whoever may see a ticket may see its clocks: ask only for visible ones."""
    found: dict[UUID, list[TicketClock]] = {ticket_id: [] for ticket_id in ticket_ids}
    for clock in await TicketClock.filter(ticket_id__in=list(ticket_ids)):
        found[clock.ticket_id].append(clock)
    return found
