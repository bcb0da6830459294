"""The API as the server mounts it: its routes, and nothing global."""

import asyncio
from collections.abc import Callable
from datetime import datetime

from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.middleware.cors import CORSMiddleware
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute, Route, WebSocketRoute
from starlette.types import Receive, Scope, Send

from api.admission import Admit, Credentials, Origins, Standing
from api.admitted import Admitted
from api.client_id import HEADER
from api.context import Context
from api.documents import trusted_documents
from api.http.ide import ide_file
from api.http.plain import PlainRequests
from api.http.read import PREFLIGHT
from api.http.view import GraphQLView
from api.operations.execute import Operations, Plans
from api.places import Places
from api.plans.planner import DeskPlanner
from api.rates import Rates
from api.renewal import Renewal
from api.schema import SDL, schema
from api.websocket.socket import GraphQLSocket
from foredesk.desk import Desk
from foredesk.oidc import Providers
from foredesk.settings import Settings

PATH = "/graphql"


def routes(
    desk: Callable[[], Desk],
    settings: Settings,
    *,
    session_cookie: str = "foredesk_session",
    admit: Admit | None = None,
    providers: Providers | None = None,
    closing: asyncio.Event | None = None,
) -> list[BaseRoute]:
    """`desk` is called for each operation, so that the server may build the desk when it starts.

    `session_cookie` is the name of the portal's cookie: its owner may call the API from our pages.
    Once `closing` is set, streams of events end.
    """

    def now() -> datetime:
        return desk().now()

    origins = Origins.named(settings.allowed_origins, own=settings.address)
    providers = providers or Providers(settings)
    credentials = admit or Credentials(desk, session_cookie, origins, providers)
    admitted = Admitted(credentials, now)
    in_development = not settings.is_production
    operations = operations_of(settings)

    def make_context(standing: Standing, client_id: str) -> Context:
        return Context.of(desk(), standing, client_id, operations.shared)

    rates = Rates(settings.api_rate, settings.api_rate_anonymous)
    places = Places(settings.api_anonymous_connections)
    renew = Renewal(desk, credentials) if admit is None else admit
    view = GraphQLView(
        operations,
        admitted,
        make_context,
        in_development,
        rates,
        places,
        renew,
        settings.graphql_over_http == "draft",
        now,
        closing or asyncio.Event(),
    )
    socket = GraphQLSocket(
        operations,
        credentials,
        make_context,
        origins,
        now,
        open_to_all=in_development,
        rates=rates,
        places=places,
        renew=renew,
    )
    own: list[BaseRoute] = [
        Route(PATH, PlainRequests(view, admitted, view), middleware=_cross_origin(origins)),
        WebSocketRoute(PATH, socket),
        Route(f"{PATH}/schema.graphql", schema_file),
    ]
    return [*own, Route(f"{PATH}/ide/{{name}}", ide_file)] if in_development else own


class Front:
    """The whole application, with what is plain for the API let past its router."""

    def __init__(self, app: Starlette) -> None:
        self._app = app
        endpoints = [route.endpoint for route in app.routes if isinstance(route, Route)]
        plain = next(one for one in endpoints if isinstance(one, PlainRequests))
        self._plain = plain.before(app)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        is_for_api = scope["type"] == "http" and scope["path"] == PATH
        await (self._plain if is_for_api else self._app)(scope, receive, send)


def operations_of(settings: Settings) -> Operations:
    """Raises SettingsError for trusted documents that can't be trusted."""
    return Operations(
        schema,
        hide_suggestions=settings.is_production,
        plans=Plans(settings.graphql_plans),
        planner=DeskPlanner(),
        trusted=trusted_documents(settings),
    )


def _cross_origin(origins: Origins) -> list[Middleware]:
    """Pages of named origins may call with a token; cookies are never theirs to send."""
    if not origins.allowed:
        return []
    return [
        Middleware(
            CORSMiddleware,
            allow_origins=sorted(origins.allowed),
            allow_methods=["GET", "POST"],
            allow_headers=["authorization", "content-type", HEADER, *PREFLIGHT],
            expose_headers=["ratelimit", "ratelimit-policy", "retry-after"],
            max_age=3600,
        )
    ]


async def schema_file(request: Request) -> Response:
    """The schema for clients' tools, which need no introspection then."""
    return Response(SDL.read_text("utf-8"), media_type="text/plain; charset=utf-8")
