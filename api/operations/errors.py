"""Error policy: what the client caused is said with a code; everything else is masked."""

import logging
import secrets
from enum import StrEnum
from typing import Any

from graphql import GraphQLError, GraphQLSyntaxError, Node

from foredesk.database import UnstorableText
from foredesk.errors import DeskError, NotFound, NotPermitted, TooManyAttempts

_log = logging.getLogger("foredesk.api")


class Code(StrEnum):
    """`extensions.code` of every error at the top level of an answer."""

    GRAPHQL_PARSE_FAILED = "GRAPHQL_PARSE_FAILED"
    GRAPHQL_VALIDATION_FAILED = "GRAPHQL_VALIDATION_FAILED"
    BAD_USER_INPUT = "BAD_USER_INPUT"
    OPERATION_TOO_LARGE = "OPERATION_TOO_LARGE"
    COST_LIMIT_EXCEEDED = "COST_LIMIT_EXCEEDED"
    RATE_LIMITED = "RATE_LIMITED"
    UNAUTHENTICATED = "UNAUTHENTICATED"
    FORBIDDEN = "FORBIDDEN"
    NOT_FOUND = "NOT_FOUND"
    INTROSPECTION_DISABLED = "INTROSPECTION_DISABLED"
    PERSISTED_QUERY_NOT_FOUND = "PERSISTED_QUERY_NOT_FOUND"
    UNTRUSTED_DOCUMENT = "UNTRUSTED_DOCUMENT"
    TIMEOUT = "TIMEOUT"
    INTERNAL = "INTERNAL"


class Unauthenticated(Exception):
    """The credential is malformed, unknown, expired or revoked: nobody is told which."""

    message = "The token is not valid, or no longer."


def refusal(
    message: str, code: Code, node: Node | None = None, **details: str | int
) -> GraphQLError:
    return GraphQLError(message, node, extensions={"code": code.value, **details})


def caused_by_client(error: GraphQLError, code: Code) -> GraphQLError:
    """Give an error that the library found in the request the code it lacks."""
    if isinstance(error, GraphQLSyntaxError):
        code = Code.GRAPHQL_PARSE_FAILED
    error.extensions = {"code": code.value, **(error.extensions or {})}
    return error


def public(error: GraphQLError) -> GraphQLError:
    """What may be said of an error that came up while the operation ran."""
    cause = error.original_error
    if isinstance(cause, DeskError):
        return _located(error, cause.message, _code_of(cause))
    if isinstance(cause, UnstorableText):
        return _located(error, "A text holds characters that are not text.", Code.BAD_USER_INPUT)
    if isinstance(cause, Unauthenticated):
        return _located(error, cause.message, Code.UNAUTHENTICATED)
    if "code" in (error.extensions or {}):
        return error
    if _is_about_an_argument(error):
        return caused_by_client(error, Code.BAD_USER_INPUT)
    return masked(cause or error, error)


def masked(cause: BaseException, error: GraphQLError | None = None) -> GraphQLError:
    """Log the cause and tell the client only where to look it up."""
    error_id = secrets.token_hex(6)
    place = ".".join(map(str, error.path or ())) if error else ""
    _log.error(
        "internal error %s at %s", error_id, place or "the operation", exc_info=cause,
        extra={"error_id": error_id},
    )  # fmt: skip
    message = "Something went wrong on our side."
    if error is None:
        return refusal(message, Code.INTERNAL, errorId=error_id)
    return _located(error, message, Code.INTERNAL, errorId=error_id)


def _located(error: GraphQLError, message: str, code: Code, **details: Any) -> GraphQLError:
    extensions = {"code": code.value, **details}
    return GraphQLError(message, error.nodes, path=error.path, extensions=extensions)


def _code_of(cause: DeskError) -> Code:
    if isinstance(cause, NotFound):
        return Code.NOT_FOUND
    if isinstance(cause, NotPermitted):
        return Code.FORBIDDEN
    if isinstance(cause, TooManyAttempts):
        return Code.RATE_LIMITED
    return Code.BAD_USER_INPUT


def _is_about_an_argument(error: GraphQLError) -> bool:
    """Whether graphql-core refused a variable's value on its way into an argument.

    Its other errors without a code are values of ours that it could not write down.
    """
    return error.message.startswith("Argument ")
