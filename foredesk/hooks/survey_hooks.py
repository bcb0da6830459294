"""Hooks around surveys."""

from collections.abc import Sequence

from foredesk.hooks.context import Context
from foredesk.hooks.facts import (
    InvitationFacts,
    PersonFacts,
    ResponseFacts,
    SurveyFacts,
    TicketFacts,
)
from foredesk.hooks.results import Objection, Score
from foredesk.hooks.specification import Mode, hookspec


@hookspec(Mode.COLLECT, budget=0.1, returns=Objection)
def check_survey_eligibility(
    ctx: Context,
    survey: SurveyFacts,
    person: PersonFacts,
    ticket: TicketFacts | None,
    history: tuple[InvitationFacts, ...],
) -> Objection | None:
    """Object to a survey being sent to a person.

    Called: once when a ticket is closed and the desk's own rules, which always apply, would
    send an invitation. `history` are the person's invitations of the last year, newest first.
    Answers: one objection is enough: nothing is sent, and the reason is kept.
    None: you have no objection.
    Budget: 100 ms.
    Failure: it is logged against your plugin and counts as None.
    """


@hookspec(Mode.COLLECT, budget=1.0, returns=Score, many=True)
def score_response(
    ctx: Context, survey: SurveyFacts, response: ResponseFacts
) -> Sequence[Score] | None:
    """Make figures of the answers to a survey, for example the sentiment of a comment.

    Called: once after a completed response is stored.
    Answers: all are kept with the response, under your plugin's name.
    None: there is nothing to score.
    Budget: 1 s.
    Failure: it is logged against your plugin and counts as None.
    """


@hookspec(Mode.EVENT, budget=10.0)
def on_response_completed(ctx: Context, survey: SurveyFacts, response: ResponseFacts) -> None:
    """A person finished a survey.

    Called: after the commit, from the job queue, at least once; `response.id` tells
    repetitions.
    Answers: there are none to combine.
    None: the only answer.
    Budget: 10 s.
    Failure: your plugin alone is called again, with growing pauses, then listed as failed.
    """
