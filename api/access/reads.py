"""Reads: one's own tokens and sessions, service accounts for administrators."""

import strawberry

from api.access.types import (
    NEWEST_FIRST,
    ApiToken,
    IdentityProvider,
    ServiceAccount,
    Session,
    identity_providers,
)
from api.connections import (
    After,
    Before,
    Connection,
    First,
    Last,
    page_of,
    paginate,
    wanted,
)
from api.context import Info
from api.fields import computed
from api.sources import want
from foredesk.people.sessions import SHOWN_AT_MOST, own_sessions
from foredesk.people.tokens import own_tokens

PROVIDERS_AT_MOST = 20


@strawberry.type
class OwnAccess:
    """What `viewer` says of how they get in."""

    @computed(description="Tokens that speak for the viewer, newest first, ended ones too")
    async def api_tokens(
        self,
        info: Info,
        first: First = strawberry.UNSET,
        after: After = strawberry.UNSET,
        last: Last = strawberry.UNSET,
        before: Before = strawberry.UNSET,
    ) -> Connection[ApiToken]:
        page = page_of(first, after, last, before)
        found = await paginate(own_tokens(info.context.viewer), NEWEST_FIRST, page)
        return Connection(slice=found, make=ApiToken.of)

    @computed(
        description="Browsers in which the viewer is signed in, the last used first, at most 100",
        at_most=SHOWN_AT_MOST,
    )
    async def sessions(self, info: Info) -> list[Session]:
        rows = await own_sessions(info.context.desk, info.context.viewer)
        return [Session(row=row) for row in rows]


@strawberry.type
class AccessQuery:
    @wanted(description="Service accounts, newest first; none unless the viewer administers them")
    def service_accounts(
        self,
        info: Info,
        first: First = strawberry.UNSET,
        after: After = strawberry.UNSET,
        last: Last = strawberry.UNSET,
        before: Before = strawberry.UNSET,
    ) -> Connection[ServiceAccount]:
        return want(ServiceAccount, {}, NEWEST_FIRST, page_of(first, after, last, before))

    @computed(
        description="Identity providers that people can sign in to the portal by",
        at_most=PROVIDERS_AT_MOST,
    )
    def identity_providers(self, info: Info) -> list[IdentityProvider]:
        return identity_providers(info)[:PROVIDERS_AT_MOST]
