from datetime import timedelta
from uuid import UUID, uuid4

import pytest

from foredesk.desk import Desk
from foredesk.errors import IdempotencyKeyReused, InvalidInput, StaleVersion
from foredesk.people.idempotency import Once, earlier_result, only_once
from tests.clock import Clock
from tests.people import make_organization, make_requester


async def test_a_repeated_act_answers_what_the_first_one_made_for_a_day(
    desk: Desk, clock: Clock
) -> None:
    viewer = await make_requester(desk, await make_organization(desk))
    result = uuid4()
    once = Once(desk, viewer, "record", "k1", {"subject": "VPN", "details": None})

    assert await once.earlier() is None
    await once.remember(result)
    assert await once.earlier() == result

    with pytest.raises(IdempotencyKeyReused):
        await earlier_result(desk, viewer, act="record", key="k1", given={"subject": "other"})
    clock.advance(timedelta(hours=24, seconds=1))
    assert await once.earlier() is None


async def test_keys_of_different_people_have_nothing_to_do_with_one_another(desk: Desk) -> None:
    acme = await make_organization(desk)
    ada, bob = await make_requester(desk, acme), await make_requester(desk, acme, "Bob")
    await Once(desk, ada, "record", "k", {}).remember(uuid4())

    assert await earlier_result(desk, bob, act="record", key="k", given={}) is None


@pytest.mark.parametrize("key", ["", "x" * 129, "a\x00"])
async def test_an_unusable_key_is_refused(desk: Desk, key: str) -> None:
    viewer = await make_requester(desk, await make_organization(desk))

    with pytest.raises(InvalidInput):
        await earlier_result(desk, viewer, act="record", key=key, given={})


async def test_an_act_with_a_key_happens_once_and_answers_the_same_again(desk: Desk) -> None:
    viewer = await make_requester(desk, await make_organization(desk))
    once = Once(desk, viewer, "note", "k", {"body": "x"})
    made: list[UUID] = []

    async def act() -> UUID:
        made.append(uuid4())
        await once.remember(made[-1])
        return made[-1]

    assert await only_once(once, act, itself) == await only_once(once, act, itself)

    assert len(made) == 1


async def test_who_is_refused_because_a_twin_was_faster_gets_what_the_twin_made(
    desk: Desk,
) -> None:
    viewer = await make_requester(desk, await make_organization(desk))
    once, made = Once(desk, viewer, "note", "k", {}), uuid4()

    async def beaten() -> UUID:
        await once.remember(made)
        raise StaleVersion(2)

    assert await only_once(once, beaten, itself) == made


async def test_a_refusal_stays_one_and_its_key_may_be_used_again(desk: Desk) -> None:
    viewer = await make_requester(desk, await make_organization(desk))
    once = Once(desk, viewer, "note", "k", {})

    async def refused() -> UUID:
        raise StaleVersion(2)

    with pytest.raises(StaleVersion):
        await only_once(once, refused, itself)
    assert await once.earlier() is None


async def itself(result_id: UUID) -> UUID:
    return result_id
