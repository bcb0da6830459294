"""What the portal's tests stand on: a furnished desk, and browsers without JavaScript."""

from collections.abc import AsyncIterator, Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from foredesk.desk import Desk
from foredesk.knowledge.feed import ArticleFeed
from foredesk.people.models import Person
from foredesk.people.sign_in import start_session
from portal.app import create
from search_index import WhooshIndex
from tests.clock import Clock
from tests.portal.chromium import Chromium, Server, driving, serving
from tests.portal.furnished import Furnished, furnish
from tests.portal.walker import Walker
from tests.snapshots import Snapshot, take, with_desk, without_desk


@pytest.fixture
async def site(
    desk: Desk,
    clock: Clock,
    tmp_path: Path,
    database_kind: str,
    tmp_path_factory: pytest.TempPathFactory,
) -> AsyncIterator[Furnished]:
    if known := SNAPSHOTS.get(database_kind):
        made = await known.restore(desk, clock, tmp_path)
        index = WhooshIndex(ArticleFeed(), tmp_path / "index")
        await index.catch_up()
        made = with_desk(made, replace(desk, knowledge=index))
    else:
        index = WhooshIndex(ArticleFeed(), tmp_path / "index")
        made = await furnish(replace(desk, knowledge=index))
        folder = tmp_path_factory.mktemp("site") / "kept"
        kept = without_desk(made)
        SNAPSHOTS[database_kind] = await take(kept, desk, clock, tmp_path / "index", folder)
    yield made
    index.close()


SNAPSHOTS: dict[str, Snapshot[Furnished]] = {}


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


@pytest.fixture(scope="session")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    with serving(tmp_path_factory.mktemp("portal")) as server:
        yield server


@pytest.fixture(scope="module")
def chromium(server: Server) -> Iterator[Chromium]:
    """Ends with its module: Playwright's loop would be in the way of other tests."""
    with driving(server) as chromium:
        yield chromium
