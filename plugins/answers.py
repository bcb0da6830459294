"""Answers: what a plugin returned is taken only if it is what the hook asks for."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Any, cast

from foredesk.hooks import HitFacts, HookContract, SearchFacts

QUERY_LIMIT = 200


class WrongAnswer(Exception):
    """The message says what was returned and what was wanted."""


def accepted(contract: HookContract, value: Any, facts: Mapping[str, Any]) -> Any:
    """The answer, lists as tuples, None for an empty one. Raises WrongAnswer."""
    if value is None or contract.returns is None:
        return None
    value = _many(contract, value) if contract.many else _one(contract.returns, value)
    check = _CHECKS.get(contract.name)
    return check(value, facts) if check else value


def _many(contract: HookContract, value: Any) -> tuple[Any, ...] | None:
    assert contract.returns is not None
    if type(value) not in (list, tuple):
        wanted = f"list of {contract.returns.__name__}"
        raise WrongAnswer(f"returned {type(value).__name__}, wanted {wanted}")
    return tuple(_one(contract.returns, item) for item in value) or None


def _one(wanted: type, value: Any) -> Any:
    if type(value) is not wanted:
        raise WrongAnswer(f"returned {type(value).__name__}, wanted {wanted.__name__}")
    if wanted is tuple:
        return value
    try:
        return replace(cast(Any, value))
    except (TypeError, ValueError) as problem:
        raise WrongAnswer(f"returned a {wanted.__name__} that is not valid: {problem}") from problem


def _same_hits(value: tuple[Any, ...], facts: Mapping[str, Any]) -> tuple[HitFacts, ...]:
    given = {hit.article_id: hit for hit in facts["value"]}
    chosen = []
    for hit in value:
        if type(hit) is not HitFacts:
            raise WrongAnswer(f"returned a tuple with {type(hit).__name__}, wanted HitFacts")
        if (original := given.pop(hit.article_id, None)) is None:
            raise WrongAnswer("returned an article that was not given, or the same one twice")
        chosen.append(original)
    return tuple(chosen)


def _searchable(value: SearchFacts, facts: Mapping[str, Any]) -> SearchFacts:
    given: SearchFacts = facts["value"]
    if type(value.text) is not str or len(value.text) > max(QUERY_LIMIT, len(given.text)):
        raise WrongAnswer(f"returned a query that is no text of at most {QUERY_LIMIT} characters")
    return replace(given, text=value.text)


def _offered_policy(value: Any, facts: Mapping[str, Any]) -> Any:
    if value.policy_id not in {policy.id for policy in facts["policies"]}:
        raise WrongAnswer("returned a policy that was not offered")
    return value


def _offered_calendar(value: Any, facts: Mapping[str, Any]) -> Any:
    if value.calendar_id not in {calendar.id for calendar in facts["calendars"]}:
        raise WrongAnswer("returned a calendar that was not offered")
    return value


def _of_the_year(value: tuple[Any, ...] | None, facts: Mapping[str, Any]) -> Any:
    if any(holiday.date.year != facts["year"] for holiday in value or ()):
        raise WrongAnswer("returned a holiday of another year")
    return value


def _candidates(value: tuple[Any, ...] | None, facts: Mapping[str, Any]) -> Any:
    agents = {team.id: {agent.id for agent in team.agents} for team in facts["candidates"]}
    for suggestion in value or ():
        if suggestion.team_id not in agents:
            raise WrongAnswer("returned a team that was not a candidate")
        if suggestion.agent_id not in agents[suggestion.team_id] | {None}:
            raise WrongAnswer("returned an agent who was not a candidate")
    return value


def _document(value: Any, facts: Mapping[str, Any]) -> Any:
    if value is None:
        return None
    if value.article_id != facts["value"].article_id:
        raise WrongAnswer("returned another article")
    texts = (value.body, *value.tags, *value.headings, *value.asked_as)
    if not all(isinstance(text, str) for text in texts):
        raise WrongAnswer("returned something that is no text")
    return value


_CHECKS: Mapping[str, Callable[[Any, Mapping[str, Any]], Any]] = {
    "rerank_results": _same_hits,
    "rewrite_query": _searchable,
    "enrich_document": _document,
    "choose_sla_policy": _offered_policy,
    "suggest_assignment": _candidates,
    "choose_calendar": _offered_calendar,
    "provide_holidays": _of_the_year,
}
