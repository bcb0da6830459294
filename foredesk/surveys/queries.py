"""What a viewer may read of surveys and answers."""

from tortoise.expressions import Q
from tortoise.queryset import QuerySet

from foredesk.people.policy import Act, may
from foredesk.people.viewer import Viewer
from foredesk.surveys.models import Invitation, Response, Survey


def visible_to(viewer: Viewer) -> QuerySet[Survey]:
    """Managers see the surveys of the organizations they serve; administrators all.

    People who are asked see what is asked through their invitation.
    """
    if viewer.is_administrator:
        return Survey.all()
    if not may(viewer, Act.SEE_SURVEY_ANSWERS):
        return Survey.filter(id__isnull=True)
    return Survey.filter(organization_id__in=list(viewer.serves))


def visible_responses(viewer: Viewer) -> QuerySet[Response]:
    """One's own, and for managers those to the surveys they see."""
    if viewer.is_administrator:
        return Response.all()
    if viewer.person_id is None:
        return Response.filter(id__isnull=True)
    if not may(viewer, Act.SEE_SURVEY_ANSWERS):
        return Response.filter(person_id=viewer.person_id)
    return Response.filter(
        Q(person_id=viewer.person_id) | Q(survey__organization_id__in=list(viewer.serves))
    )


def visible_invitations(viewer: Viewer) -> QuerySet[Invitation]:
    """One's own, and for managers those to the surveys they see; never the token."""
    if viewer.is_administrator:
        return Invitation.all()
    if viewer.person_id is None:
        return Invitation.filter(id__isnull=True)
    own = Q(person_id=viewer.person_id)
    if not may(viewer, Act.SEE_SURVEY_ANSWERS):
        return Invitation.filter(own)
    return Invitation.filter(own | Q(decision__survey__organization_id__in=list(viewer.serves)))
