"""Inputs and payloads of the acts on tokens, service accounts and sessions."""

from datetime import datetime
from typing import Annotated, Any

import strawberry

from api.access.types import ApiToken, ServiceAccount, Session
from api.tickets.inputs import optional, required
from api.tickets.payloads import ONE_AT_MOST
from api.user_errors import IdempotencyKeyReused, InvalidInput, NotFound, NotPermitted, Refusal
from foredesk.people.roles import Role, Scope


def reasons() -> Any:
    return strawberry.field(
        description="Reasons why nothing was done; empty on success", metadata=ONE_AT_MOST
    )


def made(what: str) -> Any:
    return strawberry.field(description=f"{what}; null when errors is not empty")


def union(name: str, what: str) -> Any:
    return strawberry.union(name, description=f"Reason why {what}.")


@strawberry.input(description="Input of createApiToken.")
class CreateApiTokenInput:
    name: str = required("What the token is for, up to 120 characters")
    scopes: list[Scope] = required("What it may be used for; at least one")
    expires_at: datetime = required("Timestamp of when it ends, within 366 days")
    service_account_id: strawberry.ID | None = optional(
        "Service account that it speaks for; the viewer if left out"
    )


CreateApiTokenError = Annotated[
    InvalidInput | NotFound | NotPermitted | Refusal,
    union("CreateApiTokenError", "the token was not created"),
]


@strawberry.type(description="Result of createApiToken.")
class CreateApiTokenPayload:
    api_token: ApiToken | None = made("The token")
    secret: str | None = strawberry.field(
        description="The whole token, as `Authorization: Bearer` takes it: it can't be read again"
    )
    errors: list[CreateApiTokenError] = reasons()


@strawberry.input(description="Input of revokeApiToken.")
class RevokeApiTokenInput:
    api_token_id: strawberry.ID = required("Token to revoke")


RevokeApiTokenError = Annotated[
    NotFound | NotPermitted | Refusal, union("RevokeApiTokenError", "the token was not revoked")
]


@strawberry.type(description="Result of revokeApiToken.")
class RevokeApiTokenPayload:
    api_token: ApiToken | None = made("The token as it is now")
    errors: list[RevokeApiTokenError] = reasons()


@strawberry.input(description="Input of createServiceAccount.")
class CreateServiceAccountInput:
    name: str = required("Name of the service account, 1 to 120 characters")
    organization_id: strawberry.ID = required("Organization that it belongs to")
    roles: list[Role] = strawberry.field(
        default_factory=list, description="Roles that it holds, besides that of a requester"
    )
    team_ids: list[strawberry.ID] = strawberry.field(
        default_factory=list, description="Teams that it works in"
    )
    idempotency_key: str | None = optional(
        "Unique key of this attempt, such as a UUID; a retry with the same key and input "
        "answers the first service account for 24 hours"
    )


CreateServiceAccountError = Annotated[
    InvalidInput | NotFound | NotPermitted | IdempotencyKeyReused | Refusal,
    union("CreateServiceAccountError", "the service account was not created"),
]


@strawberry.type(description="Result of createServiceAccount.")
class CreateServiceAccountPayload:
    service_account: ServiceAccount | None = made("The service account")
    errors: list[CreateServiceAccountError] = reasons()


@strawberry.input(description="Input of deactivateServiceAccount.")
class DeactivateServiceAccountInput:
    service_account_id: strawberry.ID = required("Service account to end, with all its tokens")


DeactivateServiceAccountError = Annotated[
    NotFound | NotPermitted | Refusal,
    union("DeactivateServiceAccountError", "the service account was not deactivated"),
]


@strawberry.type(description="Result of deactivateServiceAccount.")
class DeactivateServiceAccountPayload:
    service_account: ServiceAccount | None = made("The service account as it is now")
    errors: list[DeactivateServiceAccountError] = reasons()


@strawberry.input(description="Input of endSessions.")
class EndSessionsInput:
    session_ids: list[strawberry.ID] = required("Sessions of the viewer to end, at most 100")


EndSessionsError = Annotated[
    InvalidInput | NotFound | NotPermitted | Refusal,
    union("EndSessionsError", "no session was ended"),
]


@strawberry.type(description="Result of endSessions.")
class EndSessionsPayload:
    sessions: list[Session] = strawberry.field(
        description="Sessions that the viewer still has, the last used first"
    )
    errors: list[EndSessionsError] = reasons()
