"""What a viewer may read of service levels."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from uuid import UUID

from tortoise.expressions import Q
from tortoise.queryset import QuerySet

from foredesk.people.roles import Scope
from foredesk.people.viewer import Viewer
from foredesk.sla.models import Agreement, AgreementClock, AgreementTarget, AgreementVersion


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


def shown_clocks(viewer: Viewer) -> QuerySet[AgreementClock]:
    """Of versions that they see: what a team is measured by is for those who handle requests."""
    if viewer.is_system or viewer.is_agent:
        return AgreementClock.all()
    return AgreementClock.filter(team_id__isnull=True)


def shown_targets(viewer: Viewer) -> QuerySet[AgreementTarget]:
    """Those of the clocks that they are shown."""
    if viewer.is_system or viewer.is_agent:
        return AgreementTarget.all()
    return AgreementTarget.filter(is_operational=False)
