"""Whatever people try, legal or not: the stored ticket is what its events say."""

import os
from collections.abc import Awaitable, Callable
from datetime import timedelta
from typing import Any

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from foredesk.desk import Desk
from foredesk.errors import DeskError
from foredesk.people.viewer import SYSTEM, Viewer
from foredesk.sla.priority import Impact, Urgency
from foredesk.tickets.assign import assign_ticket
from foredesk.tickets.classify import classify_ticket
from foredesk.tickets.confirm import (
    close_silent,
    confirm_resolution,
    refuse_resolution,
    reopen_ticket,
)
from foredesk.tickets.escalate import escalate_ticket
from foredesk.tickets.estimate import set_estimated_repair
from foredesk.tickets.merge import merge_ticket, unmerge_ticket
from foredesk.tickets.models import Ticket, TicketEvent, TicketKind
from foredesk.tickets.move import move_ticket
from foredesk.tickets.overdue import tell_overdue_estimates
from foredesk.tickets.pause import pause_ticket, resume_due, resume_ticket
from foredesk.tickets.projection import PROJECTED
from foredesk.tickets.record import record_ticket
from foredesk.tickets.reply import add_internal_note, add_reply
from foredesk.tickets.resolve import resolve_ticket
from foredesk.tickets.split import split_ticket
from foredesk.tickets.states import TicketState, WaitingFor
from foredesk.tickets.timers import tell_due_clocks
from foredesk.tickets.verify import differences
from tests.clock import Clock
from tests.tickets import Crowd, make_agreement, make_crowd

EXAMPLES = int(os.environ.get("FOREDESK_TEST_EXAMPLES", "40"))
Command = Callable[[Desk, Viewer, Crowd, Ticket], Awaitable[Any]]


async def merge(desk: Desk, viewer: Viewer, crowd: Crowd, ticket: Ticket) -> None:
    other = await Ticket.get(subject=OTHER, organization_id=crowd.acme.id)
    await merge_ticket(desk, viewer, ticket_id=ticket.id, into_id=other.id)


async def take_in(desk: Desk, viewer: Viewer, crowd: Crowd, ticket: Ticket) -> None:
    other = await Ticket.get(subject=OTHER, organization_id=crowd.acme.id)
    await merge_ticket(desk, viewer, ticket_id=other.id, into_id=ticket.id)


async def move(desk: Desk, viewer: Viewer, crowd: Crowd, ticket: Ticket) -> None:
    await move_ticket(desk, viewer, ticket_id=ticket.id, requester_id=crowd.zoe.person_id)


OTHER = "Mail is slow"
COMMANDS: dict[str, Command] = {
    "pause": lambda desk, viewer, crowd, ticket: pause_ticket(
        desk,
        viewer,
        ticket_id=ticket.id,
        waiting_for=WaitingFor.VENDOR,
        until=desk.now() + timedelta(hours=1),
    ),
    "resume": lambda desk, viewer, crowd, ticket: resume_ticket(desk, viewer, ticket_id=ticket.id),
    "go on": lambda desk, viewer, crowd, ticket: resume_due(desk),
    "merge": merge,
    "take in": take_in,
    "unmerge": lambda desk, viewer, crowd, ticket: unmerge_ticket(
        desk, viewer, ticket_id=ticket.id
    ),
    "split": lambda desk, viewer, crowd, ticket: split_ticket(
        desk, viewer, ticket_id=ticket.id, subject="The other thing"
    ),
    "move": move,
    "classify": lambda desk, viewer, crowd, ticket: classify_ticket(
        desk,
        viewer,
        ticket_id=ticket.id,
        kind=TicketKind.INCIDENT,
        category="network",
        impact=Impact.HIGH,
        urgency=None,
    ),
    "calm": lambda desk, viewer, crowd, ticket: classify_ticket(
        desk,
        viewer,
        ticket_id=ticket.id,
        kind=None,
        category=None,
        impact=Impact.LOW,
        urgency=Urgency.LOW,
    ),
    "take": lambda desk, viewer, crowd, ticket: assign_ticket(
        desk, viewer, ticket_id=ticket.id, assignee_id=crowd.grace.person_id
    ),
    "drop": lambda desk, viewer, crowd, ticket: assign_ticket(desk, viewer, ticket_id=ticket.id),
    "escalate": lambda desk, viewer, crowd, ticket: escalate_ticket(
        desk, viewer, ticket_id=ticket.id, team_id=crowd.network_team.id, reason="Deep."
    ),
    "rank": lambda desk, viewer, crowd, ticket: escalate_ticket(
        desk, viewer, ticket_id=ticket.id, person_id=crowd.grace.person_id, reason="High."
    ),
    "reply": lambda desk, viewer, crowd, ticket: add_reply(
        desk, viewer, ticket_id=ticket.id, body="Hello"
    ),
    "ask back": lambda desk, viewer, crowd, ticket: add_reply(
        desk, viewer, ticket_id=ticket.id, body="Which?", waits_for_requester=True
    ),
    "note": lambda desk, viewer, crowd, ticket: add_internal_note(
        desk, viewer, ticket_id=ticket.id, body="Hm"
    ),
    "estimate": lambda desk, viewer, crowd, ticket: set_estimated_repair(
        desk, viewer, ticket_id=ticket.id, at=desk.now() + timedelta(hours=2)
    ),
    "resolve": lambda desk, viewer, crowd, ticket: resolve_ticket(
        desk, viewer, ticket_id=ticket.id, resolution="Done"
    ),
    "confirm": lambda desk, viewer, crowd, ticket: confirm_resolution(
        desk, viewer, ticket_id=ticket.id
    ),
    "refuse": lambda desk, viewer, crowd, ticket: refuse_resolution(
        desk, viewer, ticket_id=ticket.id, reason="No"
    ),
    "reopen": lambda desk, viewer, crowd, ticket: reopen_ticket(
        desk, viewer, ticket_id=ticket.id, reason="Again"
    ),
    "close silent": lambda desk, viewer, crowd, ticket: close_silent(desk),
    "overdue": lambda desk, viewer, crowd, ticket: tell_overdue_estimates(desk),
    "clocks": lambda desk, viewer, crowd, ticket: tell_due_clocks(desk),
}

steps = st.lists(
    st.tuples(
        st.sampled_from(sorted(COMMANDS)),
        st.sampled_from(["ada", "grace", "grace", "system", "zoe"]),
        st.sampled_from([0, 1, 60, 600, 3 * 24 * 60, 6 * 24 * 60]),
    ),
    max_size=14,
)


@settings(
    max_examples=EXAMPLES,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(steps=steps, has_agreement=st.booleans())
async def test_a_rebuild_from_the_events_gives_what_is_stored(
    desk: Desk, clock: Clock, steps: list[tuple[str, str, int]], has_agreement: bool
) -> None:
    crowd = await make_crowd(desk)
    if has_agreement:
        await make_agreement(desk, crowd.acme)
    ticket = await record_ticket(desk, crowd.ada, subject="VPN drops")
    await record_ticket(desk, crowd.ada, subject=OTHER)

    for name, who, minutes in steps:
        clock.advance(timedelta(minutes=minutes))
        before = await TicketEvent.filter(ticket_id=ticket.id).count()
        try:
            viewer = SYSTEM if who == "system" else getattr(crowd, who)
            await COMMANDS[name](desk, viewer, crowd, ticket)
        except DeskError:
            assert await TicketEvent.filter(ticket_id=ticket.id).count() == before

        for stored in await Ticket.filter(organization_id__in=[crowd.acme.id, crowd.zenith.id]):
            assert await differences(stored) == []
            check_what_is_always_true(stored)


async def test_every_column_of_a_ticket_is_projected(desk: Desk) -> None:
    assert {*PROJECTED, "id", "number", "due_at"} == set(Ticket._meta.fields_db_projection)


def check_what_is_always_true(ticket: Ticket) -> None:
    if ticket.merged_into_id is None:
        assert (ticket.state is TicketState.CLOSED) == (ticket.closed_at is not None)
        settled = ticket.state in (TicketState.RESOLVED, TicketState.CLOSED)
        assert settled == (ticket.resolved_at is not None)
        assert ticket.confirmed_at is None or ticket.state is TicketState.CLOSED
    else:
        assert ticket.state is TicketState.CLOSED
    assert (ticket.state is TicketState.RESOLVED) == (ticket.close_due_at is not None)
    assert (ticket.state is TicketState.WAITING) == (ticket.waiting_for is not None)
    assert ticket.estimate_reminder_at is None or ticket.estimated_repair_at is not None
    assert ticket.opened_at <= ticket.updated_at
