import asyncio
from datetime import timedelta

import pytest

from foredesk.desk import Desk
from foredesk.errors import InvalidInput, TooManyAttempts
from foredesk.people import passwords
from foredesk.people.models import Session, SignInAttempt
from foredesk.people.sign_in import (
    WrongCredentials,
    forget_sessions,
    session_of,
    sign_in,
    sign_out,
    start_session,
    viewer_of_session,
)
from foredesk.people.throttle import PER_ACCOUNT, WINDOW
from tests.clock import Clock
from tests.people import make_organization, make_person

PASSWORD = "correct horse battery"


async def test_a_right_password_starts_a_session_that_ends_when_signed_out(desk: Desk) -> None:
    acme = await make_organization(desk, "acme")
    ada = await make_person(desk, acme, email="Ada@Example.org", password=PASSWORD)

    signed_in = await sign_in(desk, email=" ada@example.ORG ", password=PASSWORD, address="::1")
    session = await session_of(desk, signed_in.token)
    assert session is not None
    viewer = await viewer_of_session(desk, session)
    assert viewer is not None
    assert viewer.person_id == ada.id
    assert signed_in.token not in [row.token_hash for row in await Session.all()]

    await sign_out(desk, session)
    assert await session_of(desk, signed_in.token) is None


@pytest.mark.parametrize("password", ["", "wrong password", "x" * 100_000, "\x00"])
async def test_a_wrong_password_is_refused_like_an_unknown_address(
    desk: Desk, password: str
) -> None:
    acme = await make_organization(desk)
    await make_person(desk, acme, email="ada@example.org", password=PASSWORD)

    for email in ("ada@example.org", "nobody@example.org", "", "a\x00b"):
        with pytest.raises(WrongCredentials):
            await sign_in(desk, email=email, password=password, address="::1")
    assert not await Session.exists()


async def test_somebody_without_a_password_or_who_left_cannot_sign_in(desk: Desk) -> None:
    acme = await make_organization(desk)
    await make_person(desk, acme, email="without@example.org")
    left = await make_person(desk, acme, email="left@example.org", password=PASSWORD)
    left.is_active = False
    await left.save()

    for email, password in (("without@example.org", ""), ("left@example.org", PASSWORD)):
        with pytest.raises(WrongCredentials):
            await sign_in(desk, email=email, password=password, address="::1")


async def test_guessing_is_slowed_down_per_account_and_ends_with_the_window(
    desk: Desk, clock: Clock
) -> None:
    acme = await make_organization(desk)
    await make_person(desk, acme, email="ada@example.org", password=PASSWORD)
    for _ in range(PER_ACCOUNT):
        with pytest.raises(WrongCredentials):
            await sign_in(desk, email="ada@example.org", password="wrong", address="::1")

    with pytest.raises(TooManyAttempts) as refusal:
        await sign_in(desk, email="ada@example.org", password=PASSWORD, address="::1")
    assert refusal.value.retry_after == WINDOW.total_seconds()

    clock.advance(WINDOW)
    await sign_in(desk, email="ada@example.org", password=PASSWORD, address="::1")


async def test_guessing_many_at_once_gets_no_further(desk: Desk) -> None:
    acme = await make_organization(desk)
    await make_person(desk, acme, email="ada@example.org", password=PASSWORD)

    outcomes = await asyncio.gather(
        *[
            sign_in(desk, email="ada@example.org", password=f"guess {n}", address="::1")
            for n in range(3 * PER_ACCOUNT)
        ],
        return_exceptions=True,
    )

    assert {type(outcome) for outcome in outcomes} <= {WrongCredentials, TooManyAttempts}
    assert sum(type(outcome) is WrongCredentials for outcome in outcomes) <= PER_ACCOUNT


async def test_a_right_password_leaves_no_attempt_behind(desk: Desk) -> None:
    acme = await make_organization(desk)
    await make_person(desk, acme, email="ada@example.org", password=PASSWORD)
    with pytest.raises(WrongCredentials):
        await sign_in(desk, email="ada@example.org", password="wrong", address="::1")

    await sign_in(desk, email="ada@example.org", password=PASSWORD, address="::1")

    assert await SignInAttempt.all().values_list("subject", flat=True) == ["address:::1"]


async def test_a_session_ends_when_idle_and_in_any_case_after_a_week(
    desk: Desk, clock: Clock
) -> None:
    acme = await make_organization(desk)
    await make_person(desk, acme, email="ada@example.org", password=PASSWORD)
    first = await sign_in(desk, email="ada@example.org", password=PASSWORD, address="::1")

    clock.advance(timedelta(hours=8, seconds=1))
    assert await session_of(desk, first.token) is None

    second = await sign_in(desk, email="ada@example.org", password=PASSWORD, address="::1")
    for _ in range(7 * 4):
        clock.advance(timedelta(hours=6))
        alive = await session_of(desk, second.token)
    assert alive is not None
    clock.advance(timedelta(seconds=1))
    assert await session_of(desk, second.token) is None


async def test_sessions_that_are_over_are_forgotten(desk: Desk, clock: Clock) -> None:
    acme = await make_organization(desk)
    ada = await make_person(desk, acme)
    await start_session(desk, ada)
    clock.advance(timedelta(hours=5))
    left, alive = await start_session(desk, ada), await start_session(desk, ada)
    await sign_out(desk, left.session)
    clock.advance(timedelta(hours=4))

    assert await forget_sessions(desk) == 2
    assert await session_of(desk, alive.token) is not None


@pytest.mark.parametrize("token", ["", "x", "\x00", "\ud800"])
async def test_a_made_up_token_is_nobody(desk: Desk, token: str) -> None:
    assert await session_of(desk, token) is None


@pytest.mark.parametrize("password", ["", "123456789", "x" * 201])
async def test_a_password_too_short_or_too_long_is_refused(password: str) -> None:
    with pytest.raises(InvalidInput) as refusal:
        await passwords.hashed(password)

    assert refusal.value.field == "password"
