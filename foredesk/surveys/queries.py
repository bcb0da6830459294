"""What a viewer may read of surveys and answers."""

from collections.abc import Mapping, Sequence
from uuid import UUID

from tortoise.expressions import Q
from tortoise.queryset import QuerySet

from foredesk.people.policy import Act, may
from foredesk.people.roles import Scope
from foredesk.people.viewer import Viewer
from foredesk.surveys.models import Invitation, Response, Survey, SurveyVersion

_OPEN = Q(ticket__is_confidential=False)


def visible_to(viewer: Viewer) -> QuerySet[Survey]:
    """Managers see the surveys of the organizations they serve; administrators all.

    People who are asked see what is asked through their invitation.
    """
    if not viewer.reads(Scope.SURVEYS):
        return Survey.filter(id__isnull=True)
    if viewer.is_administrator:
        return Survey.all()
    if not may(viewer, Act.SEE_SURVEY_ANSWERS):
        return Survey.filter(id__isnull=True)
    return Survey.filter(organization_id__in=list(viewer.serves))


def visible_responses(viewer: Viewer) -> QuerySet[Response]:
    """One's own, and for managers those to the surveys they see, but about no confidential
    request.
    """
    if not viewer.reads(Scope.SURVEYS):
        return Response.filter(id__isnull=True)
    if viewer.is_administrator:
        return Response.filter(Q(person_id=viewer.person_id) | _OPEN)
    if viewer.person_id is None:
        return Response.filter(id__isnull=True)
    if not may(viewer, Act.SEE_SURVEY_ANSWERS):
        return Response.filter(person_id=viewer.person_id)
    return Response.filter(
        Q(person_id=viewer.person_id) | Q(_OPEN, survey__organization_id__in=list(viewer.serves))
    )


def visible_invitations(viewer: Viewer) -> QuerySet[Invitation]:
    """One's own once they are sent, and for managers those to the surveys they see, but about no
    confidential request.
    """
    if not viewer.reads(Scope.SURVEYS):
        return Invitation.filter(id__isnull=True)
    if viewer.is_administrator:
        return Invitation.filter(Q(person_id=viewer.person_id) | _OPEN)
    if viewer.person_id is None:
        return Invitation.filter(id__isnull=True)
    own = Q(person_id=viewer.person_id, sent_at__isnull=False)
    if not may(viewer, Act.SEE_SURVEY_ANSWERS):
        return Invitation.filter(own)
    served = Q(_OPEN, decision__survey__organization_id__in=list(viewer.serves))
    return Invitation.filter(own | served)


async def newest_versions(survey_ids: Sequence[UUID]) -> Mapping[UUID, SurveyVersion]:
    """By survey, what it asks now; ask only for those the viewer may see. A draft has none."""
    rows = await SurveyVersion.filter(survey_id__in=list(survey_ids)).order_by("number")
    return {row.survey_id: row for row in rows}


async def versions_by_id(version_ids: Sequence[UUID]) -> Mapping[UUID, SurveyVersion]:
    """What was asked in each; ask only for those of visible invitations and responses."""
    rows = await SurveyVersion.filter(id__in=list(version_ids))
    return {row.id: row for row in rows}
