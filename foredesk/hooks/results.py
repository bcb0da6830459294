"""Results: what a plugin may answer. Each checks its own values when it is made."""

import math
from dataclasses import dataclass
from datetime import date, datetime
from typing import Literal
from uuid import UUID

CATEGORY_LIMIT = 64
EXPLANATION_LIMIT = 500
NAME_LIMIT = 120
LEVELS = ("high", "medium", "low")


@dataclass(frozen=True, slots=True)
class Alternative:
    """Another category that it might be."""

    category: str
    confidence: float

    def __post_init__(self) -> None:
        _text("category", self.category, CATEGORY_LIMIT)
        _share("confidence", self.confidence)


@dataclass(frozen=True, slots=True)
class CategorySuggestion:
    """`explanation` is shown to the agent, so say why; `alternatives` are the next best."""

    category: str
    confidence: float
    explanation: str
    alternatives: tuple[Alternative, ...] = ()

    def __post_init__(self) -> None:
        _text("category", self.category, CATEGORY_LIMIT)
        _share("confidence", self.confidence)
        _text("explanation", self.explanation, EXPLANATION_LIMIT)
        _all_of("alternatives", self.alternatives, Alternative)


@dataclass(frozen=True, slots=True)
class PrioritySuggestion:
    """Impact and urgency, from which the desk's matrix makes the priority."""

    impact: Literal["high", "medium", "low"]
    urgency: Literal["high", "medium", "low"]
    confidence: float
    explanation: str

    def __post_init__(self) -> None:
        _one_of("impact", self.impact, LEVELS)
        _one_of("urgency", self.urgency, LEVELS)
        _share("confidence", self.confidence)
        _text("explanation", self.explanation, EXPLANATION_LIMIT)


@dataclass(frozen=True, slots=True)
class AssignmentSuggestion:
    """`agent_id` is None to leave the choice of the person to the team."""

    team_id: UUID
    confidence: float
    explanation: str
    agent_id: UUID | None = None

    def __post_init__(self) -> None:
        _id("team_id", self.team_id)
        if self.agent_id is not None:
            _id("agent_id", self.agent_id)
        _share("confidence", self.confidence)
        _text("explanation", self.explanation, EXPLANATION_LIMIT)


@dataclass(frozen=True, slots=True)
class PolicyChoice:
    """`policy_id` is one of the policies that were offered."""

    policy_id: UUID
    explanation: str

    def __post_init__(self) -> None:
        _id("policy_id", self.policy_id)
        _text("explanation", self.explanation, EXPLANATION_LIMIT)


@dataclass(frozen=True, slots=True)
class RepairEstimate:
    """It is solved by `probably_by` in half of such cases (P50), and by `almost_certainly_by` in
    nine of ten (P90). `explanation` is shown to the agent, so say why.
    """

    probably_by: datetime
    confidence: float
    explanation: str
    almost_certainly_by: datetime | None = None

    def __post_init__(self) -> None:
        _instant("probably_by", self.probably_by)
        _share("confidence", self.confidence)
        _text("explanation", self.explanation, EXPLANATION_LIMIT)
        if self.almost_certainly_by is not None:
            _instant("almost_certainly_by", self.almost_certainly_by)
            if self.almost_certainly_by <= self.probably_by:
                raise ValueError("almost_certainly_by must be after probably_by")


@dataclass(frozen=True, slots=True)
class CalendarChoice:
    """`calendar_id` is one of the calendars that were offered."""

    calendar_id: UUID
    explanation: str

    def __post_init__(self) -> None:
        _id("calendar_id", self.calendar_id)
        _text("explanation", self.explanation, EXPLANATION_LIMIT)


@dataclass(frozen=True, slots=True)
class Holiday:
    """A day on which the place rests. An observance is only taken if somebody chooses it."""

    date: date
    name: str
    is_observance: bool = False

    def __post_init__(self) -> None:
        if type(self.date) is not date:
            raise ValueError("date must be a date")
        _text("name", self.name, NAME_LIMIT)
        if not self.name.isprintable():
            raise ValueError("name must be one line")


@dataclass(frozen=True, slots=True)
class Objection:
    """Why something should not happen. `code` is for programs, `message` for people."""

    code: str
    message: str
    overridable: bool = False

    def __post_init__(self) -> None:
        _text("code", self.code, 64)
        _text("message", self.message, EXPLANATION_LIMIT)


@dataclass(frozen=True, slots=True)
class Synonym:
    """Whoever looks for `term` also finds the `alternatives`, at `weight` of its worth."""

    term: str
    alternatives: tuple[str, ...]
    weight: float = 0.3

    def __post_init__(self) -> None:
        _text("term", self.term, 100)
        if not isinstance(self.alternatives, tuple):
            raise ValueError("alternatives must be a tuple of words")
        for alternative in self.alternatives:
            _text("alternatives", alternative, 100)
        _share("weight", self.weight)


@dataclass(frozen=True, slots=True)
class ArticleSuggestion:
    """An article that may answer; those the reader may not see are dropped by the desk."""

    article_id: UUID
    confidence: float
    explanation: str

    def __post_init__(self) -> None:
        _id("article_id", self.article_id)
        _share("confidence", self.confidence)
        _text("explanation", self.explanation, EXPLANATION_LIMIT)


@dataclass(frozen=True, slots=True)
class Score:
    """One figure made of a survey response, for example `sentiment` -0.4."""

    metric: str
    value: float
    explanation: str

    def __post_init__(self) -> None:
        _text("metric", self.metric, 64)
        _number("value", self.value)
        _text("explanation", self.explanation, EXPLANATION_LIMIT)


@dataclass(frozen=True, slots=True)
class ConfigProblem:
    """What is wrong with one setting; `field` is empty for the whole."""

    field: str
    message: str

    def __post_init__(self) -> None:
        _text("message", self.message, EXPLANATION_LIMIT)


def _text(name: str, value: object, limit: int) -> None:
    if not isinstance(value, str) or not value.strip():
        raise ValueError(f"{name} must be a text that is not empty")
    if len(value) > limit:
        raise ValueError(f"{name} must have at most {limit} characters")
    if "\0" in value or any("\ud800" <= character <= "\udfff" for character in value):
        raise ValueError(f"{name} contains a character that cannot be stored")


def _share(name: str, value: object) -> None:
    _number(name, value)
    if not 0 <= value <= 1:  # type: ignore[operator]  # _number has seen to it
        raise ValueError(f"{name} must be between 0 and 1")


def _number(name: str, value: object) -> None:
    if isinstance(value, bool) or not isinstance(value, int | float) or not math.isfinite(value):
        raise ValueError(f"{name} must be a finite number")


def _id(name: str, value: object) -> None:
    if not isinstance(value, UUID):
        raise ValueError(f"{name} must be a UUID")


def _instant(name: str, value: object) -> None:
    if not isinstance(value, datetime) or value.tzinfo is None:
        raise ValueError(f"{name} must be a time with a time zone")


def _one_of(name: str, value: object, allowed: tuple[str, ...]) -> None:
    if value not in allowed:
        raise ValueError(f"{name} must be one of {', '.join(allowed)}")


def _all_of(name: str, values: object, kind: type) -> None:
    if not isinstance(values, tuple) or not all(isinstance(value, kind) for value in values):
        raise ValueError(f"{name} must be a tuple of {kind.__name__}")
