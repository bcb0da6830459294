"""The statuses of the edition that the audits know, and of the draft of August 2026."""

import httpx
import pytest

from api.http.negotiation import GRAPHQL, JSON
from tests.api.toy import Toy

ASKED = {
    "fine": {"query": "{ hello }"},
    "partial": {"query": "{ hello boom }"},
    "syntax": {"query": "{"},
    "invalid": {"query": "{ nope }"},
    "variable": {"query": "query($x: String!) { echo(text: $x) }"},
    "malformed": {},
}


@pytest.mark.parametrize(
    ("follows_draft", "media", "statuses"),
    [
        (False, GRAPHQL, [200, 200, 400, 400, 400, 400]),
        (True, GRAPHQL, [200, 294, 400, 422, 422, 400]),
        (False, JSON, [200, 200, 200, 200, 200, 400]),
        (True, JSON, [200, 200, 200, 200, 200, 400]),
    ],
)
async def test_statuses_follow_the_edition_and_the_media_type(
    follows_draft: bool, media: str, statuses: list[int]
) -> None:
    transport = httpx.ASGITransport(Toy(follows_draft=follows_draft).app())
    async with httpx.AsyncClient(transport=transport, base_url="http://desk.example") as http:
        answers = [
            await http.post("/graphql", json=body, headers={"accept": media})
            for body in ASKED.values()
        ]

    assert [answer.status_code for answer in answers] == statuses
    assert all(answer.headers["content-type"].startswith(media) for answer in answers)
