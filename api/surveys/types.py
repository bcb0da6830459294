"""Surveys, invitations and results as the schema shows them."""

from datetime import datetime
from typing import Annotated

import strawberry

from api.context import Info
from api.fields import column, computed, relation
from api.node import Node
from api.people import Organization
from api.rows import Row
from foredesk.estimates import Estimate
from foredesk.surveys import models, queries
from foredesk.surveys.definition import AskedQuestion, Choice, Definition, Texts
from foredesk.surveys.models import (
    InvitationState,
    Metric,
    QuestionType,
    ResponseState,
    SurveyState,
)
from foredesk.surveys.results import SurveyResults as Results
from foredesk.surveys.results import survey_results

Language = Annotated[
    str | None,
    strawberry.argument(description="Language of the texts; the viewer's own if left out."),
]
Since = Annotated[
    datetime | None,
    strawberry.argument(description="Start of the period in which requests were closed."),
]
Until = Annotated[datetime | None, strawberry.argument(description="End of the period, excluded.")]


@strawberry.type(description="Answer that a question offers to choose.")
class SurveyChoice:
    choice: strawberry.Private[Choice]
    language: strawberry.Private[str]

    @computed(description="Value of the choice in an answer")
    def value(self) -> str:
        return self.choice.value

    @computed(description="Text of the choice")
    def text(self) -> str:
        return _in(self.language, self.choice.text)


@strawberry.type(description="Question of a survey.")
class SurveyQuestion:
    question: strawberry.Private[AskedQuestion]
    language: strawberry.Private[str]

    @computed(description="Name of the question in an answer")
    def key(self) -> str:
        return self.question.key

    @computed(description="Kind of the question")
    def kind(self) -> QuestionType:
        return self.question.type

    @computed(description="Text of the question")
    def title(self) -> str:
        return _in(self.language, self.question.title)

    @computed(description="Explanation of the question; may be empty")
    def description(self) -> str:
        return _in(self.language, self.question.description)

    @computed(description="Indicates that the survey can't be handed in without an answer")
    def is_required(self) -> bool:
        return self.question.required

    @computed(description="Lowest number, or fewest choices; null where neither is asked for")
    def lowest(self) -> int | None:
        return self.question.lowest

    @computed(description="Highest number, or most choices; null where neither is asked for")
    def highest(self) -> int | None:
        return self.question.highest

    @computed(description="What can be chosen; empty where nothing is")
    def choices(self) -> list[SurveyChoice]:
        return [
            SurveyChoice(choice=choice, language=self.language) for choice in self.question.choices
        ]


@strawberry.type(description="Figure with the limits of its interval.")
class SurveyEstimate:
    estimate: strawberry.Private[Estimate]

    @computed(description="The figure; null when there are too few answers")
    def value(self) -> float | None:
        return self.estimate.value

    @computed(description="Lower limit of the interval; null when there are too few answers")
    def low(self) -> float | None:
        return self.estimate.low

    @computed(description="Upper limit of the interval; null when there are too few answers")
    def high(self) -> float | None:
        return self.estimate.high

    @computed(description="Number of answers that it rests on")
    def answer_count(self) -> int:
        return self.estimate.n


@strawberry.type(description="What the answers to a survey come to.")
class SurveyResults:
    results: strawberry.Private[Results]

    @computed(description="Number of closed requests that were considered")
    def considered_count(self) -> int:
        return self.results.decided

    @computed(description="Number of people who were asked")
    def invited_count(self) -> int:
        return self.results.invited

    @computed(description="Number of people who handed the survey in")
    def completed_count(self) -> int:
        return self.results.completed

    @computed(description="Share of those asked who handed it in; null when nobody was asked")
    def response_rate(self) -> float | None:
        return self.results.response_rate

    @computed(description="Figure of the survey's metric over the answers")
    def estimate(self) -> SurveyEstimate:
        return SurveyEstimate(estimate=self.results.estimate)

    @computed(description="The same with the sampling undone; null unless it is satisfaction")
    def weighted_estimate(self) -> SurveyEstimate | None:
        weighted = self.results.weighted
        return SurveyEstimate(estimate=weighted) if weighted else None


@strawberry.type(description="Survey of an organization's people after their requests.")
class Survey(Node, visible=queries.visible_to):
    row: strawberry.Private[models.Survey]
    title: str = column(description="Title of the survey")
    metric: Metric = column(description="What the survey measures")
    state: SurveyState = column(description="State of the survey")
    organization: Organization | None = relation(
        "organization_id", description="Organization whose people are asked; null if hidden"
    )

    @computed(description="What the survey asks now; empty for a draft")
    async def questions(
        self, info: Info, language: Language = strawberry.UNSET
    ) -> list[SurveyQuestion]:
        definition = await info.context.loaders.newest_definitions.load(self.row.id)
        return questions_of(definition, language or info.context.viewer.locale)

    @computed(description="What the answers come to")
    async def results(
        self, info: Info, since: Since = strawberry.UNSET, until: Until = strawberry.UNSET
    ) -> SurveyResults:
        found = await survey_results(
            info.context.viewer, survey_id=self.row.id, since=since or None, until=until or None
        )
        return SurveyResults(results=found)


@strawberry.type(description="Invitation of one person to a survey after one of their requests.")
class SurveyInvitation(Node, visible=queries.visible_invitations):
    row: strawberry.Private[models.Invitation]
    state: InvitationState = column(description="State of the invitation")
    expires_at: datetime = column(description="Timestamp of when its time is over")

    @computed(description="Title of the survey")
    async def title(self, info: Info, language: Language = strawberry.UNSET) -> str:
        definition = await info.context.loaders.definitions.load(self.row.version_id)
        wanted = definition.language_for(language or info.context.viewer.locale)
        return _in(wanted, definition.title)

    @computed(description="What the survey asks")
    async def questions(
        self, info: Info, language: Language = strawberry.UNSET
    ) -> list[SurveyQuestion]:
        definition = await info.context.loaders.definitions.load(self.row.version_id)
        return questions_of(definition, language or info.context.viewer.locale)


@strawberry.type(description="What one person made of an invitation.")
class SurveyResponse(Row):
    row: strawberry.Private[models.Response]
    language: str = column(description="Language in which it was answered")
    completed_at: datetime | None = column(
        description="Timestamp of when it was handed in; null if it was not yet"
    )

    @computed(description="Indicates that it was handed in and changes no more")
    def is_completed(self) -> bool:
        return self.row.state is ResponseState.COMPLETED


def questions_of(definition: Definition | None, locale: str) -> list[SurveyQuestion]:
    if definition is None:
        return []
    language = definition.language_for(locale)
    return [
        SurveyQuestion(question=question, language=language) for question in definition.questions
    ]


def _in(language: str, texts: Texts) -> str:
    return texts.get(language) or next(iter(texts.values()), "")
