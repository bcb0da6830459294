"""Who is asked to see to a ticket finds it until they have seen it; nobody else finds it."""

from typing import Any

from api.identifiers import global_id
from api.scalars import write_time
from foredesk.channels.models import Notification
from foredesk.people.models import Team, TeamCustomer
from foredesk.people.viewer import SYSTEM
from foredesk.tickets.assign import assign_ticket
from tests.api.asking import Api
from tests.api.world import World

MINE = (
    "{ notifications(first: 5) { nodes { id seenAt ticket { subject } "
    "event { kind ... on TicketEscalated { reason } } } } }"
)


async def mine(api: Api, viewer: Any) -> list[Any]:
    nodes: list[Any] = (await api.ask(viewer, MINE))["notifications"]["nodes"]
    return nodes


async def test_who_is_asked_finds_the_ticket_and_why_until_they_have_seen_it(
    furnished: World, api: Api
) -> None:
    house = furnished.acme
    (asked,) = await mine(api, house.max)
    id = asked.pop("id")
    assert asked == {
        "seenAt": None,
        "ticket": {"subject": "VPN of acme drops"},
        "event": {"kind": "ESCALATED", "reason": "Again at acme"},
    }
    seen = await api.act(
        house.max, "markNotificationsSeen", "notifications { seenAt }", notificationIds=[id]
    )
    assert seen == {"notifications": [{"seenAt": write_time(furnished.desk.now())}], "errors": []}
    assert (await mine(api, house.max))[0]["seenAt"] == write_time(furnished.desk.now())


async def test_nobody_sees_or_marks_what_others_were_asked(furnished: World, api: Api) -> None:
    kept = await Notification.get(person_id=furnished.acme.max.person_id)
    id = global_id("Notification", kept.id)
    for viewer in (None, furnished.acme.ada, furnished.acme.grace, furnished.globex.grace):
        assert await mine(api, viewer) == []
        refused = await api.act(
            viewer, "markNotificationsSeen", "notifications { id }", notificationIds=[id]
        )
        assert refused["notifications"] == []
        assert [code for _, code, _ in refused["errors"]] in (["NOT_FOUND"], ["NOT_PERMITTED"])
    await kept.refresh_from_db()
    assert kept.seen_at is None


async def test_what_went_to_a_confidential_team_is_asked_of_nobody_outside(
    furnished: World, api: Api
) -> None:
    house = furnished.acme
    board = await Team.create(key="board", name="Board", is_confidential=True)
    await TeamCustomer.create(team_id=board.id, organization_id=house.organization.id)
    await assign_ticket(
        furnished.desk, SYSTEM, ticket_id=house.tickets["busy"].id, team_id=board.id
    )
    assert await mine(api, house.max) == []
