"""Renewal: whether those who watch are still admitted, asked of all of them at once."""

import asyncio
from collections.abc import Callable, Sequence

from starlette.requests import HTTPConnection
from strawberry.dataloader import DataLoader

from api.admission import Admit, Caller
from api.operations.errors import Unauthenticated
from foredesk.desk import Desk
from foredesk.people.tokens import PREFIX, TokenViewer, viewers_of_tokens

MOST = 1000


class Renewal:
    """An Admit for people who were admitted before: always by the database, never by a cache.

    One event wakes everybody who watches, so what is asked in one moment is read together.
    """

    def __init__(self, desk: Callable[[], Desk], admit: Admit) -> None:
        self._desk = desk
        self._admit = admit
        self._tokens: DataLoader[str, TokenViewer | None] = DataLoader(
            self._read, max_batch_size=MOST, cache=False
        )

    async def __call__(self, connection: HTTPConnection, authorization: str | None) -> Caller:
        scheme, _, secret = (authorization or "").partition(" ")
        if scheme.lower() != "bearer" or not secret.strip().startswith(PREFIX):
            return await self._admit(connection, authorization)
        # Shielded, because a client that leaves must not take the others' answers along.
        found = await asyncio.shield(self._tokens.load(secret.strip()))
        if found is None:
            raise Unauthenticated
        return Caller(found.viewer, found.expires_at)

    async def _read(self, secrets: list[str]) -> Sequence[TokenViewer | None]:
        each = list(dict.fromkeys(secrets))
        found = dict(zip(each, await viewers_of_tokens(self._desk(), each), strict=True))
        return [found[secret] for secret in secrets]
