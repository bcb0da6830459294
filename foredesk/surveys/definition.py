"""A survey's definition: a strict subset of SurveyJS JSON, read into what we ask.

Every refusal names the path and says plainly what would be right. A key that we do not know is
refused too: whatever stands in a definition is shown, or it would mislead its author.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from foredesk.errors import InvalidInput
from foredesk.surveys.models import Metric, QuestionType

Texts = Mapping[str, str]
"""By language."""

KEY = re.compile(r"[a-z][a-z0-9_]{0,63}")
LANGUAGE = re.compile(r"[a-z]{2,3}(-[A-Za-z]{2,8})?")
MARKUP = re.compile(r"<[a-zA-Z/!]")
TEXT_LIMIT = 2_000
QUESTION_LIMIT = 30
CHOICE_LIMIT = 50
ANSWER_LIMIT = 10_000

SCALES = {Metric.CSAT: (1, 5), Metric.NPS: (0, 10), Metric.CES: (1, 7)}

TYPES = {
    "rating": QuestionType.RATING,
    "radiogroup": QuestionType.SINGLE,
    "checkbox": QuestionType.MULTI,
    "boolean": QuestionType.YES_NO,
    "text": QuestionType.SHORT_TEXT,
    "comment": QuestionType.LONG_TEXT,
    "html": QuestionType.STATEMENT,
}
KEYS = {
    "rating": {"rateMin", "rateMax", "minRateDescription", "maxRateDescription"},
    "radiogroup": {"choices"},
    "checkbox": {"choices", "minSelectedChoices", "maxSelectedChoices"},
    "boolean": {"labelTrue", "labelFalse"},
    "text": {"maxLength"},
    "comment": {"maxLength"},
    "html": {"html"},
}
COMMON_KEYS = {"type", "name", "title", "description", "isRequired"}
TEXT_KEYS = ("title", "description", "html", "minRateDescription", "maxRateDescription")


@dataclass(frozen=True, slots=True)
class Choice:
    value: str
    text: Texts


@dataclass(frozen=True, slots=True)
class AskedQuestion:
    """One element. `lowest` and `highest` are a scale, or the least and most choices."""

    key: str
    type: QuestionType
    title: Texts
    description: Texts
    required: bool = False
    lowest: int | None = None
    highest: int | None = None
    lowest_label: Texts | None = None
    highest_label: Texts | None = None
    choices: tuple[Choice, ...] = ()
    length: int = ANSWER_LIMIT

    @property
    def measures(self) -> bool:
        """Its number is a score of a metric."""
        return self.type.value in set(Metric)


@dataclass(frozen=True, slots=True)
class Definition:
    title: Texts
    languages: tuple[str, ...]
    """The first is the one to fall back to."""
    questions: tuple[AskedQuestion, ...]

    def language_for(self, locale: str) -> str:
        """The exact language, or the same without its region, or the first."""
        wanted = locale.replace("_", "-")
        for language in (wanted, wanted.split("-")[0]):
            if language in self.languages:
                return language
        return self.languages[0]


def read_definition(document: Any, metrics: Mapping[str, Metric]) -> Definition:
    """`metrics` says which rating measures what; it stands beside the document, not in it.

    Raises InvalidInput whose field is the path within the document.
    """
    _only(document, "", {"title", "locale", "elements"})
    default = document.get("locale", "en")
    if not isinstance(default, str) or not LANGUAGE.fullmatch(default):
        raise InvalidInput("locale", "Write a language such as en or pt-BR.")
    elements = document.get("elements")
    if not isinstance(elements, list) or not 0 < len(elements) <= QUESTION_LIMIT:
        raise InvalidInput("elements", f"Give 1 to {QUESTION_LIMIT} questions.")
    reader = _Reader(default, _languages(document, default))
    title = reader.text(document.get("title"), "title")
    questions = tuple(
        reader.question(element, f"elements[{place}]", metrics)
        for place, element in enumerate(elements)
    )
    _check_keys(questions, metrics)
    return Definition(title, reader.languages, questions)


def _check_keys(questions: Sequence[AskedQuestion], metrics: Mapping[str, Metric]) -> None:
    keys = [question.key for question in questions]
    for place, key in enumerate(keys):
        if key in keys[:place]:
            raise InvalidInput(f"elements[{place}].name", f"There are two questions {key!r}.")
    for key, metric in metrics.items():
        if key not in keys:
            raise InvalidInput("metrics", f"There is no question {key!r} to measure {metric}.")
    if len(set(metrics.values())) < len(metrics):
        raise InvalidInput("metrics", "Measure each thing with one question.")


@dataclass(frozen=True, slots=True)
class _Reader:
    default: str
    languages: tuple[str, ...]

    def question(self, element: Any, path: str, metrics: Mapping[str, Metric]) -> AskedQuestion:
        kind = element.get("type") if isinstance(element, dict) else None
        if not isinstance(kind, str) or kind not in TYPES:
            raise InvalidInput(f"{path}.type", f"Use one of {', '.join(TYPES)}.")
        _only(element, path, COMMON_KEYS | KEYS[kind])
        key = element.get("name")
        if not isinstance(key, str) or not KEY.fullmatch(key):
            raise InvalidInput(
                f"{path}.name", "Use lower-case letters, digits and _, beginning with a letter."
            )
        required = element.get("isRequired", False)
        if not isinstance(required, bool):
            raise InvalidInput(f"{path}.isRequired", "Write true or false.")
        type_ = TYPES[kind]
        if key in metrics:
            type_ = self._measuring(element, path, metrics[key])
        lowest, highest = _scale(element, path)
        return AskedQuestion(
            key=key,
            type=type_,
            title=self.text(element.get("html" if kind == "html" else "title"), f"{path}.title"),
            description=self.maybe(element, path, "description"),
            required=required and kind != "html",
            lowest=lowest,
            highest=highest,
            lowest_label=self.maybe(element, path, "minRateDescription") or None,
            highest_label=self.maybe(element, path, "maxRateDescription") or None,
            choices=self._choices(element, path),
            length=_whole(element, path, "maxLength", 1, ANSWER_LIMIT, ANSWER_LIMIT),
        )

    def text(self, written: Any, path: str) -> Texts:
        """One text for the only language, or one for each."""
        if isinstance(written, str):
            written = {self.default: written}
        if not isinstance(written, dict):
            raise InvalidInput(path, "Write a text, or an object with one for each language.")
        texts = {self.default if key == "default" else key: value for key, value in written.items()}
        missing = [language for language in self.languages if language not in texts]
        if missing:
            raise InvalidInput(path, f"The text is missing in {', '.join(missing)}.")
        return {language: _readable(texts[language], path) for language in self.languages}

    def maybe(self, element: Mapping[str, Any], path: str, key: str) -> Texts:
        return self.text(element[key], f"{path}.{key}") if key in element else {}

    def _measuring(self, element: Mapping[str, Any], path: str, metric: Metric) -> QuestionType:
        scale = SCALES[metric]
        if element["type"] != "rating" or _scale(element, path) != scale:
            raise InvalidInput(
                path, f"{metric.upper()} is measured by a rating from {scale[0]} to {scale[1]}."
            )
        return QuestionType(metric.value)

    def _choices(self, element: Mapping[str, Any], path: str) -> tuple[Choice, ...]:
        if element["type"] == "boolean":
            labels = (("true", "labelTrue"), ("false", "labelFalse"))
            return tuple(
                Choice(value, self.text(element.get(key), f"{path}.{key}")) for value, key in labels
            )
        if element["type"] not in ("radiogroup", "checkbox"):
            return ()
        written = element.get("choices")
        if not isinstance(written, list) or not 2 <= len(written) <= CHOICE_LIMIT:
            raise InvalidInput(f"{path}.choices", f"Give 2 to {CHOICE_LIMIT} choices.")
        choices = tuple(
            self._choice(choice, f"{path}.choices[{place}]") for place, choice in enumerate(written)
        )
        if len({choice.value for choice in choices}) < len(choices):
            raise InvalidInput(f"{path}.choices", "Give each value once.")
        return choices

    def _choice(self, written: Any, path: str) -> Choice:
        _only(written, path, {"value", "text"})
        value = written.get("value")
        if not isinstance(value, str) or not KEY.fullmatch(value):
            raise InvalidInput(f"{path}.value", "Use lower-case letters, digits and _.")
        return Choice(value, self.text(written.get("text"), f"{path}.text"))


def _only(written: Any, path: str, known: set[str]) -> None:
    if not isinstance(written, dict):
        raise InvalidInput(path or "definition", "Write an object.")
    for key in written:
        if key not in known:
            where = f"{path}.{key}" if path else str(key)
            raise InvalidInput(where, f"We do not know {key!r}. Use {', '.join(sorted(known))}.")


def _languages(document: Mapping[str, Any], default: str) -> tuple[str, ...]:
    """Every language that any text is given in, the default one first."""
    found = {default}
    for text in _texts(document):
        for language in text:
            if not isinstance(language, str) or not (
                language == "default" or LANGUAGE.fullmatch(language)
            ):
                raise InvalidInput("languages", f"{language!r} is no language; use en or pt-BR.")
        found |= set(text) - {"default"}
    return (default, *sorted(found - {default}))


def _texts(document: Mapping[str, Any]) -> Iterator[Mapping[str, Any]]:
    elements = [one for one in document["elements"] if isinstance(one, dict)]
    choices = [
        choice
        for element in elements
        for choice in _list(element.get("choices"))
        if isinstance(choice, dict)
    ]
    for owner in (document, *elements, *choices):
        for key in (*TEXT_KEYS, "labelTrue", "labelFalse", "text"):
            if isinstance(owner.get(key), dict):
                yield owner[key]


def _list(written: Any) -> list[Any]:
    return written if isinstance(written, list) else []


def _scale(element: Mapping[str, Any], path: str) -> tuple[int | None, int | None]:
    if element["type"] == "rating":
        lowest = _whole(element, path, "rateMin", 0, 1, 1)
        return lowest, _whole(element, path, "rateMax", lowest + 1, 10, 5)
    if element["type"] == "checkbox":
        count = len(_list(element.get("choices")))
        lowest = _whole(element, path, "minSelectedChoices", 0, count, 0)
        return lowest, _whole(element, path, "maxSelectedChoices", max(1, lowest), count, count)
    return None, None


def _whole(
    element: Mapping[str, Any], path: str, key: str, least: int, most: int, default: int
) -> int:
    value = element.get(key, default)
    if not isinstance(value, int) or isinstance(value, bool) or not least <= value <= most:
        raise InvalidInput(f"{path}.{key}", f"Write a whole number from {least} to {most}.")
    return value


def _readable(text: Any, path: str) -> str:
    if not isinstance(text, str) or not text.strip() or len(text) > TEXT_LIMIT:
        raise InvalidInput(path, f"Write a text of at most {TEXT_LIMIT} characters.")
    if "\x00" in text or any("\ud800" <= character <= "\udfff" for character in text):
        raise InvalidInput(path, "This holds characters that are not text. Remove them.")
    if MARKUP.search(text):
        raise InvalidInput(path, "Write plain text; markup is not shown.")
    return text.strip()
