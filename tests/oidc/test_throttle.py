"""Whoever comes back from a provider with made-up answers again and again is slowed down."""

from datetime import timedelta

import pytest

from foredesk.desk import Desk
from foredesk.errors import TooManyAttempts
from foredesk.people.models import SignInAttempt
from foredesk.people.throttle import PER_ADDRESS, WINDOW, attempting
from tests.clock import Clock
from tests.oidc.test_real_server import app_of, with_provider
from tests.people import make_organization
from tests.portal.walker import Page, Walker, _page

NOBODY_THERE = "http://127.0.0.1:9"
CALLBACK = "/sign-in/with/acme/callback?code=made-up&state=made-up"


@pytest.fixture
async def visitor(desk: Desk) -> Walker:
    await make_organization(desk, "acme")
    walker = Walker(app_of(with_provider(desk, NOBODY_THERE)))
    walker.client.follow_redirects = False
    return walker


async def come_back(visitor: Walker) -> Page:
    """With a sign-in that this browser has begun."""
    headers = {"cookie": "handshake=acme.secret."}
    return _page(await visitor.client.get(CALLBACK, headers=headers))


async def test_a_failed_return_counts_for_its_address_and_in_the_end_is_not_looked_at(
    visitor: Walker,
) -> None:
    first = await come_back(visitor)
    assert first.status in (400, 502)
    assert await SignInAttempt.all().count() == 1
    (attempt,) = await SignInAttempt.all()
    for _ in range(PER_ADDRESS - 1):
        await SignInAttempt.create(subject=attempt.subject, at=attempt.at)

    refused = await come_back(visitor)

    assert refused.status == 429
    assert "Too many attempts. Try again in 15 minutes." in refused.said
    assert await SignInAttempt.all().count() == PER_ADDRESS


async def test_who_gets_in_is_not_counted_and_old_failures_are_forgotten(
    database: str, clock: Clock
) -> None:
    for _ in range(PER_ADDRESS + 1):
        async with attempting(clock(), address="192.0.2.1"):
            pass
    assert await SignInAttempt.all().count() == 0

    for _ in range(PER_ADDRESS):
        with pytest.raises(ValueError, match="forged"):
            async with attempting(clock(), address="192.0.2.1"):
                raise ValueError("forged")
    with pytest.raises(TooManyAttempts):
        async with attempting(clock(), address="192.0.2.1"):
            pass
    async with attempting(clock(), address="192.0.2.2"):
        pass

    clock.advance(WINDOW + timedelta(seconds=1))
    async with attempting(clock(), address="192.0.2.1"):
        pass
