from datetime import timedelta
from uuid import UUID, uuid4

import pytest

from foredesk.desk import Desk
from foredesk.errors import DeskError, InvalidInput, InvalidTransition, NotFound, NotPermitted
from foredesk.people.viewer import ANONYMOUS, SYSTEM, Viewer
from foredesk.surveys.define import (
    Asking,
    close_survey,
    define_survey,
    pause_survey,
    publish_survey,
    resume_survey,
)
from foredesk.surveys.models import Metric, Question, Survey, SurveyState, SurveyVersion
from foredesk.surveys.queries import visible_to
from foredesk.surveys.starter import STARTER_METRICS, STARTER_SURVEY
from tests.surveys.rows import Rows, make_survey


@pytest.fixture
async def rows(desk: Desk) -> Rows:
    return await make_survey(desk)


async def _define(desk: Desk, viewer: Viewer, organization_id: UUID, **more: object) -> Survey:
    given = {"key": "second", "title": "Second", "metric": Metric.NPS, **more}
    return await define_survey(desk, viewer, organization_id=organization_id, **given)  # type: ignore[arg-type]


async def test_a_published_version_keeps_what_is_asked_word_for_word(rows: Rows) -> None:
    version = await SurveyVersion.get()

    assert rows.survey.state is SurveyState.LIVE
    assert version.number == 1
    assert version.definition["survey"] == STARTER_SURVEY
    assert version.languages == ["en", "de"]
    assert len(version.sha256) == 64
    questions = await Question.all()
    assert [(question.key, question.scores_metric) for question in questions] == [
        ("satisfaction", True),
        ("loyalty", False),
        ("liked", False),
        ("not_liked", False),
    ]


async def test_a_new_version_leaves_the_old_one_as_it_was(desk: Desk, rows: Rows) -> None:
    again = await publish_survey(
        desk,
        rows.manager,
        survey_id=rows.survey.id,
        definition={**STARTER_SURVEY, "title": {"en": "Again", "de": "Noch einmal"}},
        metrics=STARTER_METRICS,
    )

    assert (again.number, again.published_by_id) == (2, rows.manager.person_id)
    first = await SurveyVersion.get(number=1)
    assert first.definition["survey"]["title"]["en"] == "How did we do?"


async def test_a_bad_definition_publishes_nothing(desk: Desk, rows: Rows) -> None:
    with pytest.raises(InvalidInput) as refusal:
        await publish_survey(
            desk,
            SYSTEM,
            survey_id=rows.survey.id,
            definition={"title": "x", "elements": [{"type": "nonsense"}]},
            metrics={},
        )
    with pytest.raises(InvalidInput, match="Say which question measures csat"):
        await publish_survey(
            desk,
            SYSTEM,
            survey_id=rows.survey.id,
            definition=STARTER_SURVEY,
            metrics={"loyalty": Metric.NPS},
        )

    assert refusal.value.field == "elements[0].type"
    assert await SurveyVersion.all().count() == 1


async def test_a_survey_is_paused_resumed_and_closed_for_good(desk: Desk, rows: Rows) -> None:
    survey_id = rows.survey.id
    assert (await pause_survey(desk, SYSTEM, survey_id=survey_id)).state is SurveyState.PAUSED
    with pytest.raises(InvalidTransition):
        await pause_survey(desk, SYSTEM, survey_id=survey_id)
    assert (await resume_survey(desk, SYSTEM, survey_id=survey_id)).state is SurveyState.LIVE
    assert (await close_survey(desk, SYSTEM, survey_id=survey_id)).state is SurveyState.CLOSED
    for act in (pause_survey, resume_survey, close_survey):
        with pytest.raises(InvalidTransition) as refusal:
            await act(desk, SYSTEM, survey_id=survey_id)
        assert (refusal.value.state, refusal.value.allowed) == ("closed", ())


async def test_managers_define_for_whom_they_serve_and_others_for_nobody(
    desk: Desk, rows: Rows
) -> None:
    crowd = rows.crowd

    assert (await _define(desk, rows.manager, crowd.acme.id)).state is SurveyState.DRAFT
    refused: list[tuple[Viewer, UUID, type[DeskError]]] = [
        (rows.manager, crowd.zenith.id, NotFound),
        (crowd.grace, crowd.acme.id, NotPermitted),
        (crowd.ada, crowd.acme.id, NotFound),
        (ANONYMOUS, crowd.acme.id, NotFound),
        (SYSTEM, uuid4(), NotFound),
    ]
    for viewer, organization_id, refusal in refused:
        with pytest.raises(refusal):
            await _define(desk, viewer, organization_id, key="third")
    with pytest.raises(NotFound):
        await pause_survey(desk, crowd.zack, survey_id=rows.survey.id)
    assert await Survey.all().count() == 2


@pytest.mark.parametrize(
    ("more", "field"),
    [
        ({"key": "Ä"}, "key"),
        ({"key": "after_closing"}, "key"),
        ({"title": " "}, "title"),
        ({"title": "x" * 201}, "title"),
        ({"asking": Asking(delay=timedelta(days=91))}, "delay"),
        ({"asking": Asking(expires_after=timedelta(hours=1))}, "expires_after"),
        ({"asking": Asking(cool_down_days=-1)}, "cool_down_days"),
        ({"asking": Asking(yearly_limit=0)}, "cool_down_days"),
        ({"asking": Asking(target_half_width=0)}, "target_half_width"),
    ],
)
async def test_a_survey_that_makes_no_sense_is_refused(
    desk: Desk, rows: Rows, more: dict[str, object], field: str
) -> None:
    with pytest.raises(InvalidInput) as refusal:
        await _define(desk, SYSTEM, rows.crowd.acme.id, **more)

    assert refusal.value.field == field
    assert await Survey.all().count() == 1


async def test_surveys_are_seen_by_the_managers_of_those_they_ask(rows: Rows) -> None:
    crowd = rows.crowd
    viewers = (SYSTEM, rows.manager, crowd.grace, crowd.ada, crowd.zack, ANONYMOUS)

    assert [await visible_to(viewer).count() for viewer in viewers] == [1, 1, 0, 0, 0, 0]
