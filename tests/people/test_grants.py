"""Roles under contention: whoever is faster, an administrator remains."""

import asyncio

from foredesk.database import retry
from foredesk.desk import Desk
from foredesk.errors import DeskError, InvalidInput
from foredesk.people.activity import deactivate_person
from foredesk.people.grants import revoke_role
from foredesk.people.models import PeopleEvent, RoleGrant
from foredesk.people.roles import Role
from foredesk.people.viewer import viewer_of
from tests.people import make_organization, make_person


async def test_two_administrators_who_dismiss_each_other_at_once_leave_one(desk: Desk) -> None:
    acme = await make_organization(desk, "acme")
    first = await make_person(desk, acme, Role.ADMINISTRATOR)
    second = await make_person(desk, acme, Role.ADMINISTRATOR)
    one, other = await viewer_of(first), await viewer_of(second)

    async def attempt(act: object) -> bool:
        try:
            await retry(act)  # type: ignore[arg-type]
        except InvalidInput:
            return False
        except DeskError as refused:
            raise AssertionError(refused) from refused
        return True

    done = await asyncio.gather(
        attempt(lambda: revoke_role(desk, one, person_id=second.id, role=Role.ADMINISTRATOR)),
        attempt(lambda: deactivate_person(desk, other, person_id=first.id)),
    )

    assert sorted(done) == [False, True]
    left = RoleGrant.filter(role=Role.ADMINISTRATOR, person__is_active=True)
    assert await left.count() == 1
    numbers = [event.number for event in await PeopleEvent.all().order_by("number")]
    assert numbers == list(range(1, len(numbers) + 1))
