"""Merging: one goes on for both, nothing of one requester reaches another, all can be undone."""

import asyncio
from collections.abc import Awaitable
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

import pytest

from foredesk.channels.notify import notify_requester
from foredesk.desk import Desk
from foredesk.errors import (
    DeskError,
    InvalidInput,
    InvalidTransition,
    NotFound,
    NotPermitted,
    StaleVersion,
)
from foredesk.people.enroll import form_team
from foredesk.people.models import Person, RequestVisibility
from foredesk.people.teams import add_team_member, remove_team_member
from foredesk.people.viewer import SYSTEM, Viewer, viewer_of
from foredesk.tickets.assign import assign_ticket
from foredesk.tickets.classify import classify_forgotten
from foredesk.tickets.confirm import close_silent
from foredesk.tickets.merge import merge_ticket, unmerge_ticket
from foredesk.tickets.models import Ticket, TicketEvent
from foredesk.tickets.pass_on import pass_on
from foredesk.tickets.pause import pause_ticket, resume_due
from foredesk.tickets.projection import PROJECTED
from foredesk.tickets.queries import history_of
from foredesk.tickets.record import record_ticket
from foredesk.tickets.reply import add_internal_note, add_reply
from foredesk.tickets.resolve import resolve_ticket
from foredesk.tickets.states import EventKind, TicketState, WaitingFor
from foredesk.tickets.verify import differences
from tests.clock import Clock
from tests.people import make_agent, make_requester
from tests.quiet_parts import QuietJobs, QuietMailer
from tests.tickets import Crowd, make_crowd


@dataclass
class Pair:
    """Ada's request and Bob's about the same."""

    desk: Desk
    crowd: Crowd
    bob: Viewer
    adas: Ticket
    bobs: Ticket

    async def merge(self) -> Ticket:
        return await merge_ticket(
            self.desk, self.crowd.grace, ticket_id=self.adas.id, into_id=self.bobs.id
        )

    async def unmerge(self) -> Ticket:
        return await unmerge_ticket(self.desk, self.crowd.grace, ticket_id=self.adas.id)

    async def run_jobs(self) -> None:
        """Everything that follows, and what follows from that."""
        jobs = self.desk.jobs
        assert isinstance(jobs, QuietJobs)
        while jobs.enqueued:
            name, payload, _, _ = jobs.enqueued.pop(0)
            if name == "pass_on":
                await pass_on(self.desk, await TicketEvent.get(id=payload["event_id"]))
                await pass_on(self.desk, await TicketEvent.get(id=payload["event_id"]))
            if name == "notify_requester":
                await notify_requester(self.desk, payload["event_id"])

    @property
    def mails(self) -> list[Any]:
        assert isinstance(self.desk.mailer, QuietMailer)
        return self.desk.mailer.sent


@pytest.fixture
async def pair(desk: Desk) -> Pair:
    crowd = await make_crowd(desk)
    bob = await make_requester(desk, crowd.acme, "Bob")
    adas = await record_ticket(desk, crowd.ada, subject="VPN drops")
    bobs = await record_ticket(desk, bob, subject="No VPN")
    assert isinstance(desk.jobs, QuietJobs)
    desk.jobs.enqueued.clear()
    return Pair(desk, crowd, bob, adas, bobs)


async def now(ticket: Ticket) -> Ticket:
    found = await Ticket.get(id=ticket.id)
    assert await differences(found) == []
    return found


async def kinds(ticket: Ticket, after: int = 0) -> list[EventKind]:
    events = TicketEvent.filter(ticket_id=ticket.id, sequence__gt=after).order_by("sequence")
    return [event.kind for event in await events]


async def said(viewer: Viewer, ticket: Ticket) -> str:
    """All that they may read of its history."""
    return " ".join(str(event.data) for event in await history_of(viewer, ticket))


async def test_a_merged_request_points_to_the_one_that_goes_on(pair: Pair) -> None:
    await pair.merge()

    merged, goes_on = await now(pair.adas), await now(pair.bobs)
    assert (merged.state, merged.merged_into_id) == (TicketState.CLOSED, pair.bobs.id)
    assert merged.closed_at is None
    assert (goes_on.state, goes_on.merged_count) == (TicketState.OPEN, 1)
    assert await kinds(pair.adas, pair.adas.version) == [EventKind.MERGED]
    assert await kinds(pair.bobs, pair.bobs.version) == [EventKind.MERGED_IN]


async def test_nothing_can_be_done_to_a_merged_request(pair: Pair) -> None:
    await pair.merge()
    desk, grace, id = pair.desk, pair.crowd.grace, pair.adas.id
    refused: list[Awaitable[Any]] = [
        add_reply(desk, grace, ticket_id=id, body="Hello"),
        add_internal_note(desk, grace, ticket_id=id, body="Hello"),
        assign_ticket(desk, grace, ticket_id=id),
        resolve_ticket(desk, grace, ticket_id=id, resolution="Done"),
        pause_ticket(desk, grace, ticket_id=id, waiting_for=WaitingFor.VENDOR),
        merge_ticket(desk, grace, ticket_id=id, into_id=pair.bobs.id),
    ]

    for act in refused:
        with pytest.raises(InvalidTransition) as raised:
            await act
        assert raised.value.allowed == ()

    assert await classify_forgotten(desk) == 0
    assert await kinds(pair.adas, pair.adas.version) == [EventKind.MERGED]


@pytest.mark.parametrize("state", ["open", "assigned", "asked", "paused", "resolved"])
async def test_taken_out_again_it_is_what_it_was(pair: Pair, clock: Clock, state: str) -> None:
    desk, grace, id = pair.desk, pair.crowd.grace, pair.adas.id
    until = desk.now() + timedelta(hours=1)
    match state:
        case "assigned":
            await assign_ticket(desk, grace, ticket_id=id, assignee_id=grace.person_id)
        case "asked":
            await add_reply(desk, grace, ticket_id=id, body="Which?", waits_for_requester=True)
        case "paused":
            await pause_ticket(
                desk, grace, ticket_id=id, waiting_for=WaitingFor.VENDOR, until=until
            )
        case "resolved":
            await resolve_ticket(desk, grace, ticket_id=id, resolution="Done")
    before = await now(pair.adas)

    await pair.merge()
    clock.advance(timedelta(days=30))
    assert (await resume_due(desk), await close_silent(desk)) == (0, 0)
    await pair.unmerge()

    after = await now(pair.adas)
    moved = {"version", "updated_at"}
    assert {name: getattr(after, name) for name in PROJECTED if name not in moved} == {
        name: getattr(before, name) for name in PROJECTED if name not in moved
    }
    assert await kinds(pair.bobs, pair.bobs.version) == [
        EventKind.MERGED_IN,
        EventKind.MERGED_OUT,
    ]
    assert (await now(pair.bobs)).merged_count == 0


async def test_taken_out_again_it_goes_back_to_the_team_of_whoever_left(pair: Pair) -> None:
    desk, crowd = pair.desk, pair.crowd
    hanna = await make_agent(desk, crowd.acme, team=crowd.desk_team, name="Hanna")
    await assign_ticket(desk, crowd.grace, ticket_id=pair.adas.id, assignee_id=hanna.person_id)
    await pair.merge()
    assert hanna.person_id is not None
    await remove_team_member(desk, SYSTEM, team_id=crowd.desk_team.id, person_id=hanna.person_id)

    await pair.unmerge()

    back = await now(pair.adas)
    assert (back.team_id, back.assignee_id) == (crowd.desk_team.id, None)


async def test_what_the_requester_writes_reaches_those_who_have_the_other_and_nobody_else(
    pair: Pair,
) -> None:
    await pair.merge()
    await add_reply(pair.desk, pair.crowd.ada, ticket_id=pair.adas.id, body="At my desk too")
    await pair.run_jobs()

    assert "At my desk too" in await said(pair.crowd.ada, pair.adas)
    assert "At my desk too" in await said(pair.crowd.grace, pair.bobs)
    assert "At my desk too" not in await said(pair.bob, pair.bobs)
    forwarded = await TicketEvent.get(ticket_id=pair.bobs.id, kind=EventKind.FORWARDED)
    assert forwarded.actor_id == pair.crowd.ada.person_id
    assert (await now(pair.adas)).state is TicketState.CLOSED
    assert not any("At my desk" in mail.text for mail in pair.mails)


async def test_whoever_asked_for_both_writes_to_the_one_that_goes_on(pair: Pair) -> None:
    desk, crowd = pair.desk, pair.crowd
    again = await record_ticket(desk, crowd.ada, subject="VPN again")
    await merge_ticket(desk, crowd.grace, ticket_id=again.id, into_id=pair.adas.id)
    await add_reply(
        desk, crowd.grace, ticket_id=pair.adas.id, body="Which?", waits_for_requester=True
    )

    await add_reply(desk, crowd.ada, ticket_id=again.id, body="The second one")
    await pair.run_jobs()

    goes_on = await now(pair.adas)
    assert (goes_on.state, goes_on.waiting_for) == (TicketState.OPEN, None)
    assert (await kinds(pair.adas))[-1] is EventKind.REPLIED


async def test_the_solution_is_told_to_everybody_once_in_their_own_request(pair: Pair) -> None:
    await pair.merge()
    await pair.run_jobs()
    pair.mails.clear()

    await resolve_ticket(
        pair.desk, pair.crowd.grace, ticket_id=pair.bobs.id, resolution="The gateway is new."
    )
    await pair.run_jobs()

    assert [(mail.subject, "The gateway is new." in mail.text) for mail in pair.mails] == [
        (f"Does it work now? Your request {pair.bobs.number}: No VPN", True),
        (f"We believe that it works now: your request {pair.adas.number}, VPN drops", True),
    ]
    assert await kinds(pair.adas, pair.adas.version) == [
        EventKind.MERGED,
        EventKind.SOLVED_ELSEWHERE,
    ]
    assert "The gateway is new." in await said(pair.crowd.ada, pair.adas)
    assert (await now(pair.adas)).resolved_at is None


async def test_an_answer_reaches_the_others_only_if_it_is_meant_for_them(pair: Pair) -> None:
    desk, grace = pair.desk, pair.crowd.grace
    await pair.merge()
    await add_reply(desk, grace, ticket_id=pair.bobs.id, body="Dear Bob")
    await add_reply(desk, grace, ticket_id=pair.bobs.id, body="Dear all", also_to_merged=True)
    await pair.run_jobs()

    adas = await said(pair.crowd.ada, pair.adas)
    assert ("Dear Bob" in adas, "Dear all" in adas) == (False, True)
    assert [mail.to for mail in pair.mails if "Dear all" in mail.text] == [
        (await Ticket.get(id=pair.bobs.id).prefetch_related("requester")).requester.email,
        (await Ticket.get(id=pair.adas.id).prefetch_related("requester")).requester.email,
    ]
    event = await TicketEvent.filter(ticket_id=pair.adas.id).order_by("-sequence").first()
    assert event is not None
    assert event.actor_id == grace.person_id
    assert (await now(pair.adas)).first_responded_at is None


async def test_what_is_taken_out_hears_no_more(pair: Pair) -> None:
    await pair.merge()
    await resolve_ticket(pair.desk, pair.crowd.grace, ticket_id=pair.bobs.id, resolution="Done.")
    await pair.unmerge()
    await pair.run_jobs()

    assert EventKind.SOLVED_ELSEWHERE not in await kinds(pair.adas)


@pytest.mark.parametrize("visibility", list(RequestVisibility))
async def test_the_other_one_is_named_only_to_whoever_may_see_it(
    pair: Pair, visibility: RequestVisibility
) -> None:
    acme = pair.crowd.acme
    acme.request_visibility = visibility
    await acme.save()

    await pair.merge()
    await pair.run_jobs()

    named = any(f"request number {pair.bobs.number}." in mail.text for mail in pair.mails)
    assert named == (visibility is RequestVisibility.ORGANIZATION)
    assert [mail.subject for mail in pair.mails] == [
        f"We work on your request {pair.adas.number} together with another: VPN drops"
    ]
    assert "VPN drops" not in await said(pair.bob, pair.bobs)
    assert str(pair.adas.id) not in await said(pair.bob, pair.bobs)


async def test_what_is_merged_into_a_request_comes_along_when_that_is_merged(pair: Pair) -> None:
    desk, grace = pair.desk, pair.crowd.grace
    third = await record_ticket(desk, pair.bob, subject="VPN, all of us")
    await pair.merge()
    await merge_ticket(desk, grace, ticket_id=pair.bobs.id, into_id=third.id)

    await add_reply(desk, pair.crowd.ada, ticket_id=pair.adas.id, body="And here")
    await pair.run_jobs()
    await resolve_ticket(desk, grace, ticket_id=third.id, resolution="Done.")
    await pair.run_jobs()

    assert (await kinds(third))[-2:] == [EventKind.FORWARDED, EventKind.RESOLVED]
    assert (await kinds(pair.adas))[-1] is EventKind.SOLVED_ELSEWHERE
    assert (await kinds(pair.bobs))[-1] is EventKind.SOLVED_ELSEWHERE
    await pair.unmerge()
    assert (await now(pair.adas)).state is TicketState.OPEN
    assert (await now(pair.bobs)).merged_into_id == third.id


async def refusal(pair: Pair, viewer: Viewer, ticket: Ticket, into: Ticket) -> DeskError:
    with pytest.raises(DeskError) as raised:
        await merge_ticket(pair.desk, viewer, ticket_id=ticket.id, into_id=into.id)
    return raised.value


async def test_what_does_not_fit_is_not_merged(pair: Pair) -> None:
    desk, crowd = pair.desk, pair.crowd
    third = await record_ticket(desk, pair.bob, subject="Third")
    zoes = await record_ticket(desk, crowd.zoe, subject="Elsewhere")
    everywhere = SYSTEM

    itself = await refusal(pair, crowd.grace, third, third)
    assert (type(itself), itself.path) == (InvalidInput, ("intoTicketId",))
    unseen = await refusal(pair, crowd.grace, third, zoes)
    assert (type(unseen), unseen.path) == (NotFound, ("intoTicketId",))
    assert isinstance(await refusal(pair, crowd.zack, third, zoes), NotFound)
    foreign = await refusal(pair, everywhere, third, zoes)
    assert (type(foreign), foreign.path) == (InvalidInput, ("intoTicketId",))
    assert isinstance(await refusal(pair, pair.bob, third, pair.bobs), NotPermitted)

    await pair.merge()
    circle = await refusal(pair, crowd.grace, pair.bobs, pair.adas)
    assert (type(circle), circle.path) == (InvalidInput, ("intoTicketId",))
    await resolve_ticket(desk, crowd.grace, ticket_id=pair.bobs.id, resolution="Done")
    solved = await refusal(pair, crowd.grace, third, pair.bobs)
    assert (type(solved), solved.path) == (InvalidInput, ("intoTicketId",))
    with pytest.raises(StaleVersion):
        await unmerge_ticket(desk, crowd.grace, ticket_id=pair.adas.id, expected_version=1)
    with pytest.raises(InvalidTransition):
        await unmerge_ticket(desk, crowd.grace, ticket_id=third.id)
    with pytest.raises(NotPermitted):
        await unmerge_ticket(desk, crowd.ada, ticket_id=pair.adas.id)


async def test_a_confidential_team_merges_only_its_own(pair: Pair) -> None:
    desk, crowd = pair.desk, pair.crowd
    trust = await form_team(
        desk, SYSTEM, key="trust", name="Trust", serves=[crowd.acme], is_confidential=True
    )
    hanna = await make_agent(desk, crowd.acme, team=crowd.desk_team, name="Hanna")
    assert hanna.person_id is not None
    await add_team_member(desk, SYSTEM, team_id=trust.id, person_id=hanna.person_id)
    hanna = await viewer_of(await Person.get(id=hanna.person_id))
    await assign_ticket(desk, crowd.grace, ticket_id=pair.adas.id, team_id=trust.id)

    assert isinstance(await refusal(pair, crowd.grace, pair.bobs, pair.adas), NotFound)
    for ticket, into in ((pair.adas, pair.bobs), (pair.bobs, pair.adas)):
        refused = await refusal(pair, hanna, ticket, into)
        assert (type(refused), refused.path) == (InvalidInput, ("intoTicketId",))

    await assign_ticket(desk, hanna, ticket_id=pair.bobs.id, team_id=trust.id)
    await merge_ticket(desk, hanna, ticket_id=pair.adas.id, into_id=pair.bobs.id)
    assert (await now(pair.adas)).is_confidential


async def test_what_became_confidential_tells_the_others_no_word_of_it(pair: Pair) -> None:
    desk, crowd = pair.desk, pair.crowd
    trust = await form_team(
        desk, SYSTEM, key="trust", name="Trust", serves=[crowd.acme], is_confidential=True
    )
    await pair.merge()
    await assign_ticket(desk, crowd.grace, ticket_id=pair.bobs.id, team_id=trust.id)
    await add_reply(desk, SYSTEM, ticket_id=pair.bobs.id, body="Hush", also_to_merged=True)
    await resolve_ticket(desk, SYSTEM, ticket_id=pair.bobs.id, resolution="Secret")
    await pair.run_jobs()

    read = await said(SYSTEM, pair.adas)
    assert ("Hush" in read, "Secret" in read) == (False, False)
    assert (await kinds(pair.adas))[-1] is EventKind.SOLVED_ELSEWHERE
    assert not any("Secret" in mail.text or "Hush" in mail.text for mail in pair.mails)
    await pair.unmerge()
    assert (await now(pair.bobs)).merged_count == 0


async def test_two_that_are_merged_into_each_other_at_once_make_no_circle(pair: Pair) -> None:
    desk, grace = pair.desk, pair.crowd.grace
    for _ in range(5):
        done = await asyncio.gather(
            merge_ticket(desk, grace, ticket_id=pair.adas.id, into_id=pair.bobs.id),
            merge_ticket(desk, grace, ticket_id=pair.bobs.id, into_id=pair.adas.id),
            return_exceptions=True,
        )

        assert sorted(type(one).__name__ for one in done) == ["InvalidInput", "Ticket"]
        merged = next(one for one in done if isinstance(one, Ticket))
        await now(pair.adas)
        await now(pair.bobs)
        await unmerge_ticket(desk, grace, ticket_id=merged.id)


async def test_merging_the_same_twice_at_once_is_done_once(pair: Pair) -> None:
    done = await asyncio.gather(*[pair.merge() for _ in range(4)], return_exceptions=True)

    assert sorted(type(one).__name__ for one in done) == ["InvalidTransition"] * 3 + ["Ticket"]
    assert (await now(pair.bobs)).merged_count == 1
    done = await asyncio.gather(*[pair.unmerge() for _ in range(4)], return_exceptions=True)
    assert sorted(type(one).__name__ for one in done) == ["InvalidTransition"] * 3 + ["Ticket"]
    assert (await now(pair.bobs)).merged_count == 0


async def test_a_request_that_is_solved_while_another_is_merged_into_it_loses_nobody(
    pair: Pair,
) -> None:
    """Either the merge comes first, and its requester is told; or it is refused."""
    desk, grace = pair.desk, pair.crowd.grace
    merged, _ = await asyncio.gather(
        pair.merge(),
        resolve_ticket(desk, grace, ticket_id=pair.bobs.id, resolution="Done."),
        return_exceptions=True,
    )
    await pair.run_jobs()

    is_told = EventKind.SOLVED_ELSEWHERE in await kinds(pair.adas)
    assert is_told == (not isinstance(merged, InvalidInput))
    await now(pair.adas)
    await now(pair.bobs)
