from dataclasses import replace
from datetime import timedelta

import pytest

from foredesk.desk import Desk
from foredesk.errors import NotFound
from foredesk.estimates import wilson
from foredesk.people.models import Person
from foredesk.people.viewer import ANONYMOUS, SYSTEM, viewer_of
from foredesk.surveys.answer import answer_survey
from foredesk.surveys.decide import decide_on_surveys
from foredesk.surveys.invite import send_due_invitations
from foredesk.surveys.models import Invitation, Metric
from foredesk.surveys.queries import visible_invitations, visible_responses
from foredesk.surveys.results import survey_results
from tests.clock import NOW, Clock
from tests.surveys.rows import ALWAYS, Rows, close_one, make_people, make_survey


async def answered(desk: Desk, rows: Rows, scores: list[int | None]) -> None:
    """As many people as scores; one of None is invited and stays silent."""
    for person, score in zip(await make_people(desk, rows.crowd, len(scores)), scores, strict=True):
        ticket = await close_one(desk, rows.crowd, person)
        await decide_on_surveys(desk, ticket.id)
        await send_due_invitations(desk)
        invitation = await Invitation.get(ticket_id=ticket.id)
        if score is not None:
            await answer_survey(
                desk, person, invitation_id=invitation.id, answers={"satisfaction": score}
            )


@pytest.fixture
async def rows(desk: Desk) -> Rows:
    return await make_survey(desk, replace(ALWAYS, delay=timedelta(0)))


async def test_results_say_how_sure_they_are_and_how_many_were_asked(
    desk: Desk, rows: Rows
) -> None:
    await answered(desk, rows, [5, 4, 5, 4, 2, None, None])

    results = await survey_results(rows.manager, survey_id=rows.survey.id)

    assert results.metric is Metric.CSAT
    assert (results.decided, results.invited, results.started, results.completed) == (7, 7, 5, 5)
    assert results.response_rate == 5 / 7
    assert results.estimate == wilson(4, 5)
    assert results.weighted is not None
    assert results.weighted.value == pytest.approx(0.8)
    assert results.leads_with_interval


async def test_four_answers_are_too_few_for_a_figure(desk: Desk, rows: Rows) -> None:
    await answered(desk, rows, [5, 5, 5, 1])

    results = await survey_results(rows.manager, survey_id=rows.survey.id)

    assert (results.estimate.n, results.estimate.value, results.estimate.low) == (4, None, None)
    assert results.weighted is not None
    assert results.weighted.value is None


async def test_results_are_those_of_the_period(desk: Desk, rows: Rows, clock: Clock) -> None:
    await answered(desk, rows, [5, 5, 5])
    clock.advance(timedelta(days=30))
    await answered(desk, rows, [1, 1, 1, 1, 1, 1])

    later = await survey_results(
        rows.manager, survey_id=rows.survey.id, since=NOW + timedelta(days=1)
    )
    earlier = await survey_results(
        rows.manager, survey_id=rows.survey.id, until=NOW + timedelta(days=1)
    )

    assert (later.invited, later.estimate.value) == (6, 0.0)
    assert (earlier.invited, earlier.estimate.n) == (3, 3)


async def test_before_anyone_was_asked_there_is_nothing_and_no_error(rows: Rows) -> None:
    results = await survey_results(SYSTEM, survey_id=rows.survey.id)

    assert (results.decided, results.estimate.n, results.response_rate) == (0, 0, None)


async def test_answers_are_read_by_their_managers_and_by_those_who_gave_them(
    desk: Desk, rows: Rows
) -> None:
    await answered(desk, rows, [5, 4])
    first = await Invitation.all().order_by("id").first()
    assert first is not None

    person = await viewer_of(await Person.get(id=first.person_id))
    crowd = rows.crowd
    viewers = (SYSTEM, rows.manager, person, crowd.grace, crowd.zack, crowd.zoe, ANONYMOUS)

    for visible in (visible_responses, visible_invitations):
        assert [await visible(viewer).count() for viewer in viewers] == [2, 2, 1, 0, 0, 0, 0]
    for viewer in (person, crowd.grace, crowd.zack, ANONYMOUS):
        with pytest.raises(NotFound):
            await survey_results(viewer, survey_id=rows.survey.id)
