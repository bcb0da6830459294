"""Tokens, service accounts, sessions and identity providers as the schema shows them."""

from datetime import datetime

import strawberry

from api.connections import Connection, Ordering, pages
from api.context import Info
from api.fields import column, computed, relation, shown
from api.node import Node
from api.people import Organization, Person
from api.scalars import Url
from foredesk.people import models
from foredesk.people.roles import Scope
from foredesk.people.service_accounts import visible_service_accounts
from foredesk.people.sessions import visible_sessions
from foredesk.people.tokens import PREFIX, visible_tokens

NEWEST_FIRST = Ordering("created_at", descending=True)


@strawberry.type(description="Key to the API for one person or service account.")
class ApiToken(Node, visible=visible_tokens):
    row: strawberry.Private[models.ApiToken]
    name: str = column(description="What the token is for")
    created_at: datetime = column(description="Timestamp of when the token was created")
    expires_at: datetime = column(description="Timestamp of when the token ends by itself")
    last_used_at: datetime | None = column(
        "used_at",
        description="Timestamp of when the token was last used, within five minutes; null if never",
    )
    revoked_at: datetime | None = column(
        description="Timestamp of when the token was revoked; null if it was not"
    )
    person: Person | None = relation(
        "person_id",
        description="Person whom the token speaks for; null if the viewer may not see them",
    )

    @computed(description="What the token may be used for", needs=("scopes",), at_most=len(Scope))
    def scopes(self) -> list[Scope]:
        return sorted(Scope(scope) for scope in self.row.scopes)

    @computed(
        description="Beginning of the token, by which it can be recognized", needs=("public_id",)
    )
    def hint(self) -> str:
        return f"{PREFIX}{self.row.public_id}_…"

    @computed(
        description="Indicates that the token is neither over nor revoked",
        needs=("revoked_at", "expires_at"),
    )
    def is_active(self, info: Info) -> bool:
        return self.row.revoked_at is None and self.row.expires_at > info.context.desk.now()

    @computed(
        description="Person who created the token; null if it was the desk itself, or hidden",
        needs=("created_by_id",),
    )
    async def created_by(self, info: Info) -> Person | None:
        return await shown(info, Person, self.row.created_by_id)  # type: ignore[no-any-return]

    @computed(
        description="Person who revoked the token; null if nobody did, or hidden",
        needs=("revoked_by_id",),
    )
    async def revoked_by(self, info: Info) -> Person | None:
        return await shown(info, Person, self.row.revoked_by_id)  # type: ignore[no-any-return]


@strawberry.type(
    description="Program that acts at the desk by itself, with roles and teams, without a password."
)
class ServiceAccount(Node, visible=visible_service_accounts):
    row: strawberry.Private[models.Person]
    name: str = column(description="Name of the service account")
    created_at: datetime = column(description="Timestamp of when the service account was created")
    is_active: bool = column(description="Indicates that its tokens open something")
    organization: Organization | None = relation(
        "organization_id", description="Organization that the service account belongs to"
    )
    api_tokens: Connection[ApiToken] = pages(
        "person_id", NEWEST_FIRST, description="Tokens of the service account, newest first"
    )

    @computed(
        description="Service account as tickets show it, with its roles and teams", needs=("id",)
    )
    async def person(self, info: Info) -> Person | None:
        return await shown(info, Person, self.row.id)  # type: ignore[no-any-return]


@strawberry.type(description="Browser in which the viewer is signed in to the portal.")
class Session(Node, visible=visible_sessions):
    row: strawberry.Private[models.Session]
    browser: str = column(description="What the browser calls itself; may be empty")
    address: str = column(
        description="Network address from which the session was begun; may be empty"
    )
    created_at: datetime = column(description="Timestamp of when the session was begun")
    last_seen_at: datetime = column(
        "seen_at", description="Timestamp of when the session was last used, within five minutes"
    )

    @computed(
        description="Identity provider that vouched for the viewer; null for a password",
        needs=("provider",),
    )
    def identity_provider(self, info: Info) -> "IdentityProvider | None":
        for provider in identity_providers(info):
            if provider.key == self.row.provider:
                return provider
        return None

    @computed(
        description="Indicates that this request was made in the session itself", needs=("id",)
    )
    def is_current(self, info: Info) -> bool:
        return self.row.id == info.context.standing.caller.session_id


@strawberry.type(description="Server by which people sign in with the account they already have.")
class IdentityProvider:
    key: str = strawberry.field(description="Short name of the identity provider in addresses")
    name: str = strawberry.field(description="Name of the identity provider for people")
    sign_in_url: Url = strawberry.field(
        description="Address at which signing in by it begins; add `next` with a path of the portal"
    )


def identity_providers(info: Info) -> list[IdentityProvider]:
    settings = info.context.desk.settings
    return [
        IdentityProvider(
            key=provider.key,
            name=provider.label,
            sign_in_url=Url(f"{settings.address}/sign-in/with/{provider.key}"),
        )
        for provider in settings.oidc
        if provider.client_id
    ]
