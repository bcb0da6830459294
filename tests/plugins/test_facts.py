"""What plugins are given can't be changed, and what they give checks itself."""

import math
from dataclasses import FrozenInstanceError, fields, is_dataclass
from datetime import date
from typing import Any
from uuid import UUID

import pytest

from foredesk import hooks
from foredesk.hooks import (
    Alternative,
    AssignmentSuggestion,
    CalendarChoice,
    CategorySuggestion,
    ConfigProblem,
    Holiday,
    Objection,
    PolicyChoice,
    PrioritySuggestion,
    ResponseFacts,
    Score,
    Synonym,
    TicketEventFacts,
)
from tests.clock import NOW
from tests.plugins.made import ticket

FACTS = [each for name, each in vars(hooks).items() if name.endswith("Facts")]
ID = UUID(int=1)


@pytest.mark.parametrize("kind", FACTS, ids=lambda kind: kind.__name__)
def test_every_kind_of_fact_is_frozen(kind: Any) -> None:
    assert is_dataclass(kind)
    assert kind.__dataclass_params__.frozen
    assert set(kind.__slots__) == {field.name for field in fields(kind)}


def test_a_ticket_cannot_be_changed() -> None:
    facts = ticket()

    with pytest.raises(FrozenInstanceError):
        facts.subject = "hacked"  # type: ignore[misc]


def test_an_events_data_cannot_be_changed_at_any_depth() -> None:
    data = {"articles": [{"id": 1}], "note": "x"}
    event = TicketEventFacts(ID, "resolved", NOW, None, data)
    response = ResponseFacts(ID, ID, {"why": ["a", "b"]})

    with pytest.raises(TypeError):
        event.data["note"] = "y"  # type: ignore[index]
    with pytest.raises(TypeError):
        event.data["articles"][0]["id"] = 2
    with pytest.raises(TypeError):
        response.answers["why"][0] = "c"
    data["note"] = "changed by its owner"
    assert event.data["note"] == "x"


def test_a_ticket_reads_as_one_text() -> None:
    assert ticket("VPN", "drops").text == "VPN\ndrops"
    assert ticket("VPN").text == "VPN"


INVALID: dict[str, Any] = {
    "no category": lambda: CategorySuggestion("", 0.5, "because"),
    "blank category": lambda: CategorySuggestion("  ", 0.5, "because"),
    "a category of 65 characters": lambda: CategorySuggestion("x" * 65, 0.5, "because"),
    "a NUL character": lambda: CategorySuggestion("net\0work", 0.5, "because"),
    "half a character": lambda: CategorySuggestion("net\ud800work", 0.5, "because"),
    "no text": lambda: CategorySuggestion(7, 0.5, "because"),  # type: ignore[arg-type]
    "too sure": lambda: CategorySuggestion("network", 1.01, "because"),
    "less than unsure": lambda: CategorySuggestion("network", -0.01, "because"),
    "not a number": lambda: CategorySuggestion("network", math.nan, "because"),
    "endlessly sure": lambda: CategorySuggestion("network", math.inf, "because"),
    "truly sure": lambda: CategorySuggestion("network", True, "because"),
    "sure in words": lambda: CategorySuggestion("network", "1", "because"),  # type: ignore[arg-type]
    "no explanation": lambda: CategorySuggestion("network", 0.5, ""),
    "a novel": lambda: CategorySuggestion("network", 0.5, "x" * 501),
    "a list of alternatives": lambda: CategorySuggestion("a", 0.5, "because", []),  # type: ignore[arg-type]
    "other alternatives": lambda: CategorySuggestion("a", 0.5, "because", ("b",)),  # type: ignore[arg-type]
    "a bad alternative": lambda: Alternative("b", 2),
    "an unknown impact": lambda: PrioritySuggestion("huge", "low", 0.5, "because"),  # type: ignore[arg-type]
    "a team's name": lambda: AssignmentSuggestion("network", 0.5, "because"),  # type: ignore[arg-type]
    "an agent's name": lambda: AssignmentSuggestion(ID, 0.5, "because", "ada"),  # type: ignore[arg-type]
    "a calendar's name": lambda: CalendarChoice("office", "because"),  # type: ignore[arg-type]
    "a wordless calendar": lambda: CalendarChoice(ID, ""),
    "a holiday without a name": lambda: Holiday(date(2027, 1, 1), " "),
    "a holiday of two lines": lambda: Holiday(date(2027, 1, 1), "New\nYear"),
    "a holiday with a long name": lambda: Holiday(date(2027, 1, 1), "x" * 121),
    "a holiday at a time": lambda: Holiday(NOW, "New Year"),
    "a holiday in words": lambda: Holiday("2027-01-01", "New Year"),  # type: ignore[arg-type]
    "a policy's name": lambda: PolicyChoice("gold", "because"),  # type: ignore[arg-type]
    "a wordless objection": lambda: Objection("code", " "),
    "an alternative of letters": lambda: Synonym("vpn", "tunnel"),  # type: ignore[arg-type]
    "a heavy synonym": lambda: Synonym("vpn", ("tunnel",), 1.5),
    "an endless score": lambda: Score("sentiment", math.inf, "because"),
    "a wordless problem": lambda: ConfigProblem("token", ""),
}


@pytest.mark.parametrize("what", INVALID)
def test_an_answer_that_could_not_be_stored_or_shown_is_not_made(what: str) -> None:
    with pytest.raises(ValueError, match=r"must|contains"):
        INVALID[what]()


def test_answers_at_the_limits_are_fine() -> None:
    CategorySuggestion("x" * 64, 0, "x" * 500, (Alternative("y", 1),))
    CategorySuggestion("сеть 🙂", 1, "потому что")
    Score("nps", -100, "because")
