"""The media type of an answer follows the client's wish, or there is none."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from api.http.negotiation import GRAPHQL, JSON, negotiate


@pytest.mark.parametrize(
    ("accept", "media"),
    [
        (None, JSON),
        ("", JSON),
        ("*/*", JSON),
        ("application/*", JSON),
        ("application/json", JSON),
        ("application/graphql-response+json", GRAPHQL),
        ("application/graphql-response+json, application/json", GRAPHQL),
        ("application/json, application/graphql-response+json", JSON),
        ("application/json;q=0.5, application/graphql-response+json;q=0.9", GRAPHQL),
        ("Application/GraphQL-Response+JSON; charset=utf-8", GRAPHQL),
        ("application/graphql-response+json, text/event-stream, multipart/mixed", GRAPHQL),
        ("text/html", None),
        ("application/json;q=0", None),
        ("application/json;q=much", None),
    ],
)
def test_the_best_that_the_client_accepts_is_taken(accept: str | None, media: str | None) -> None:
    assert negotiate(accept) == media


@given(st.text())
def test_any_accept_header_is_understood_or_refused(accept: str) -> None:
    assert negotiate(accept) in (GRAPHQL, JSON, None)
