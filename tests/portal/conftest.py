"""What the portal's tests stand on: a furnished desk, and browsers without JavaScript."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from foredesk.desk import Desk
from foredesk.people.models import Person
from foredesk.people.sign_in import start_session
from portal.app import create
from tests.clock import Clock
from tests.portal.furnished import Furnished, furnish
from tests.portal.walker import Walker


@pytest.fixture
async def site(desk: Desk, clock: Clock, tmp_path: Path) -> AsyncIterator[Furnished]:
    site = await furnish(desk, tmp_path / "index")
    yield site
    site.desk.knowledge.close()  # type: ignore[attr-defined]


@pytest.fixture
def visitor(site: Furnished) -> Walker:
    return Walker(create(site.desk))


@pytest.fixture
async def ada(site: Furnished) -> Walker:
    return await signed_in(site, "ada@acme.example")


@pytest.fixture
async def grace(site: Furnished) -> Walker:
    return await signed_in(site, "grace@acme.example")


async def signed_in(site: Furnished, email: str) -> Walker:
    """With a session, but without the work of checking a password."""
    walker = Walker(create(site.desk))
    session = await start_session(site.desk, await Person.get(email=email))
    walker.client.cookies.set("session", session.token, domain="desk.example")
    return walker
