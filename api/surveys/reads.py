"""Reads: surveys for managers, and invitations for those who are asked."""

import strawberry

from api.connections import After, Before, Connection, First, Last, Ordering, page_of, paginate
from api.context import Info
from api.fields import computed
from api.surveys.types import Survey, SurveyInvitation
from foredesk.surveys import queries
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
    @computed(description="Surveys of the organizations that the viewer manages, by title")
    async def surveys(
        self,
        info: Info,
        first: First = strawberry.UNSET,
        after: After = strawberry.UNSET,
        last: Last = strawberry.UNSET,
        before: Before = strawberry.UNSET,
    ) -> Connection[Survey]:
        page = page_of(first, after, last, before)
        found = await paginate(queries.visible_to(info.context.viewer), BY_TITLE, page)
        return Connection(slice=found, make=lambda row: Survey(row=row))

    @computed(description="Surveys that the viewer was asked to answer, newest first")
    async def survey_invitations(
        self,
        info: Info,
        first: First = strawberry.UNSET,
        after: After = strawberry.UNSET,
        last: Last = strawberry.UNSET,
        before: Before = strawberry.UNSET,
    ) -> Connection[SurveyInvitation]:
        viewer = info.context.viewer
        mine = queries.visible_invitations(viewer).filter(
            person_id=viewer.person_id, state__in=[state.value for state in KNOWN]
        )
        found = await paginate(mine, SOONEST_LAST, page_of(first, after, last, before))
        return Connection(slice=found, make=lambda row: SurveyInvitation(row=row))
