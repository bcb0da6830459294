"""What front-end teams use, against our server: it works unchanged, or we are wrong."""

from typing import Any

from api.identifiers import global_id
from tests.api.world import World
from tests.clients.running import node


def ticket_id(world: World) -> str:
    return global_id("Ticket", world.acme.tickets["busy"].id)


async def test_apollo_client_reads_pages_acts_and_watches(furnished: World, address: str) -> None:
    said = await as_agent("apollo.mjs", furnished, address)

    assert said == {
        "query": {"number": 1, "subject": furnished.acme.tickets["busy"].subject},
        "pages": [1, 2],
        "mutation": "From Apollo",
        "isSame": True,
        "refused": {
            "__typename": "InvalidInput",
            "code": "INVALID_INPUT",
            "path": ["subject"],
            "ticket": None,
        },
        "wrong": "BAD_USER_INPUT",
        "subscription": ["ReplyAdded"],
        "isCacheCurrent": True,
    }


async def test_urql_reads_acts_and_watches_over_socket_and_sse(
    furnished: World, address: str
) -> None:
    said = await as_agent("urql.mjs", furnished, address)

    assert said == {
        "query": {"number": 1, "subject": furnished.acme.tickets["busy"].subject},
        "mutation": "From urql",
        "refused": {"__typename": "InvalidInput", "code": "INVALID_INPUT", "path": ["subject"]},
        "wrong": "GRAPHQL_VALIDATION_FAILED",
        "overSocket": [["ReplyAdded", "Seen over a socket"]],
        "overSse": [["ReplyAdded", "Seen over SSE"]],
        "overFetch": [["ReplyAdded", "Seen by fetch alone"]],
    }


async def as_agent(script: str, world: World, address: str) -> Any:
    return await node(script, address, str(world.acme.grace.person_id), ticket_id(world))
