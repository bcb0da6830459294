"""What decides who is admitted: changes are told to other processes, and theirs are heard."""

import asyncio
from collections.abc import AsyncIterator

import pytest

from foredesk.desk import Desk
from foredesk.live import Hub
from foredesk.people.models import Person
from foredesk.people.watched import RIGHTS, TOPIC, follow_rights
from tests.people import make_organization, make_person


@pytest.fixture
async def hub() -> AsyncIterator[Hub]:
    """Of a process that follows."""
    made = Hub()
    following = asyncio.create_task(follow_rights(made))
    await asyncio.sleep(0)
    yield made
    following.cancel()
    await asyncio.gather(following, return_exceptions=True)


async def test_a_change_is_told_to_other_processes(desk: Desk, hub: Hub) -> None:
    person = await make_person(desk, await make_organization(desk, "acme"))
    told = hub.listen(TOPIC)

    await Person.filter(id=person.id).update(is_active=False)

    async with asyncio.timeout(5):
        assert (await anext(told)).topic == TOPIC


async def test_a_change_of_another_process_is_heard(hub: Hub) -> None:
    before = RIGHTS.version

    await hub.publish(TOPIC, "rights", 1)
    async with asyncio.timeout(5):
        while RIGHTS.version == before:
            await asyncio.sleep(0.001)

    assert RIGHTS.version == before + 1


async def test_whoever_stops_following_is_not_called_any_more(desk: Desk, hub: Hub) -> None:
    person = await make_person(desk, await make_organization(desk, "acme"))
    await hub.stop()
    await asyncio.sleep(0.01)
    told = hub.listen(TOPIC)

    await Person.filter(id=person.id).update(name="Other")
    await told.aclose()

    with pytest.raises(StopAsyncIteration):
        await anext(told)
