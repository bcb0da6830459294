"""Which services a viewer may see."""

from tortoise.expressions import Q
from tortoise.queryset import QuerySet

from foredesk.catalog.models import Service
from foredesk.people.roles import Scope
from foredesk.people.viewer import Viewer


def visible_to(viewer: Viewer) -> QuerySet[Service]:
    """Active services for everyone, and those of one's own and served organizations."""
    if viewer.is_anonymous or not viewer.reads(Scope.TICKETS, Scope.ADMINISTRATION):
        return Service.filter(id__isnull=True)
    if viewer.is_administrator:
        return Service.all()
    ours = {viewer.organization_id} | viewer.serves
    common = Q(organization_id__isnull=True) | Q(organization_id__in=list(ours))
    return Service.filter(common, is_active=True)
