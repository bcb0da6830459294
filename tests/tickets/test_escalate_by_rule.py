"""What an agreement says is to be done when a clock reaches a level is done, once."""

from collections.abc import Sequence
from datetime import timedelta
from typing import Any

import pytest

from foredesk.desk import Desk
from foredesk.identity import new_id
from foredesk.people.absence import set_absence
from foredesk.people.models import Organization, Team, TeamCustomer
from foredesk.people.roles import Role
from foredesk.people.viewer import SYSTEM
from foredesk.sla.calendars import define_calendar
from foredesk.sla.define import define_agreement
from foredesk.sla.definitions import RESOLUTION, ClockDefinition, EscalationRule, Level
from foredesk.sla.facts import ClockEventKind
from foredesk.sla.hours import WEEKDAYS
from foredesk.sla.priority import Priority
from foredesk.sla.proposal import Promised
from foredesk.tickets.assign import assign_ticket
from foredesk.tickets.models import Ticket, TicketEvent
from foredesk.tickets.record import record_ticket
from foredesk.tickets.resolve import resolve_ticket
from foredesk.tickets.states import INTERNAL, EventKind
from foredesk.tickets.timers import tell_due_clocks
from foredesk.tickets.verify import differences
from tests.clock import Clock
from tests.people import make_agent
from tests.tickets import make_crowd

Rules = Sequence[EscalationRule]


async def agree(
    desk: Desk, acme: Organization, rules: Rules, clocks: Sequence[ClockDefinition] = ()
) -> None:
    """Open throughout; every clock in 10 h, at most 20 h, warned of at 50 and 75 %."""
    calendar = await define_calendar(
        desk,
        SYSTEM,
        name="Always",
        time_zone="UTC",
        weekly={day: ["00:00-24:00"] for day in WEEKDAYS},
    )
    resolution = ClockDefinition(
        RESOLUTION,
        "Resolution",
        start=frozenset({ClockEventKind.RECORDED}),
        stop=frozenset({ClockEventKind.RESOLVED}),
        warnings=(50, 75),
    )
    await define_agreement(
        desk,
        SYSTEM,
        name="Gold",
        calendar_id=calendar.id,
        organization_id=acme.id,
        clocks=[resolution, *clocks],
        promises=[
            Promised(clock.name, priority, timedelta(hours=10), timedelta(hours=20))
            for clock in (resolution, *clocks)
            for priority in Priority
        ],
        escalations=rules,
    )


def rule(level: Level, percent: int | None = None, **to: Any) -> EscalationRule:
    return EscalationRule(new_id(), RESOLUTION, level, percent, **to)


async def escalations(ticket: Ticket) -> list[dict[str, Any]]:
    events = TicketEvent.filter(ticket_id=ticket.id, kind=EventKind.ESCALATED)
    return [dict(event.data) for event in await events.order_by("sequence")]


async def test_each_warning_and_miss_does_what_was_agreed_for_it_and_nothing_twice(
    desk: Desk, clock: Clock
) -> None:
    crowd = await make_crowd(desk)
    boss = await make_agent(desk, crowd.acme, team=crowd.desk_team, name="Boss")
    await agree(
        desk,
        crowd.acme,
        [
            rule(Level.WARNING, 75, person_id=boss.person_id),
            rule(Level.TARGET, team_id=crowd.network_team.id),
            rule(Level.MINIMUM, role=Role.INCIDENT_RESOLVER),
        ],
    )
    ticket = await record_ticket(desk, crowd.ada, subject="VPN drops")

    clock.advance(timedelta(hours=5))
    assert await tell_due_clocks(desk) == 1
    assert await escalations(ticket) == []
    clock.advance(timedelta(hours=2, minutes=30))
    assert await tell_due_clocks(desk) == 1
    assert await tell_due_clocks(desk) == 0
    (warned,) = await escalations(ticket)
    assert warned["escalation"] == "hierarchical"
    assert warned["told"] == [str(boss.person_id)]
    assert (warned["clock"], warned["level"], warned["percent"]) == (RESOLUTION, "warning", 75)

    clock.advance(timedelta(hours=2, minutes=30))
    assert await tell_due_clocks(desk) == 1
    moved = await Ticket.get(id=ticket.id)
    assert (moved.team_id, moved.escalation_level) == (crowd.network_team.id, 2)

    clock.advance(timedelta(hours=10))
    assert await tell_due_clocks(desk) == 1
    last = (await escalations(ticket))[-1]
    assert last["role"] == "incident_resolver"
    assert set(last["told"]) == {str(boss.person_id), str(crowd.grace.person_id)}
    assert await differences(await Ticket.get(id=ticket.id)) == []


async def test_a_resolved_request_is_not_escalated_when_its_miss_is_told_afterwards(
    desk: Desk, clock: Clock
) -> None:
    crowd = await make_crowd(desk)
    await agree(desk, crowd.acme, [rule(Level.TARGET, team_id=crowd.network_team.id)])
    ticket = await record_ticket(desk, crowd.ada, subject="VPN drops")
    clock.advance(timedelta(hours=11))
    await resolve_ticket(desk, crowd.grace, ticket_id=ticket.id, resolution="Done.")

    assert await tell_due_clocks(desk) == 1
    assert await escalations(ticket) == []


async def test_who_is_absent_is_stood_in_for_and_without_anybody_the_miss_is_still_told(
    desk: Desk, clock: Clock
) -> None:
    crowd = await make_crowd(desk)
    boss = await make_agent(desk, crowd.acme, team=crowd.desk_team, name="Boss")
    assert boss.person_id is not None
    await agree(
        desk,
        crowd.acme,
        [
            rule(Level.TARGET, person_id=boss.person_id),
            rule(Level.MINIMUM, team_id=crowd.network_team.id),
        ],
    )
    await set_absence(
        desk,
        SYSTEM,
        person_id=boss.person_id,
        substitute_id=crowd.grace.person_id,
        starts_at=desk.now(),
        ends_at=desk.now() + timedelta(days=9),
    )
    ticket = await record_ticket(desk, crowd.ada, subject="VPN drops")
    await TeamCustomer.filter(team_id=crowd.network_team.id).delete()
    clock.advance(timedelta(days=1))

    assert await tell_due_clocks(desk) == 2
    (told,) = await escalations(ticket)
    assert told["told"] == [str(crowd.grace.person_id)]
    assert told["instead_of"] == str(boss.person_id)


async def test_what_a_confidential_team_has_is_told_to_its_members_only_and_never_leaves_it(
    desk: Desk, clock: Clock
) -> None:
    crowd = await make_crowd(desk)
    board = await Team.create(key="board", name="Board", is_confidential=True)
    await TeamCustomer.create(team_id=board.id, organization_id=crowd.acme.id)
    member = await make_agent(desk, crowd.acme, team=board, name="Mia")
    await agree(
        desk,
        crowd.acme,
        [
            rule(Level.TARGET, role=Role.INCIDENT_RESOLVER),
            rule(Level.MINIMUM, team_id=crowd.network_team.id),
        ],
    )
    ticket = await record_ticket(desk, crowd.ada, subject="A word in confidence")
    await assign_ticket(desk, SYSTEM, ticket_id=ticket.id, team_id=board.id)
    clock.advance(timedelta(days=1))

    assert await tell_due_clocks(desk) == 2
    (told,) = await escalations(ticket)
    assert told["told"] == [str(member.person_id)]
    stays = await Ticket.get(id=ticket.id)
    assert (stays.team_id, stays.is_confidential) == (board.id, True)


async def test_what_a_team_owes_another_is_told_to_agents_only(desk: Desk, clock: Clock) -> None:
    crowd = await make_crowd(desk)
    owed = ClockDefinition(
        "network_repair",
        "Repair by the network team",
        start=frozenset({ClockEventKind.RECORDED}),
        stop=frozenset({ClockEventKind.RESOLVED}),
        warnings=(),
        team_id=crowd.network_team.id,
    )
    await agree(desk, crowd.acme, [], [owed])
    ticket = await record_ticket(desk, crowd.ada, subject="VPN drops")
    clock.advance(timedelta(hours=3))
    await assign_ticket(desk, crowd.grace, ticket_id=ticket.id, team_id=crowd.network_team.id)
    clock.advance(timedelta(hours=10))

    await tell_due_clocks(desk)
    missed = await TicketEvent.filter(ticket_id=ticket.id, kind=EventKind.OPERATIONAL_MISSED)
    assert [event.data["clock"] for event in missed] == ["network_repair"]
    assert EventKind.OPERATIONAL_MISSED in INTERNAL


@pytest.mark.parametrize("minutes_down", [1, 500])
async def test_a_server_that_was_down_tells_the_true_instant_and_escalates_once(
    desk: Desk, clock: Clock, minutes_down: int
) -> None:
    crowd = await make_crowd(desk)
    await agree(desk, crowd.acme, [rule(Level.TARGET, team_id=crowd.network_team.id)])
    ticket = await record_ticket(desk, crowd.ada, subject="VPN drops")
    clock.advance(timedelta(hours=10, minutes=minutes_down))

    await tell_due_clocks(desk)
    await tell_due_clocks(desk)
    (missed,) = await TicketEvent.filter(ticket_id=ticket.id, kind=EventKind.CLOCK_MISSED)
    assert missed.data["due_at"] == (ticket.opened_at + timedelta(hours=10)).isoformat()
    assert len(await escalations(ticket)) == 1
