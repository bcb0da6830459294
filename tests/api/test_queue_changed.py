"""`queueChanged`: what a board of tickets needs, and nothing that its viewer may not see."""

import pytest

from api.identifiers import global_id
from api.of_client import OfClient
from api.tickets.positions import UnreadablePosition, read_position, written_position
from foredesk.identity import new_id
from foredesk.people.models import RoleGrant
from foredesk.ports import Notice
from foredesk.tickets.assign import assign_ticket
from foredesk.tickets.models import Ticket
from foredesk.tickets.record import record_ticket
from foredesk.tickets.reply import add_reply
from foredesk.tickets.resolve import resolve_ticket
from tests.api.asking import Api
from tests.api.watchers import served, watching
from tests.api.world import World

QUEUE = """subscription Board($filter: TicketFilter, $first: Int! = 50, $after: String) {
  queueChanged(filter: $filter, first: $first, afterPosition: $after) {
    entered { subject version } changed { subject version } left order position } }"""
OPEN = {"states": ["OPEN"], "assignee": {"isUnassigned": True}}


def id_of(ticket: Ticket) -> str:
    return global_id("Ticket", ticket.id)


async def test_tickets_come_change_and_leave(world: World, api: Api) -> None:
    ada, grace, desk = world.acme.ada, world.acme.grace, world.desk
    first = await record_ticket(desk, ada, subject="First")
    async with served(api) as address, watching(address, grace, QUEUE, filter=OPEN) as board:
        shown = await board.told()
        second = await record_ticket(desk, ada, subject="Second")
        came = await board.told()
        await add_reply(desk, ada, ticket_id=first.id, body="Still")
        changed = await board.told()
        await assign_ticket(desk, grace, ticket_id=first.id, assignee_id=grace.person_id)
        left = await board.told()

    assert [ticket["subject"] for ticket in shown["entered"]] == ["First"]
    assert [ticket["subject"] for ticket in came["entered"]] == ["Second"]
    assert came["order"] == [id_of(second), id_of(first)]
    assert [ticket["subject"] for ticket in changed["changed"]] == ["First"]
    assert (left["entered"], left["changed"], left["left"]) == ([], [], [id_of(first)])
    assert left["order"] == [id_of(second)]


async def test_who_comes_back_is_told_what_they_do_not_know_and_nothing_twice(
    world: World, api: Api
) -> None:
    ada, grace, desk = world.acme.ada, world.acme.grace, world.desk
    gone = await record_ticket(desk, ada, subject="Gone")
    other = await record_ticket(desk, ada, subject="Other")
    await record_ticket(desk, ada, subject="Same")
    async with served(api) as address:
        async with watching(address, grace, QUEUE, filter=OPEN) as board:
            position = (await board.told())["position"]
        await resolve_ticket(desk, grace, ticket_id=gone.id, resolution="Done")
        await add_reply(desk, ada, ticket_id=other.id, body="Please")
        await record_ticket(desk, ada, subject="New")
        async with watching(address, grace, QUEUE, filter=OPEN, after=position) as board:
            missed = await board.told()
        async with watching(address, grace, QUEUE, filter=OPEN, after=missed["position"]) as board:
            nothing = await board.told()

    assert [ticket["subject"] for ticket in missed["entered"]] == ["New"]
    assert [ticket["subject"] for ticket in missed["changed"]] == ["Other"]
    assert missed["left"] == [id_of(gone)]
    assert (nothing["entered"], nothing["changed"], nothing["left"]) == ([], [], [])


async def test_only_so_many_are_kept_in_view(world: World, api: Api) -> None:
    ada, grace, desk = world.acme.ada, world.acme.grace, world.desk
    oldest = await record_ticket(desk, ada, subject="Oldest")
    await record_ticket(desk, ada, subject="Older")
    async with served(api) as address, watching(address, grace, QUEUE, first=2) as board:
        await board.told()
        await record_ticket(desk, ada, subject="Newest")
        pushed = await board.told()

    assert [ticket["subject"] for ticket in pushed["entered"]] == ["Newest"]
    assert pushed["left"] == [id_of(oldest)]


async def test_a_client_is_not_told_of_what_it_did_itself(world: World, api: Api) -> None:
    ada, grace, desk = world.acme.ada, world.acme.grace, world.desk
    ticket = await record_ticket(desk, ada, subject="Help")
    async with (
        served(api) as address,
        watching(address, grace, QUEUE, client="tab-1", filter=OPEN) as own,
        watching(address, grace, QUEUE, client="tab-2", filter=OPEN) as other,
    ):
        await own.told()
        await other.told()
        answer = await api.http.post(
            "/graphql",
            headers={
                "authorization": f"Bearer {grace.person_id}",
                "foredesk-client-id": "tab-1",
            },
            json={
                "query": "mutation($t: ID!, $a: ID!) { assignTicket(input: {ticketId: $t, "
                "assigneeId: $a}) { errors { __typename } } }",
                "variables": {"t": id_of(ticket), "a": global_id("Person", grace.person_id)},
            },
        )
        assert answer.json()["data"]["assignTicket"]["errors"] == []
        left = await other.told()
        await own.is_told_nothing()
        await record_ticket(desk, ada, subject="By somebody else")
        came = await own.told()

    assert left["left"] == [id_of(ticket)]
    assert [one["subject"] for one in came["entered"]] == ["By somebody else"]
    assert came["left"] == []


async def test_what_others_did_at_the_same_time_is_told_all_the_same(
    world: World, api: Api
) -> None:
    ada, grace, desk = world.acme.ada, world.acme.grace, world.desk
    async with served(api) as address, watching(address, grace, QUEUE, client="tab") as board:
        await board.told()
        own = await Ticket.get(id=(await record_ticket(desk, ada, subject="Mine")).id)
        await board.told()
        live = OfClient(desk.live, "tab")
        await Ticket.filter(id=own.id).update(version=own.version + 1)
        await live.publish("ticket", str(own.id), own.version + 1, after=own.version)
        await record_ticket(desk, ada, subject="Theirs")
        told = await board.told()

    assert [ticket["subject"] for ticket in told["entered"]] == ["Theirs"]
    assert told["changed"] == []


async def test_nobody_sees_another_organizations_queue(world: World, api: Api) -> None:
    ada, desk = world.acme.ada, world.desk
    async with (
        served(api) as address,
        watching(address, world.globex.grace, QUEUE) as stranger,
        watching(address, None, QUEUE) as nobody,
        watching(address, world.acme.bob, QUEUE) as colleague,
    ):
        shown = [await watcher.told() for watcher in (stranger, nobody, colleague)]
        await record_ticket(desk, ada, subject="Secret")
        for watcher in (stranger, nobody, colleague):
            await watcher.is_told_nothing()

    assert [told["entered"] for told in shown] == [[], [], []]


async def test_what_may_no_longer_be_seen_leaves(world: World, api: Api) -> None:
    ada, grace, desk = world.acme.ada, world.acme.grace, world.desk
    ticket = await record_ticket(desk, ada, subject="Help")
    async with served(api) as address, watching(address, grace, QUEUE) as board:
        await board.told()
        await RoleGrant.filter(person_id=grace.person_id).delete()
        await record_ticket(desk, ada, subject="Secret by now")
        told = await board.told()

    assert (told["entered"], told["left"]) == ([], [id_of(ticket)])


async def test_a_lost_notice_is_made_up_for(world: World, api: Api) -> None:
    ada, grace, desk = world.acme.ada, world.acme.grace, world.desk
    ticket = await record_ticket(desk, ada, subject="Help")
    async with served(api) as address, watching(address, grace, QUEUE) as board:
        await board.told()
        await Ticket.filter(id=ticket.id).update(version=ticket.version + 1, subject="Changed")
        desk.live._deliver(Notice("ticket", "", 0, "resync"))  # type: ignore[attr-defined]
        told = await board.told()

    assert [one["subject"] for one in told["changed"]] == ["Changed"]


@pytest.mark.parametrize(
    "variables",
    [{"first": 0}, {"first": 101}, {"after": "x"}, {"after": "qAAAA"}, {"after": "q!"}],
)
async def test_what_can_not_be_meant_is_refused(
    world: World, api: Api, variables: dict[str, object]
) -> None:
    async with (
        served(api) as address,
        watching(address, world.acme.grace, QUEUE, **variables) as board,  # type: ignore[arg-type]
    ):
        said = await board.message()

    assert said["type"] == "error"
    assert said["payload"][0]["extensions"]["code"] == "BAD_USER_INPUT"


def test_a_position_can_be_read_again() -> None:
    known = {new_id(): 1, new_id(): 2**31}

    assert list(read_position(written_position(known)).items()) == list(known.items())
    assert read_position(written_position({})) == {}
    with pytest.raises(UnreadablePosition):
        read_position(written_position({new_id(): 1 for _ in range(101)}))
