"""What a viewer may read of people, organizations and teams."""

from tortoise.expressions import Q
from tortoise.queryset import QuerySet

from foredesk.people.models import Organization, Person, Team
from foredesk.people.viewer import Viewer

_NOBODY = Q(id__isnull=True)


def visible_organizations(viewer: Viewer) -> QuerySet[Organization]:
    """One's own and those one serves; administrators see all."""
    if viewer.is_administrator:
        return Organization.all()
    return Organization.filter(id__in=list(_organization_ids(viewer)))


def visible_people(viewer: Viewer) -> QuerySet[Person]:
    """Requesters see themselves and those who serve them; agents the people they serve."""
    if viewer.is_administrator:
        return Person.all()
    if viewer.person_id is None:
        return Person.filter(_NOBODY)
    seen = Q(id=viewer.person_id) | Q(
        memberships__team__customers__organization_id=viewer.organization_id
    )
    if viewer.is_agent:
        seen |= Q(organization_id__in=list(_organization_ids(viewer)))
        seen |= Q(memberships__team_id__in=list(viewer.team_ids))
    elif viewer.sees_whole_organization:
        seen |= Q(organization_id=viewer.organization_id)
    return Person.filter(seen).distinct()


def visible_teams(viewer: Viewer) -> QuerySet[Team]:
    """The teams that serve one's organization, and one's own."""
    if viewer.is_administrator:
        return Team.all()
    if viewer.person_id is None:
        return Team.filter(_NOBODY)
    seen = Q(customers__organization_id__in=list(_organization_ids(viewer)))
    return Team.filter(seen | Q(id__in=list(viewer.team_ids))).distinct()


def _organization_ids(viewer: Viewer) -> frozenset[object]:
    own = {viewer.organization_id} if viewer.organization_id else set()
    return frozenset(own | viewer.serves)
