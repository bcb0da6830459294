from datetime import timedelta

import pytest

from foredesk.desk import Desk
from foredesk.errors import InvalidInput, NotPermitted
from foredesk.people.models import ApiToken, PeopleEvent, PeopleEventKind, Person
from foredesk.people.roles import Role, Scope
from foredesk.people.tokens import (
    AT_MOST,
    IssuedToken,
    issue_token,
    revoke_token,
    viewer_of_token,
    visible_tokens,
)
from foredesk.people.viewer import ANONYMOUS, SYSTEM, Viewer, viewer_of
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


async def test_nobody_issues_a_token_to_another_human_being(desk: Desk) -> None:
    acme = await make_organization(desk)
    ada, bob = await make_person(desk, acme), await make_person(desk, acme)
    admin = await make_person(desk, acme, Role.ADMINISTRATOR)
    end = desk.now() + timedelta(days=1)

    for issuer in (bob, admin):
        with pytest.raises(NotPermitted):
            await issue_token(
                desk,
                await viewer_of(issuer),
                person=ada,
                name="",
                scopes=[Scope.READ],
                expires_at=end,
            )
    token = await issue_token(
        desk, SYSTEM, person=ada, name="", scopes=[Scope.READ], expires_at=end
    )
    assert token.token.name == "API token"


async def test_a_token_issues_others_with_the_scope_for_it_only_and_none_that_does_more(
    desk: Desk,
) -> None:
    ada = await make_person(desk, await make_organization(desk))
    viewer, end = await viewer_of(ada), desk.now() + timedelta(days=1)

    async def issue(has: set[Scope], wants: set[Scope]) -> None:
        limited = viewer.with_scopes(frozenset(has))
        await issue_token(desk, limited, person=ada, name="", scopes=wants, expires_at=end)

    await issue({Scope.ADMINISTRATION, Scope.READ}, {Scope.READ})
    for has, wants in (
        ({Scope.READ, Scope.TICKETS}, {Scope.READ}),
        ({Scope.ADMINISTRATION, Scope.READ}, {Scope.TICKETS}),
    ):
        with pytest.raises(NotPermitted):
            await issue(has, wants)
    assert await ApiToken.all().count() == 1


async def test_fifty_tokens_are_enough_until_one_is_revoked(desk: Desk) -> None:
    viewer, first = await issued(desk)
    person = await Person.get(id=viewer.person_id)
    end = desk.now() + timedelta(days=1)

    async def issue() -> None:
        await issue_token(desk, viewer, person=person, name="", scopes=[Scope.READ], expires_at=end)

    for _ in range(AT_MOST - 1):
        await issue()
    with pytest.raises(InvalidInput):
        await issue()
    await revoke_token(desk, viewer, token=first.token)
    await issue()


async def test_who_issued_and_revoked_a_token_is_kept(desk: Desk, clock: Clock) -> None:
    viewer, token = await issued(desk)
    admin = await make_person(desk, await make_organization(desk), Role.ADMINISTRATOR)
    clock.advance(timedelta(hours=1))
    revoked = await revoke_token(desk, await viewer_of(admin), token=token.token)
    again = await revoke_token(desk, viewer, token=token.token)

    assert (revoked.created_by_id, revoked.revoked_by_id) == (viewer.person_id, admin.id)
    assert again.revoked_by_id == admin.id
    events = await PeopleEvent.filter(person_id=viewer.person_id).order_by("number")
    noted = [
        (event.kind, event.actor_id, event.occurred_at)
        for event in events
        if event.kind in (PeopleEventKind.TOKEN_CREATED, PeopleEventKind.TOKEN_REVOKED)
    ]
    assert noted == [
        (PeopleEventKind.TOKEN_CREATED, viewer.person_id, desk.now() - timedelta(hours=1)),
        (PeopleEventKind.TOKEN_REVOKED, admin.id, desk.now()),
    ]
    assert token.secret not in str([event.details for event in events])


async def test_nobody_revokes_or_sees_the_token_of_another_but_administrators(desk: Desk) -> None:
    viewer, token = await issued(desk)
    acme = await make_organization(desk)
    other = await viewer_of(await make_person(desk, acme))
    admin = await viewer_of(await make_person(desk, acme, Role.ADMINISTRATOR))

    with pytest.raises(NotPermitted):
        await revoke_token(desk, other, token=token.token)
    with pytest.raises(NotPermitted):
        await revoke_token(desk, viewer.with_scopes(frozenset({Scope.READ})), token=token.token)
    assert await visible_tokens(other) == []
    assert await visible_tokens(ANONYMOUS) == []
    assert [row.id for row in await visible_tokens(viewer)] == [token.token.id]
    assert [row.id for row in await visible_tokens(admin)] == [token.token.id]


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
