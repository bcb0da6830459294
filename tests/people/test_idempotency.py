from datetime import timedelta
from uuid import uuid4

import pytest

from foredesk.desk import Desk
from foredesk.errors import IdempotencyKeyReused, InvalidInput
from foredesk.people.idempotency import earlier_result, remember_result
from tests.clock import Clock
from tests.people import make_organization, make_requester


async def test_a_repeated_act_answers_what_the_first_one_made_for_a_day(
    desk: Desk, clock: Clock
) -> None:
    viewer = await make_requester(desk, await make_organization(desk))
    result, given = uuid4(), {"subject": "VPN", "details": None}
    act = {"act": "record", "key": "k1", "given": given}

    assert await earlier_result(desk, viewer, **act) is None
    await remember_result(desk, viewer, **act, result_id=result)
    assert await earlier_result(desk, viewer, **act) == result

    with pytest.raises(IdempotencyKeyReused):
        await earlier_result(desk, viewer, act="record", key="k1", given={"subject": "other"})
    clock.advance(timedelta(hours=24, seconds=1))
    assert await earlier_result(desk, viewer, **act) is None


async def test_keys_of_different_people_have_nothing_to_do_with_one_another(desk: Desk) -> None:
    acme = await make_organization(desk)
    ada, bob = await make_requester(desk, acme), await make_requester(desk, acme, "Bob")
    await remember_result(desk, ada, act="record", key="k", given={}, result_id=uuid4())

    assert await earlier_result(desk, bob, act="record", key="k", given={}) is None


@pytest.mark.parametrize("key", ["", "x" * 129, "a\x00"])
async def test_an_unusable_key_is_refused(desk: Desk, key: str) -> None:
    viewer = await make_requester(desk, await make_organization(desk))

    with pytest.raises(InvalidInput):
        await earlier_result(desk, viewer, act="record", key=key, given={})
