"""Live notices: within a process, between processes, and when a connection dies."""

import asyncio
import gc
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from datetime import timedelta

import asyncpg
import pytest

from api.of_client import OfClient
from foredesk.live import Hub, PostgresHub, Subscription, hub_for_connection
from foredesk.live.hub import LONGEST_QUEUE
from foredesk.live.pending import MOST_PER_TOPIC, Pending
from foredesk.ports import Notice


def changed(topic: str, id: str, version: int) -> Notice:
    return Notice(topic=topic, id=id, version=version)


def resync(topic: str, version: int = 0) -> Notice:
    return Notice(topic=topic, id="", version=version, kind="resync")


async def heard(subscription: Subscription, count: int = 1, seconds: float = 5) -> list[Notice]:
    async with asyncio.timeout(seconds):
        return [await anext(subscription) for _ in range(count)]


@asynccontextmanager
async def running(*hubs: Hub) -> AsyncIterator[None]:
    tasks = [asyncio.create_task(hub.run()) for hub in hubs]
    try:
        yield
    finally:
        for hub in hubs:
            await hub.stop()
        await asyncio.gather(*tasks)


async def test_every_listener_of_a_topic_hears_a_notice() -> None:
    hub = Hub()
    first, second, other = hub.listen("ticket"), hub.listen("ticket"), hub.listen("knowledge")

    await hub.publish("ticket", "a", 3)
    await hub.publish("knowledge", "b", 1)

    assert await heard(first) == [changed("ticket", "a", 3)]
    assert await heard(second) == [changed("ticket", "a", 3)]
    assert await heard(other) == [changed("knowledge", "b", 1)]


async def test_a_slow_listener_gets_one_resync_for_what_it_missed() -> None:
    hub = Hub()
    slow = hub.listen("ticket")
    for version in range(LONGEST_QUEUE + 1):
        await hub.publish("ticket", "a", version)
    await hub.publish("ticket", "a", 999)

    assert await heard(slow, 2) == [resync("ticket"), changed("ticket", "a", 999)]


async def test_a_closed_subscription_ends() -> None:
    hub = Hub()
    subscription = hub.listen("ticket")
    await hub.publish("ticket", "a", 1)

    await subscription.aclose()

    assert [notice async for notice in subscription] == []


async def test_stopping_ends_those_who_wait() -> None:
    hub = Hub()
    subscription = hub.listen("ticket")

    async def read() -> list[Notice]:
        return [notice async for notice in subscription]

    waiting = asyncio.create_task(read())
    async with running(hub):
        await asyncio.sleep(0)

    assert await waiting == []


async def test_a_forgotten_subscription_is_not_kept() -> None:
    hub = Hub()
    hub.listen("ticket")
    gc.collect()

    await hub.publish("ticket", "a", 1)

    assert hub._subscriptions == {}


async def test_the_hub_fits_the_database(database: str, database_kind: str) -> None:
    kinds: Mapping[str, type[Hub]] = {"sqlite": Hub, "postgres": PostgresHub}
    assert type(hub_for_connection()) is kinds[database_kind]


@pytest.fixture
async def hubs(database: str, database_kind: str) -> AsyncIterator[tuple[Hub, Hub]]:
    """Two hubs as two processes would have them; one and the same where there can be only one."""
    if database_kind == "sqlite":
        hub = Hub()
        async with running(hub):
            yield hub, hub
        return
    times = {
        "heartbeat": timedelta(seconds=0.2),
        "reconnect_after": timedelta(seconds=0.05),
    }
    first, second = PostgresHub(**times), PostgresHub(**times)
    connected = [first.listen("connected"), second.listen("connected")]
    async with running(first, second):
        for subscription in connected:
            assert await heard(subscription) == [resync("connected", 1)]
        yield first, second


async def test_a_notice_reaches_the_other_process_and_its_own_once(hubs: tuple[Hub, Hub]) -> None:
    here, there = hubs
    own, other = here.listen("ticket"), there.listen("ticket")

    await here.publish("ticket", "a", 1)
    await here.publish("ticket", "b", 2)

    both = [changed("ticket", "a", 1), changed("ticket", "b", 2)]
    assert await heard(other, 2) == both
    await asyncio.sleep(0.05)
    await here.publish("ticket", "last", 3)
    assert await heard(own, 3) == [*both, changed("ticket", "last", 3)]


async def test_a_flood_arrives_as_one_resync(hubs: tuple[Hub, Hub], database_kind: str) -> None:
    here, there = hubs
    other = there.listen("ticket")

    for number in range(max(MOST_PER_TOPIC, LONGEST_QUEUE) + 1):
        await here.publish("ticket", str(number), 1)

    assert await heard(other) == [resync("ticket")]


async def test_of_many_changes_of_one_object_the_newest_is_told(hubs: tuple[Hub, Hub]) -> None:
    here, there = hubs
    other = there.listen("ticket")

    for version in range(1, 31):
        await here.publish("ticket", "a", version)

    notices = [await heard(other)]
    while notices[-1][0].version != 30:
        notices.append(await heard(other))
    assert {notice.id for (notice,) in notices} == {"a"}


async def test_after_a_killed_connection_everyone_reads_anew(
    hubs: tuple[Hub, Hub], database: str, postgres_only: str
) -> None:
    here, there = hubs
    own, other = here.listen("ticket"), there.listen("ticket")

    assert await cut_listeners(database) == 2
    await here.publish("ticket", "a", 1)

    assert resync("ticket", 2) in await heard(own, 2)
    told = await heard(other)
    assert told == [resync("ticket", 2)]
    await here.publish("ticket", "b", 1)
    later = await heard(other)
    while later[-1].id != "b":
        later = await heard(other)


async def test_a_notice_that_says_too_much_is_refused(
    hubs: tuple[Hub, Hub], postgres_only: str
) -> None:
    here, _ = hubs
    with pytest.raises(ValueError, match="200 bytes"):
        await here.publish("ticket", "x" * 200, 1)


async def cut_listeners(url: str) -> int:
    connection = await asyncpg.connect(url)
    try:
        return int(
            await connection.fetchval(
                "SELECT count(pg_terminate_backend(pid)) FROM pg_stat_activity "
                "WHERE datname = current_database() AND application_name = 'foredesk-live'"
            )
        )
    finally:
        await connection.close()


async def test_what_a_client_did_is_told_with_its_name(hubs: tuple[Hub, Hub]) -> None:
    here, there = hubs
    other = there.listen("ticket")

    await OfClient(here, "tab-1").publish("ticket", "a", 3, after=1)

    assert await heard(other) == [Notice("ticket", "a", 3, after=1, client="tab-1")]


async def test_what_waits_can_be_taken_at_once() -> None:
    hub = Hub()
    subscription = hub.listen("ticket")
    await hub.publish("ticket", "a", 1)
    await hub.publish("ticket", "b", 1)

    assert await heard(subscription) == [changed("ticket", "a", 1)]
    assert list(subscription.waiting()) == [changed("ticket", "b", 1)]
    assert list(subscription.waiting()) == []


def test_what_several_clients_did_to_one_object_is_kept_apart_and_in_order() -> None:
    pending = Pending()
    for version, client in ((1, ""), (2, ""), (3, "tab"), (4, "tab"), (5, ""), (6, "tab")):
        pending.add(Notice("ticket", "a", version, after=version - 1, client=client))

    assert [(n.after, n.version, n.client) for n in pending.take()] == [
        (0, 2, ""),
        (2, 4, "tab"),
        (4, 5, ""),
        (5, 6, "tab"),
    ]


def test_what_could_not_be_sent_comes_before_what_came_since() -> None:
    pending = Pending()
    pending.add(Notice("ticket", "a", 1, after=0, client="tab"))
    taken = pending.take()
    pending.add(Notice("ticket", "a", 2, after=1))

    pending.put_back(taken)

    assert [(n.version, n.client) for n in pending.take()] == [(1, "tab"), (2, "")]


def test_a_gap_in_what_was_done_is_not_hidden() -> None:
    pending = Pending()
    pending.add(Notice("ticket", "a", 2, after=1, client="tab"))
    pending.add(Notice("ticket", "a", 5, after=4, client="tab"))

    assert pending.take() == [Notice("ticket", "a", 5, after=4, client="tab")]
