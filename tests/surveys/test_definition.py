import copy
from contextlib import suppress
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from foredesk.errors import InvalidInput
from foredesk.surveys.definition import read_definition
from foredesk.surveys.models import Metric, QuestionType
from foredesk.surveys.starter import STARTER_METRICS, STARTER_SURVEY
from tests.sla.strategies import often

ONE_OF_EACH: dict[str, Any] = {
    "title": "Everything",
    "elements": [
        {"type": "html", "name": "hello", "html": "A word first."},
        {"type": "rating", "name": "effort", "title": "Effort?", "rateMin": 1, "rateMax": 7},
        {"type": "rating", "name": "stars", "title": "Stars?"},
        {
            "type": "radiogroup",
            "name": "way",
            "title": "How did you reach us?",
            "choices": [{"value": "mail", "text": "Mail"}, {"value": "phone", "text": "Phone"}],
        },
        {
            "type": "checkbox",
            "name": "topics",
            "title": "What about?",
            "choices": [
                {"value": "speed", "text": "Speed"},
                {"value": "tone", "text": "Tone"},
                {"value": "result", "text": "Result"},
            ],
            "maxSelectedChoices": 2,
        },
        {
            "type": "boolean",
            "name": "again",
            "title": "Would you ask us again?",
            "labelTrue": "Yes",
            "labelFalse": "No",
        },
        {"type": "text", "name": "word", "title": "One word?", "maxLength": 20},
        {"type": "comment", "name": "more", "title": "Anything else?"},
    ],
}


def test_the_starter_survey_asks_in_two_languages() -> None:
    definition = read_definition(STARTER_SURVEY, STARTER_METRICS)

    assert definition.languages == ("en", "de")
    assert [(question.key, question.type) for question in definition.questions] == [
        ("satisfaction", QuestionType.CSAT),
        ("loyalty", QuestionType.NPS),
        ("liked", QuestionType.LONG_TEXT),
        ("not_liked", QuestionType.LONG_TEXT),
    ]
    assert definition.questions[0].required
    assert definition.questions[3].title["de"] == "Was hat Ihnen nicht gefallen?"


def test_every_type_of_question_is_read() -> None:
    definition = read_definition(ONE_OF_EACH, {"effort": Metric.CES})

    assert [
        (question.type, question.lowest, question.highest) for question in definition.questions
    ] == [
        (QuestionType.STATEMENT, None, None),
        (QuestionType.CES, 1, 7),
        (QuestionType.RATING, 1, 5),
        (QuestionType.SINGLE, None, None),
        (QuestionType.MULTI, 0, 2),
        (QuestionType.YES_NO, None, None),
        (QuestionType.SHORT_TEXT, None, None),
        (QuestionType.LONG_TEXT, None, None),
    ]
    assert definition.questions[6].length == 20


@pytest.mark.parametrize(
    ("locale", "language"),
    [("de", "de"), ("de-CH", "de"), ("de_AT", "de"), ("fr", "en"), ("", "en"), ("en-GB", "en")],
)
def test_a_language_that_is_missing_falls_back(locale: str, language: str) -> None:
    definition = read_definition(STARTER_SURVEY, STARTER_METRICS)

    assert definition.language_for(locale) == language


BAD = [
    ("definition", [], "Write an object."),
    ("elements", {"title": "x"}, "Give 1 to 30 questions."),
    ("elements", {"title": "x", "elements": []}, "Give 1 to 30 questions."),
    ("pages", {"title": "x", "pages": []}, "We do not know 'pages'."),
    ("locale", {"title": "x", "locale": "English", "elements": [{}]}, "Write a language"),
]


@pytest.mark.parametrize(("path", "document", "message"), BAD)
def test_a_document_that_is_none_is_refused(path: str, document: Any, message: str) -> None:
    _refused(document, path, message)


@pytest.mark.parametrize(
    ("place", "change", "path", "message"),
    [
        (1, {"type": "nonsense"}, "elements[1].type", "Use one of rating"),
        (1, {"type": None}, "elements[1].type", "Use one of rating"),
        (1, {"rateMax": "x"}, "elements[1].rateMax", "Write a whole number from 2 to 10."),
        (1, {"rateMax": True}, "elements[1].rateMax", "Write a whole number from 2 to 10."),
        (1, {"rateMin": 9}, "elements[1].rateMin", "Write a whole number from 0 to 1."),
        (1, {"name": "Ünïcode"}, "elements[1].name", "Use lower-case letters"),
        (1, {"name": "stars"}, "elements[2].name", "There are two questions 'stars'."),
        (1, {"name": "other"}, "metrics", "There is no question 'effort' to measure ces."),
        (1, {"rateMax": 5}, "elements[1]", "CES is measured by a rating from 1 to 7."),
        (1, {"isRequired": "yes"}, "elements[1].isRequired", "Write true or false."),
        (1, {"visibleIf": "{stars} > 3"}, "elements[1].visibleIf", "We do not know 'visibleIf'."),
        (1, {"title": ""}, "elements[1].title", "Write a text of at most 2000 characters."),
        (1, {"title": "x" * 2001}, "elements[1].title", "Write a text of at most"),
        (1, {"title": 7}, "elements[1].title", "Write a text, or an object"),
        (1, {"title": "\x00"}, "elements[1].title", "This holds characters that are not text."),
        (1, {"title": "<script>x"}, "elements[1].title", "Write plain text"),
        (3, {"choices": []}, "elements[3].choices", "Give 2 to 50 choices."),
        (3, {"choices": ["a", "b"]}, "elements[3].choices[0]", "Write an object."),
        (
            3,
            {"choices": [{"value": "a", "text": "A"}, {"value": "a", "text": "B"}]},
            "elements[3].choices",
            "Give each value once.",
        ),
        (4, {"minSelectedChoices": 4}, "elements[4].minSelectedChoices", "from 0 to 3"),
        (5, {"labelTrue": None}, "elements[5].labelTrue", "Write a text, or an object"),
        (6, {"maxLength": 0}, "elements[6].maxLength", "Write a whole number from 1 to 10000."),
    ],
)
def test_a_bad_question_is_refused_with_its_path(
    place: int, change: dict[str, Any], path: str, message: str
) -> None:
    document = copy.deepcopy(ONE_OF_EACH)
    document["elements"][place].update(change)

    _refused(document, path, message)


def test_a_text_that_is_missing_in_one_language_is_refused() -> None:
    document = copy.deepcopy(dict(STARTER_SURVEY))
    del document["elements"][1]["title"]["de"]

    with pytest.raises(InvalidInput) as refusal:
        read_definition(document, STARTER_METRICS)

    assert refusal.value.field == "elements[1].title"
    assert refusal.value.message == "The text is missing in de."


def test_one_metric_is_measured_once() -> None:
    document = copy.deepcopy(dict(STARTER_SURVEY))
    document["elements"][1] = {**document["elements"][0], "name": "again"}

    with pytest.raises(InvalidInput, match="Measure each thing with one question"):
        read_definition(document, {"satisfaction": Metric.CSAT, "again": Metric.CSAT})


json_values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=12), inner),
    max_leaves=12,
)


@often(300)
@given(
    json_values, st.integers(0, 7), st.sampled_from(["type", "name", "title", "choices", "rateMin"])
)
def test_whatever_is_written_is_read_or_refused(value: Any, place: int, key: str) -> None:
    document = copy.deepcopy(ONE_OF_EACH)
    document["elements"][place][key] = value
    for written in (value, document):
        with suppress(InvalidInput):
            read_definition(written, {})


def _refused(document: Any, path: str, message: str) -> None:
    with pytest.raises(InvalidInput) as refusal:
        read_definition(document, {"effort": Metric.CES})
    assert refusal.value.field == path
    assert message in refusal.value.message
