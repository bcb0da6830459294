from datetime import timedelta

import pytest

from foredesk.desk import Desk
from foredesk.errors import InvalidInput, NotPermitted
from foredesk.people.models import ApiToken
from foredesk.people.roles import Role, Scope
from foredesk.people.tokens import IssuedToken, issue_token, revoke_token, viewer_of_token
from foredesk.people.viewer import Viewer, viewer_of
from tests.clock import Clock
from tests.people import make_organization, make_person


async def issued(desk: Desk, *scopes: Scope) -> tuple[Viewer, IssuedToken]:
    person = await make_person(desk, await make_organization(desk))
    viewer = await viewer_of(person)
    token = await issue_token(
        desk,
        viewer,
        person=person,
        name="Dashboard",
        scopes=scopes or (Scope.READ,),
        expires_at=desk.now() + timedelta(days=30),
    )
    return viewer, token


async def test_a_token_speaks_for_its_person_within_its_scopes(desk: Desk) -> None:
    viewer, token = await issued(desk, Scope.READ, Scope.TICKETS)

    found = await viewer_of_token(desk, token.secret)

    assert found is not None
    assert found.viewer.person_id == viewer.person_id
    assert found.viewer.scopes == {Scope.READ, Scope.TICKETS}
    assert found.expires_at == desk.now() + timedelta(days=30)
    assert (await ApiToken.get()).used_at == desk.now()
    assert token.secret.rpartition("_")[2] not in (await ApiToken.get()).secret_hash


async def test_an_expired_or_revoked_token_is_nobody(desk: Desk, clock: Clock) -> None:
    viewer, token = await issued(desk)
    clock.advance(timedelta(days=30))
    assert await viewer_of_token(desk, token.secret) is None

    clock.advance(timedelta(days=-1))
    await revoke_token(desk, viewer, token=token.token)
    assert await viewer_of_token(desk, token.secret) is None


@pytest.mark.parametrize(
    "secret", ["", "fd_", "fd__", "fd_x_y", "gh_x_y", "fd_\x00_x", "fd_ü_\ud800", "x" * 10_000]
)
async def test_a_made_up_token_is_nobody(desk: Desk, secret: str) -> None:
    assert await viewer_of_token(desk, secret) is None


async def test_a_token_with_another_secret_is_nobody(desk: Desk) -> None:
    _, token = await issued(desk)

    assert await viewer_of_token(desk, token.secret[:-1] + "?") is None


async def test_nobody_issues_tokens_for_others_unless_they_manage_people(desk: Desk) -> None:
    acme = await make_organization(desk)
    ada, bob = await make_person(desk, acme), await make_person(desk, acme)
    admin = await make_person(desk, acme, Role.ADMINISTRATOR)
    end = desk.now() + timedelta(days=1)

    with pytest.raises(NotPermitted):
        await issue_token(
            desk, await viewer_of(bob), person=ada, name="", scopes=[Scope.READ], expires_at=end
        )
    token = await issue_token(
        desk, await viewer_of(admin), person=ada, name="", scopes=[Scope.READ], expires_at=end
    )
    assert token.token.name == "API token"


@pytest.mark.parametrize("days", [0, -1, 367])
async def test_a_token_needs_an_end_within_a_year(desk: Desk, days: int) -> None:
    person = await make_person(desk, await make_organization(desk))

    with pytest.raises(InvalidInput) as refusal:
        await issue_token(
            desk,
            await viewer_of(person),
            person=person,
            name="",
            scopes=[Scope.READ],
            expires_at=desk.now() + timedelta(days=days),
        )

    assert refusal.value.field == "expiresAt"
    assert not await ApiToken.exists()
