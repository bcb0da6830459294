"""Statuses: which one an answer has, by its media type and by the edition of the specification."""

from api.http.negotiation import JSON
from api.operations.answer import Answer
from api.operations.errors import Code

PARTIAL_SUCCESS = 294
UNPROCESSABLE = 422
SYNTAX = frozenset({Code.GRAPHQL_PARSE_FAILED.value})


def status_of(answer: Answer, media: str, *, follows_draft: bool = False) -> int:
    """A refused operation is 400 in the media type of GraphQL, and 200 in the older JSON.

    The draft of August 2026 tells apart what is no GraphQL (400) from what can't be carried out
    (422), and says where some of the data is missing (294).
    """
    if media == JSON:
        return 200
    if answer.was_executed:
        return PARTIAL_SUCCESS if follows_draft and answer.errors else 200
    codes = {(error.extensions or {}).get("code") for error in answer.errors}
    return UNPROCESSABLE if follows_draft and not codes & SYNTAX else 400
