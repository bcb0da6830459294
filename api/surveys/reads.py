"""Reads: surveys for managers, and invitations for those who are asked."""

import strawberry

from api.connections import After, Before, Connection, First, Last, Ordering, page_of, wanted
from api.context import Info
from api.sources import want
from api.surveys.types import Survey, SurveyInvitation
from foredesk.surveys.models import InvitationState

BY_TITLE = Ordering("title", descending=False, read=str)
SOONEST_LAST = Ordering("expires_at", descending=True)
KNOWN = (
    InvitationState.SENT,
    InvitationState.OPENED,
    InvitationState.ANSWERED,
    InvitationState.EXPIRED,
)
"""Of the others the person has never heard."""


@strawberry.type
class SurveyQuery:
    @wanted(description="Surveys of the organizations that the viewer manages, by title")
    def surveys(
        self,
        info: Info,
        first: First = strawberry.UNSET,
        after: After = strawberry.UNSET,
        last: Last = strawberry.UNSET,
        before: Before = strawberry.UNSET,
    ) -> Connection[Survey]:
        return want(Survey, {}, BY_TITLE, page_of(first, after, last, before))

    @wanted(description="Surveys that the viewer was asked to answer, newest first")
    def survey_invitations(
        self,
        info: Info,
        first: First = strawberry.UNSET,
        after: After = strawberry.UNSET,
        last: Last = strawberry.UNSET,
        before: Before = strawberry.UNSET,
    ) -> Connection[SurveyInvitation]:
        mine = {
            "person_id": info.context.viewer.person_id,
            "state__in": [state.value for state in KNOWN],
        }
        page = page_of(first, after, last, before)
        return want(SurveyInvitation, mine, SOONEST_LAST, page)
