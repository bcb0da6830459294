"""Ask the API over HTTP as somebody, and look at what it says."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

import httpx
from starlette.applications import Starlette
from starlette.requests import HTTPConnection

from api.admission import Caller
from api.app import routes
from api.operations.errors import Unauthenticated
from foredesk.desk import Desk
from foredesk.people.models import Person
from foredesk.people.viewer import Viewer, viewer_of


@dataclass(slots=True)
class Api:
    """The API of a desk. A person's own id is their token here."""

    app: Starlette
    http: httpx.AsyncClient

    async def ask(self, viewer: Viewer | None, query: str, **variables: Any) -> dict[str, Any]:
        """The data of an answer that has no errors."""
        answer = await self.answer(viewer, query, **variables)
        assert "errors" not in answer, answer["errors"]
        data: dict[str, Any] = answer["data"]
        return data

    async def act(self, viewer: Viewer | None, name: str, shape: str, /, **input: Any) -> Any:
        """The payload of one mutation, with its errors as (type, code, path)."""
        kind = name[0].upper() + name[1:]
        query = (
            f"mutation Act($input: {kind}Input!) {{ {name}(input: $input) {{ {shape} "
            "errors { __typename ... on UserError { code path message } } } }"
        )
        payload = (await self.ask(viewer, query, input=input))[name]
        payload["errors"] = [
            (error["__typename"], error["code"], ".".join(error["path"]))
            for error in payload["errors"]
        ]
        return payload

    async def codes(self, viewer: Viewer | None, query: str, **variables: Any) -> list[str]:
        """The codes of the errors of an answer."""
        answer = await self.answer(viewer, query, **variables)
        return [error["extensions"]["code"] for error in answer.get("errors", [])]

    async def answer(self, viewer: Viewer | None, query: str, **variables: Any) -> dict[str, Any]:
        headers = {"authorization": f"Bearer {viewer.person_id}"} if viewer else {}
        asked = {"query": query, "variables": variables}
        response = await self.http.post("/graphql", json=asked, headers=headers)
        answer: dict[str, Any] = response.json()
        return answer


@asynccontextmanager
async def api_of(desk: Desk) -> AsyncIterator[Api]:
    async def admit_now(connection: HTTPConnection, authorization: str | None) -> Caller:
        return await admit(connection, authorization, desk.now())

    app = Starlette(routes=routes(lambda: desk, desk.settings, admit=admit_now))
    transport = httpx.ASGITransport(app)
    async with httpx.AsyncClient(transport=transport, base_url="http://desk.example") as http:
        yield Api(app, http)


async def admit(
    connection: HTTPConnection, authorization: str | None, at: datetime | None = None
) -> Caller:
    if authorization is None:
        return Caller()
    person = await Person.get_or_none(
        id=UUID(authorization.removeprefix("Bearer ")), is_active=True
    )
    if person is None:
        raise Unauthenticated
    return Caller(await viewer_of(person, at))
