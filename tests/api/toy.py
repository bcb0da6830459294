"""A schema of nothing in particular, to try the pipeline without any domain."""

import asyncio
from collections.abc import AsyncGenerator
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any

import strawberry
from starlette.applications import Starlette
from starlette.requests import HTTPConnection
from starlette.routing import Route, WebSocketRoute

from api.admission import Caller, Origins, Standing
from api.http.view import GraphQLView
from api.operations.errors import Unauthenticated
from api.operations.execute import Operations
from api.operations.limits import Limits
from api.operations.trusted import TrustedDocuments
from api.places import Places
from api.rates import Rates
from api.websocket.socket import GraphQLSocket
from foredesk.errors import NotFound
from foredesk.identity import new_id
from foredesk.people.viewer import ANONYMOUS
from tests.clock import Clock

SOMEBODY = replace(ANONYMOUS, person_id=new_id(), name="Ada")


@strawberry.type
class Thing:
    name: str

    @strawberry.field
    def things(self, first: int | None = strawberry.UNSET) -> "Things":
        return Things()

    @strawberry.field
    def parts(self) -> list["Thing"]:
        return [Thing(name=f"{self.name}.{number}") for number in range(2)]


@strawberry.type
class Things:
    @strawberry.field
    def nodes(self) -> list[Thing]:
        return [Thing(name="one"), Thing(name="two")]


@strawberry.type
class Query:
    @strawberry.field
    def hello(self, info: strawberry.Info) -> str:
        return f"Hello, {info.context.standing.caller.viewer.name or 'stranger'}"

    @strawberry.field
    def thing(self) -> Thing:
        return Thing(name="thing")

    @strawberry.field
    def things(self, first: int | None = strawberry.UNSET) -> Things:
        return Things()

    @strawberry.field
    def nodes(self, ids: list[strawberry.ID]) -> list[Thing]:
        return [Thing(name=id) for id in ids]

    @strawberry.field
    def echo(self, text: str) -> str:
        return text

    @strawberry.field
    def boom(self) -> str | None:
        raise RuntimeError("password=hunter2")

    @strawberry.field
    def missing(self) -> str | None:
        raise NotFound("id")

    @strawberry.field
    def too_big(self) -> int | None:
        return 2**40

    @strawberry.field
    async def slow(self, seconds: float = 60) -> str:
        await asyncio.sleep(seconds)
        return "done"

    @strawberry.field
    def reads(self, info: strawberry.Info) -> int:
        info.context.reads += 1
        count: int = info.context.reads
        return count


@strawberry.type
class Mutation:
    @strawberry.mutation
    def bump(self) -> int:
        return 1


@strawberry.type
class Caused:
    by: str
    origin: strawberry.Private[str]


@strawberry.type
class Subscription:
    @strawberry.subscription
    async def count(self, target: int) -> AsyncGenerator[int, None]:
        for number in range(1, target + 1):
            yield number
            await asyncio.sleep(0)

    @strawberry.subscription
    async def contexts(self) -> AsyncGenerator[Query, None]:
        for _ in range(3):
            yield Query()

    @strawberry.subscription
    async def forever(self) -> AsyncGenerator[int, None]:
        Stage.open += 1
        try:
            yield 1
            await asyncio.Event().wait()
        finally:
            Stage.open -= 1

    @strawberry.subscription
    async def origins(self) -> AsyncGenerator[Caused, None]:
        for client in ("", "tab-1", "tab-2", ""):
            yield Caused(by=client, origin=client)

    @strawberry.subscription
    async def breaks(self) -> AsyncGenerator[int, None]:
        yield 1
        raise RuntimeError("password=hunter2")


class Stage:
    """Streams that are open now."""

    open = 0


@dataclass(slots=True)
class Context:
    standing: Standing
    client_id: str = ""
    reads: int = 0


@dataclass(slots=True)
class Toy:
    """The toy as an application. `tokens` are those it knows, with their ends."""

    clock: Clock = field(default_factory=Clock)
    tokens: dict[str, datetime | None] = field(default_factory=lambda: {"known": None})
    limits: Limits = field(default_factory=Limits)
    open_to_all: bool = False
    init_seconds: float = 10
    rates: Rates = field(default_factory=lambda: Rates(0, 0))
    places: Places = field(default_factory=Places)
    idle_seconds: float = 600
    follows_draft: bool = False
    trusted: TrustedDocuments = field(default_factory=TrustedDocuments)
    operations: Operations = field(init=False)

    def __post_init__(self) -> None:
        schema = strawberry.Schema(Query, Mutation, Subscription)
        self.operations = Operations(
            schema, limits=self.limits, hide_suggestions=True, trusted=self.trusted
        )

    def app(self) -> Starlette:
        view = GraphQLView(
            self.operations,
            self.admit,
            Context,
            self.open_to_all,
            self.rates,
            self.places,
            follows_draft=self.follows_draft,
            now=self.clock,
        )
        socket = GraphQLSocket(
            self.operations,
            self.admit,
            Context,
            Origins.named("https://partner.example"),
            self.clock,
            self.open_to_all,
            self.init_seconds,
            self.rates,
            self.places,
            idle_seconds=self.idle_seconds,
            anonymous_idle_seconds=self.idle_seconds,
        )
        return Starlette(routes=[Route("/graphql", view), WebSocketRoute("/graphql", socket)])

    async def admit(self, connection: HTTPConnection, authorization: str | None) -> Caller:
        if authorization is None:
            return Caller()
        token = authorization.removeprefix("Bearer ")
        if token not in self.tokens:
            raise Unauthenticated
        end = self.tokens[token]
        if end is not None and end <= self.clock():
            raise Unauthenticated
        return Caller(SOMEBODY, end)


def standing() -> Any:
    async def admit() -> Caller:
        return Caller(SOMEBODY)

    return Standing(Caller(SOMEBODY), admit)
