"""Forms: what a person sent, read strictly and kept, so that it can be shown again."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import TypeVar
from urllib.parse import parse_qsl
from uuid import UUID

from starlette.exceptions import HTTPException
from starlette.requests import Request

from foredesk.errors import InvalidInput

Choice = TypeVar("Choice", bound=StrEnum)
BODY_LIMIT = 512 * 1024
FIELD_LIMIT = 200
NOT_OFFERED = "Please answer this question."


@dataclass(frozen=True, slots=True)
class Form:
    """The fields of one form. `unreadable` names those with NUL or broken UTF-8 in them."""

    fields: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    unreadable: frozenset[str] = frozenset()

    def __getitem__(self, name: str) -> str:
        """What was typed, line ends as Python has them; empty if the form lacks the field."""
        return self.fields.get(name, ("",))[-1].replace("\r\n", "\n")

    def __contains__(self, name: str) -> bool:
        return bool(self[name].strip())


async def read_form(request: Request, at_most: int = BODY_LIMIT) -> Form:
    """Raises HTTPException 413, 415 or 400 for what no form of ours sends, or more bytes."""
    media_type = request.headers.get("content-type", "").partition(";")[0].strip().lower()
    if media_type != "application/x-www-form-urlencoded":
        raise HTTPException(415)
    body = await _body(request, at_most)
    try:
        pairs = parse_qsl(
            body.decode("ascii", "surrogateescape"),
            keep_blank_values=True,
            errors="surrogateescape",
            max_num_fields=FIELD_LIMIT,
        )
    except ValueError as problem:
        raise HTTPException(400) from problem
    return form_of(pairs)


def form_of(pairs: list[tuple[str, str]]) -> Form:
    """Raises HTTPException 400 for names that no form of ours has."""
    fields: dict[str, tuple[str, ...]] = {}
    unreadable = set()
    for name, value in pairs:
        if any(c == "\0" or _is_broken(c) for c in name):
            raise HTTPException(400)
        readable = "".join("\ufffd" if c == "\0" or _is_broken(c) else c for c in value)
        if readable != value:
            unreadable.add(name)
        fields[name] = (*fields.get(name, ()), readable)
    return Form(fields, frozenset(unreadable))


def clean(text: str) -> str:
    """A text of an address: what cannot be read is left out."""
    return "".join(c for c in text if c != "\0" and not _is_broken(c)).strip()


def uuid_in(text: str) -> UUID | None:
    try:
        return UUID(text)
    except ValueError:
        return None


def choice_of(sent: Mapping[str, str] | Form, name: str, choices: type[Choice]) -> Choice | None:
    """What was chosen, None for nothing. Raises InvalidInput for what was never offered."""
    try:
        return choices(sent[name]) if sent[name] else None
    except ValueError as problem:
        raise InvalidInput(name, NOT_OFFERED) from problem


def id_chosen(sent: Form, name: str) -> UUID | None:
    """The same for a choice of people or teams."""
    chosen = uuid_in(sent[name])
    if sent[name] and chosen is None:
        raise InvalidInput(name, NOT_OFFERED)
    return chosen


async def _body(request: Request, at_most: int) -> bytes:
    body = bytearray()
    async for chunk in request.stream():
        body += chunk
        if len(body) > at_most:
            raise HTTPException(413)
    return bytes(body)


def _is_broken(character: str) -> bool:
    return "\ud800" <= character <= "\udfff"
