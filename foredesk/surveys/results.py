"""Results: what a survey's answers come to, with how sure it is and how many were asked."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TypeVar
from uuid import UUID

from tortoise.models import Model
from tortoise.queryset import QuerySet

from foredesk.errors import NotFound
from foredesk.estimates import Estimate, shown
from foredesk.people.viewer import Viewer
from foredesk.surveys.metrics import FEW, ces, csat, nps, weighted_share
from foredesk.surveys.models import (
    InvitationDecision,
    Metric,
    Response,
    ResponseState,
    Score,
    Survey,
)
from foredesk.surveys.queries import visible_to

Row = TypeVar("Row", bound=Model)


@dataclass(frozen=True, slots=True)
class SurveyResults:
    """`estimate` has no figures below five answers. `weighted` undoes the sampling (CSAT only).

    `leads_with_interval` says that there are so few answers that the interval is to be shown first.
    """

    metric: Metric
    decided: int
    invited: int
    started: int
    completed: int
    estimate: Estimate
    weighted: Estimate | None
    leads_with_interval: bool

    @property
    def response_rate(self) -> float | None:
        return self.completed / self.invited if self.invited else None


async def survey_results(
    viewer: Viewer,
    *,
    survey_id: UUID,
    since: datetime | None = None,
    until: datetime | None = None,
) -> SurveyResults:
    """Of the requests that were closed in the period. Skipped questions count nowhere.

    Raises NotFound for a survey the viewer may not see.
    """
    survey = await visible_to(viewer).get_or_none(id=survey_id)
    if survey is None:
        raise NotFound("surveyId")
    decisions = _decided(InvitationDecision.filter(survey_id=survey.id), "", since, until)
    responses = _decided(
        Response.filter(survey_id=survey.id), "invitation__decision__", since, until
    )
    scores = await _decided(
        Score.filter(response__survey_id=survey.id, metric=survey.metric.value, plugin=""),
        "response__invitation__decision__",
        since,
        until,
    ).select_related("response")
    values = [round(score.value) for score in scores]
    estimate = shown(_FIGURES[survey.metric](values))
    return SurveyResults(
        metric=survey.metric,
        decided=await decisions.count(),
        invited=await decisions.filter(invitation__sent_at__isnull=False).count(),
        started=await responses.count(),
        completed=await responses.filter(state=ResponseState.COMPLETED).count(),
        estimate=estimate,
        weighted=_weighted(survey, scores),
        leads_with_interval=estimate.n < FEW,
    )


_FIGURES = {Metric.CSAT: csat, Metric.NPS: nps, Metric.CES: ces}


def _decided(
    rows: QuerySet[Row], path: str, since: datetime | None, until: datetime | None
) -> QuerySet[Row]:
    """Those whose decision, which `path` leads to, fell into the period."""
    if since is not None:
        rows = rows.filter(**{f"{path}at__gte": since})
    return rows.filter(**{f"{path}at__lt": until}) if until is not None else rows


def _weighted(survey: Survey, scores: Sequence[Score]) -> Estimate | None:
    if survey.metric is not Metric.CSAT:
        return None
    hits = [score.value >= 4 for score in scores]
    return shown(weighted_share(hits, [score.response.weight for score in scores]))
