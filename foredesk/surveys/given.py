"""Given: one answer as it came, from a form or as JSON, read by what its question allows."""

from dataclasses import dataclass
from typing import Any

from foredesk.errors import InvalidInput
from foredesk.surveys.definition import AskedQuestion
from foredesk.surveys.models import QuestionType
from foredesk.text import readable


@dataclass(frozen=True, slots=True)
class Given:
    number: int | None = None
    text: str | None = None
    choices: list[str] | None = None


def read_answer(question: AskedQuestion, value: Any) -> Given | None:
    """None for a question that is left out. Raises InvalidInput."""
    if value is None or value == "" or value == []:
        return None
    match question.type:
        case QuestionType.STATEMENT:
            raise _refused(question, "This is nothing to answer.")
        case QuestionType.SHORT_TEXT | QuestionType.LONG_TEXT:
            return _text(question, value)
        case QuestionType.YES_NO:
            return Given(number=_yes_or_no(question, value))
        case QuestionType.SINGLE:
            return Given(choices=_chosen(question, [value]))
        case QuestionType.MULTI:
            return Given(choices=_several(question, value))
    return Given(number=_number(question, value))


def _number(question: AskedQuestion, value: Any) -> int:
    lowest, highest = question.lowest or 0, question.highest or 0
    if isinstance(value, str) and value.isascii() and value.isdigit() and len(value) <= 2:
        value = int(value)
    if isinstance(value, float) and value.is_integer():
        value = int(value)
    if not isinstance(value, int) or isinstance(value, bool) or not lowest <= value <= highest:
        raise _refused(question, f"Choose a number from {lowest} to {highest}.")
    return value


def _text(question: AskedQuestion, value: Any) -> Given | None:
    if not isinstance(value, str):
        raise _refused(question, "Write a text.")
    text = readable(f"answers.{question.key}", value, limit=question.length)
    if question.type is QuestionType.SHORT_TEXT:
        text = " ".join(text.split())
    return Given(text=text) if text else None


def _yes_or_no(question: AskedQuestion, value: Any) -> int:
    known = {True: 1, False: 0, "true": 1, "false": 0}
    if not isinstance(value, bool | str) or value not in known:
        raise _refused(question, "Answer true or false.")
    return known[value]


def _several(question: AskedQuestion, value: Any) -> list[str]:
    chosen = _chosen(question, value if isinstance(value, list) else [value])
    lowest, highest = question.lowest or 0, question.highest or len(question.choices)
    if not lowest <= len(chosen) <= highest:
        raise _refused(question, f"Choose {lowest} to {highest} of them.")
    return chosen


def _chosen(question: AskedQuestion, values: list[Any]) -> list[str]:
    """In the order of the question, each once."""
    known = [choice.value for choice in question.choices]
    if any(value not in known for value in values):
        raise _refused(question, f"Choose from {', '.join(known)}.")
    return [value for value in known if value in values]


def _refused(question: AskedQuestion, message: str) -> InvalidInput:
    return InvalidInput(f"answers.{question.key}", message)
