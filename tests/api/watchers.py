"""Clients that watch: sockets that speak graphql-transport-ws."""

import asyncio
import json
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from typing import Any

from websockets.asyncio.client import ClientConnection, connect
from websockets.typing import Subprotocol

from foredesk.people.viewer import Viewer
from tests.api.asking import Api
from tests.api.serving import serving


@dataclass(slots=True)
class Watcher:
    """One subscription on a socket of its own, to one field of the schema."""

    socket: ClientConnection

    async def message(self, seconds: float = 5) -> dict[str, Any]:
        said: dict[str, Any] = json.loads(await asyncio.wait_for(self.socket.recv(), seconds))
        return said

    async def told(self) -> dict[str, Any]:
        """The value of the field that is watched."""
        said = await self.message()
        assert said["type"] == "next", said
        assert "errors" not in said["payload"], said
        (value,) = said["payload"]["data"].values()
        found: dict[str, Any] = value
        return found

    async def is_told_nothing(self, seconds: float = 0.3) -> bool:
        try:
            said = await self.message(seconds)
        except TimeoutError:
            return True
        raise AssertionError(said)


@asynccontextmanager
async def watching(
    address: str, viewer: Viewer | None, query: str, *, client: str = "", **variables: Any
) -> AsyncIterator[Watcher]:
    """Subscribed as a viewer, whose own id is their token here."""
    url = address.replace("http", "ws") + "/graphql"
    async with connect(url, subprotocols=[Subprotocol("graphql-transport-ws")]) as socket:
        payload: dict[str, Any] = {"token": str(viewer.person_id)} if viewer else {}
        if client:
            payload["clientId"] = client
        await socket.send(json.dumps({"type": "connection_init", "payload": payload}))
        assert json.loads(await asyncio.wait_for(socket.recv(), 5)) == {"type": "connection_ack"}
        asked = {"query": query, "variables": variables}
        await socket.send(json.dumps({"id": "1", "type": "subscribe", "payload": asked}))
        yield Watcher(socket)


@asynccontextmanager
async def served(api: Api) -> AsyncIterator[str]:
    async with serving(api.app) as address:
        yield address
