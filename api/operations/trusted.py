"""Trusted documents: operations that were published before, which clients call by their id.

A manifest is written when a client is built, and read when the server starts. Nothing is
registered by asking for it.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from enum import StrEnum
from pathlib import Path
from typing import Any

import orjson
from graphql import GraphQLError

from api.operations.errors import Code, refusal
from api.operations.prepare import Refused
from api.operations.request import OperationRequest

APOLLO = "apollo-persisted-query-manifest"


class Trust(StrEnum):
    """`only` refuses whatever is not in the manifest."""

    OFF = "off"
    OPTIONAL = "optional"
    ONLY = "only"


class UnusableManifest(Exception):
    """The file can't be read as a manifest; the message says why."""


@dataclass(frozen=True, slots=True)
class TrustedDocuments:
    """Texts by id."""

    texts: Mapping[str, str] = field(default_factory=dict)
    mode: Trust = Trust.OFF
    known: frozenset[str] = field(init=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "known", frozenset(self.texts.values()))

    def resolved(self, request: OperationRequest) -> OperationRequest:
        """The request with its text. Raises Refused.

        A text that comes along with an id counts itself: some clients send both.
        """
        text = self.texts.get(request.document_id) if request.document_id else None
        if not request.query and request.document_id:
            if text is None or self.mode is Trust.OFF:
                raise Refused([_not_found()])
            return replace(request, query=text)
        if self.mode is Trust.ONLY and request.query not in self.known:
            raise Refused([_untrusted()])
        return request


def read_manifest(file: Path) -> Mapping[str, str]:
    """Texts by id, of `{id: text}` as GraphQL codegen and Relay write it, or of Apollo's format.

    Raises UnusableManifest.
    """
    try:
        manifest = orjson.loads(file.read_bytes())
    except OSError as problem:
        raise UnusableManifest(f"{file}: {problem.strerror}") from problem
    except orjson.JSONDecodeError as problem:
        raise UnusableManifest(f"{file} is not JSON: {problem}") from problem
    if not isinstance(manifest, dict):
        raise UnusableManifest(f"{file} is no JSON object.")
    texts = _of_apollo(file, manifest) if manifest.get("format") == APOLLO else manifest
    for id, text in texts.items():
        if not isinstance(text, str):
            raise UnusableManifest(f"{file}: the document {id!r} has no text.")
    return texts


def _of_apollo(file: Path, manifest: Mapping[str, Any]) -> dict[str, Any]:
    if manifest.get("version") != 1:
        raise UnusableManifest(f"{file} is an Apollo manifest of another version than 1.")
    operations = manifest.get("operations")
    if not isinstance(operations, list) or not all(
        isinstance(one, dict) and isinstance(one.get("id"), str) for one in operations
    ):
        raise UnusableManifest(f"{file}: operations must be a list of objects with an id.")
    return {one["id"]: one.get("body") for one in operations}


def _not_found() -> GraphQLError:
    # Apollo's clients know it by this very message.
    return refusal("PersistedQueryNotFound", Code.PERSISTED_QUERY_NOT_FOUND)


def _untrusted() -> GraphQLError:
    return refusal(
        "Only published operations are answered here: call one by its id.",
        Code.UNTRUSTED_DOCUMENT,
    )
