"""Acts: create and revoke tokens, manage service accounts, end sessions."""

from typing import Annotated
from uuid import UUID

import strawberry

from api.access import inputs
from api.access.types import ApiToken, ServiceAccount, Session
from api.acting import attempt, attempt_once, the_key, the_keys
from api.context import Info
from api.fields import act
from foredesk.errors import NotFound
from foredesk.people.idempotency import Once
from foredesk.people.models import ApiToken as TokenRow
from foredesk.people.models import Person
from foredesk.people.service_accounts import (
    create_service_account,
    deactivate_service_account,
    visible_service_accounts,
)
from foredesk.people.sessions import end_sessions, own_sessions
from foredesk.people.tokens import IssuedToken, issue_token, revoke_token, visible_tokens

WHAT = strawberry.argument(description="What to do.")


@strawberry.type
class AccessMutation:
    @act(description="Creates a token for the viewer or, by administrators, for a service account")
    async def create_api_token(
        self, info: Info, input: Annotated[inputs.CreateApiTokenInput, WHAT]
    ) -> inputs.CreateApiTokenPayload:
        issued, errors = await attempt(info, lambda: _issue(info, input))
        token = ApiToken(row=issued.token) if issued else None
        return inputs.CreateApiTokenPayload(
            api_token=token, secret=issued.secret if issued else None, errors=errors
        )

    @act(description="Revokes a token: from the next request on it opens nothing")
    async def revoke_api_token(
        self, info: Info, input: Annotated[inputs.RevokeApiTokenInput, WHAT]
    ) -> inputs.RevokeApiTokenPayload:
        row, errors = await attempt(info, lambda: _revoke(info, input))
        return inputs.RevokeApiTokenPayload(
            api_token=ApiToken(row=row) if row else None, errors=errors
        )

    @act(description="Creates a service account; administrators only")
    async def create_service_account(
        self, info: Info, input: Annotated[inputs.CreateServiceAccountInput, WHAT]
    ) -> inputs.CreateServiceAccountPayload:
        async def create(once: Once | None) -> Person:
            return await create_service_account(
                info.context.desk,
                info.context.viewer,
                organization_id=the_key("Organization", input.organization_id, "organizationId"),
                name=input.name,
                roles=input.roles,
                team_ids=the_keys("Team", input.team_ids, "teamIds"),
                once=once,
            )

        async def again(account_id: UUID) -> Person:
            seen = visible_service_accounts(info.context.viewer)
            account = await seen.get_or_none(id=account_id)
            if account is None:
                raise NotFound("idempotencyKey")
            return account

        row, errors = await attempt_once(info, input, create, again)
        account = ServiceAccount(row=row) if row else None
        return inputs.CreateServiceAccountPayload(service_account=account, errors=errors)

    @act(description="Ends a service account and all its tokens for good; administrators only")
    async def deactivate_service_account(
        self, info: Info, input: Annotated[inputs.DeactivateServiceAccountInput, WHAT]
    ) -> inputs.DeactivateServiceAccountPayload:
        async def deactivate() -> Person:
            account_id = the_key("ServiceAccount", input.service_account_id, "serviceAccountId")
            return await deactivate_service_account(
                info.context.desk, info.context.viewer, account_id=account_id
            )

        row, errors = await attempt(info, deactivate)
        account = ServiceAccount(row=row) if row else None
        return inputs.DeactivateServiceAccountPayload(service_account=account, errors=errors)

    @act(description="Signs the viewer out of other browsers, or of this one")
    async def end_sessions(
        self, info: Info, input: Annotated[inputs.EndSessionsInput, WHAT]
    ) -> inputs.EndSessionsPayload:
        desk, viewer = info.context.desk, info.context.viewer

        async def end() -> None:
            ids = the_keys("Session", input.session_ids, "sessionIds")
            await end_sessions(desk, viewer, session_ids=ids)

        _, errors = await attempt(info, end)
        rows = await own_sessions(desk, viewer)
        return inputs.EndSessionsPayload(sessions=[Session(row=row) for row in rows], errors=errors)


async def _issue(info: Info, input: inputs.CreateApiTokenInput) -> IssuedToken:
    viewer = info.context.viewer
    person = await Person.get_or_none(id=viewer.person_id) if viewer.person_id else None
    if input.service_account_id:
        id = the_key("ServiceAccount", input.service_account_id, "serviceAccountId")
        person = await visible_service_accounts(viewer).filter(id=id, is_active=True).first()
    if person is None:
        raise NotFound("serviceAccountId")
    return await issue_token(
        info.context.desk,
        viewer,
        person=person,
        name=input.name,
        scopes=input.scopes,
        expires_at=input.expires_at,
    )


async def _revoke(info: Info, input: inputs.RevokeApiTokenInput) -> TokenRow:
    id = the_key("ApiToken", input.api_token_id, "apiTokenId")
    token = await visible_tokens(info.context.viewer).filter(id=id).first()
    if token is None:
        raise NotFound("apiTokenId")
    return await revoke_token(info.context.desk, info.context.viewer, token=token)
