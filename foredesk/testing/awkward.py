"""Awkward facts: what people really send, and what nobody should."""

from collections.abc import Iterator, Mapping
from datetime import UTC, datetime
from typing import Any
from uuid import UUID

from foredesk.hooks import (
    CONTRACTS,
    AgentFacts,
    ArticleFacts,
    CalendarFacts,
    DeflectionFacts,
    DocumentFacts,
    DraftFacts,
    HitFacts,
    InvitationFacts,
    PersonFacts,
    PolicyFacts,
    QuestionFacts,
    RatingFacts,
    RepairFacts,
    ResponseFacts,
    SearchedFacts,
    SearchFacts,
    SurveyFacts,
    TeamFacts,
    TicketEventFacts,
    TicketFacts,
)

AWKWARD_TEXTS: Mapping[str, str] = {
    "plain": "The VPN drops every hour",
    "empty": "",
    "blank": " \t\n ",
    "100 kB": "VPN " * 25_000,
    "100 kB in one word": "x" * 100_000,
    "NUL": "before\0after",
    "right to left": "הצג את \u202eהקובץ\u202c ‏123",
    "many scripts": "принтер не печатает パスワード リセット 🙂 ß İ",
    "combining": "e\u0301" * 200,
    "markup": "<script>alert(1)</script> <b>&amp;</b> **bold**",
    "header injection": "Subject\r\nBcc: everyone@example.com\r\n\r\nbody",
    "template": "{{ 7*7 }} ${HOME} %s {0} {ticket}",
    "SQL": "'; DROP TABLE ticket; --",
    "regular expression": "((((((((((a+)+)+)+)+)+)+)+)+)+$ [a-",
}

_WHEN = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)
_QUESTIONS = (QuestionFacts("score", "csat"), QuestionFacts("why", "long_text"))


def awkward_facts(hook: str, organization_id: UUID) -> Iterator[tuple[str, dict[str, Any]]]:
    """Names and arguments for calls of a hook, without `ctx`."""
    arguments = [name for name in CONTRACTS[hook].arguments if name not in ("ctx", "config")]
    for name, text in AWKWARD_TEXTS.items():
        facts = _facts(text, organization_id)
        if hook == "rerank_results":
            facts["value"] = facts["hits"]
        if hook == "enrich_document":
            facts["value"] = facts["document"]
        yield name, {argument: facts[argument] for argument in arguments}


def _facts(text: str, organization_id: UUID) -> dict[str, Any]:
    short = text[:200]
    return {
        "ticket": _ticket(text, organization_id),
        "event": TicketEventFacts(_id(2), "replied", _WHEN, None, {"text": text, "minutes": None}),
        "candidates": (
            TeamFacts(_id(3), short),
            TeamFacts(_id(4), "Network", 3, (AgentFacts(_id(5), short, 2),)),
        ),
        "policies": (PolicyFacts(_id(6), short), PolicyFacts(_id(7), "Gold")),
        "to_state": "resolved",
        "history": tuple(RepairFacts(60.0 * (len(short) + n) ** 2, n % 2 == 0) for n in range(40)),
        "calendars": (_office(short), CalendarFacts(_id(42), "Around the clock")),
        "calendar": _office(short),
        "year": 2027,
        **_knowledge(text, short),
        **_survey(text, organization_id),
    }


def _ticket(text: str, organization_id: UUID) -> TicketFacts:
    return TicketFacts(
        id=_id(1),
        number=1,
        organization_id=organization_id,
        subject=text,
        details=text,
        channel="mail",
        requester_id=_id(8),
    )


def _office(name: str) -> CalendarFacts:
    return CalendarFacts(_id(41), name, "Europe/Berlin", "DE", "BE")


def _knowledge(text: str, short: str) -> dict[str, Any]:
    return {
        "value": SearchFacts(short),
        "query": SearchFacts(short),
        "hits": tuple(HitFacts(_id(10 + rank), 1.0 / rank, short) for rank in range(1, 11)),
        "document": DocumentFacts(_id(9), short, body=text, tags=(short,), asked_as=(short,)),
        "terms": tuple(short.casefold().split()[:24]),
        "draft": DraftFacts(text, text),
        "article": ArticleFacts(_id(9), "vpn", short),
        "rating": RatingFacts(False, text, _WHEN),
        "search": SearchedFacts(_id(21), short, _WHEN, article_ids=(_id(9),), total=1),
        "deflection": DeflectionFacts(_id(20), _id(21), _id(9), "solved", _WHEN, short),
    }


def _survey(text: str, organization_id: UUID) -> dict[str, Any]:
    survey = SurveyFacts(_id(30), text[:120], 1, _QUESTIONS)
    answers = {"score": 1, "why": text, "unknown": [None, {"deep": text}]}
    return {
        "survey": survey,
        "person": PersonFacts(_id(8), organization_id),
        "history": (InvitationFacts(_id(30), _WHEN),),
        "response": ResponseFacts(_id(31), survey.id, answers, _id(1), _WHEN),
    }


def _id(number: int) -> UUID:
    return UUID(int=number)
