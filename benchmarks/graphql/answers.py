"""Answers compared: whatever their shape on the wire, all servers have to say the same."""

from datetime import datetime
from typing import Any

from api.identifiers import parse_id

NEW = ("createTicket",)
"""What an act made differs in its ID, number and time."""


def differences(ours: Any, theirs: Any, path: str = "") -> list[str]:
    """Where two canonical answers differ; nothing, if all is well."""
    if isinstance(ours, dict) and isinstance(theirs, dict):
        return [
            found
            for key in ours.keys() | theirs.keys()
            for found in differences(ours.get(key), theirs.get(key), f"{path}.{key}")
        ]
    if isinstance(ours, list) and isinstance(theirs, list) and len(ours) == len(theirs):
        return [
            found
            for place, pair in enumerate(zip(ours, theirs, strict=True))
            for found in differences(*pair, f"{path}.{place}")
        ]
    return [] if ours == theirs else [f"{path}: {ours!r} is not {theirs!r}"]


def canonical(answer: dict[str, Any]) -> Any:
    """The data, without what is each server's own: cursors, and how IDs and times are written."""
    assert not answer.get("errors"), answer
    data = answer["data"]
    if "createTicket" in data:
        ticket = data["createTicket"]["ticket"]
        assert ticket["number"] > 0, data
        return {name: _value(name, ticket[name]) for name in ("subject", "state", "priority")}
    return _value("data", data)


def _value(name: str, value: Any) -> Any:
    if isinstance(value, dict):
        if name == "clocks":
            return _value(name, value["nodes"])
        return {key: _value(key, one) for key, one in value.items() if key != "endCursor"}
    if isinstance(value, list):
        return [_value("", one) for one in value]
    if not isinstance(value, str):
        return value
    if name == "id":
        found = parse_id(value)
        return str(found[1]) if found else value
    return _time(value) if name.endswith("At") else value.upper()


def _time(text: str) -> datetime:
    """To the millisecond, as ours are written."""
    at = datetime.fromisoformat(text)
    return at.replace(microsecond=at.microsecond // 1000 * 1000)
