"""Which services a viewer may see."""

from tortoise.expressions import Q
from tortoise.queryset import QuerySet

from foredesk.catalog.models import Service
from foredesk.people.viewer import Viewer


def visible_to(viewer: Viewer) -> QuerySet[Service]:
    """Active services for everyone, and those of one's own and served organizations."""
    if viewer.is_administrator:
        return Service.all()
    if viewer.is_anonymous:
        return Service.filter(id__isnull=True)
    own = viewer.reader.organization_ids
    common = Q(organization_id__isnull=True) | Q(organization_id__in=list(own))
    return Service.filter(common, is_active=True)
