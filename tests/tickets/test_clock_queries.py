"""Who sees the clocks of a team, and why a ticket runs under its agreement."""

from dataclasses import replace
from datetime import timedelta

from foredesk.desk import Desk
from foredesk.people.viewer import SYSTEM, Viewer
from foredesk.sla.define import Promised, define_agreement
from foredesk.sla.definitions import NEXT_UPDATE, RESOLUTION, TEMPLATES
from foredesk.sla.models import AgreementClock, AgreementTarget, Calendar, TicketClock
from foredesk.sla.priority import Priority
from foredesk.sla.queries import shown_clocks, shown_targets
from foredesk.tickets.agreement_choices import agreement_choices
from foredesk.tickets.assign import assign_ticket
from foredesk.tickets.clock_queries import finished_cycles, visible_clocks
from foredesk.tickets.models import Ticket
from foredesk.tickets.record import record_ticket
from foredesk.tickets.reply import add_reply
from foredesk.tickets.verify import differences
from tests.clock import Clock
from tests.tickets import Crowd, make_agreement, make_crowd

HOUR = timedelta(hours=1)


async def _promise(desk: Desk, crowd: Crowd) -> None:
    """Besides the usual: updates, and an operational target of the network team."""
    await make_agreement(desk, crowd.acme)
    own = replace(TEMPLATES[RESOLUTION], name="network", team_id=crowd.network_team.id)
    await define_agreement(
        desk,
        SYSTEM,
        name="Gold",
        calendar_id=(await Calendar.get()).id,
        organization_id=crowd.acme.id,
        clocks=[own],
        promises=[
            Promised(clock, priority, HOUR, 2 * HOUR)
            for clock in ("network", NEXT_UPDATE)
            for priority in Priority
        ],
    )


async def test_the_clock_of_a_team_is_seen_by_those_who_handle_the_ticket_only(
    desk: Desk, clock: Clock
) -> None:
    crowd = await make_crowd(desk)
    clock.advance(HOUR)
    await _promise(desk, crowd)
    clock.advance(HOUR)
    ticket = await record_ticket(desk, crowd.ada, subject="VPN drops")
    await assign_ticket(desk, crowd.grace, ticket_id=ticket.id, team_id=crowd.network_team.id)
    clock.advance(HOUR / 2)
    for _ in range(3):
        await add_reply(desk, crowd.grace, ticket_id=ticket.id, body="We are on it.")

    async def seen(viewer: Viewer) -> set[tuple[str, int]]:
        clocks = await visible_clocks(viewer).filter(ticket_id=ticket.id)
        return {(one.name, one.cycle) for one in clocks}

    assert await seen(crowd.grace) == {("network", 1), (NEXT_UPDATE, 3)}
    assert await seen(crowd.ada) == await seen(crowd.zack) == {(NEXT_UPDATE, 3)}
    found = await finished_cycles([ticket.id])
    assert [(one.name, one.cycle) for one in found[ticket.id]] == [
        (NEXT_UPDATE, 1),
        (NEXT_UPDATE, 2),
    ]
    assert await differences(await Ticket.get(id=ticket.id)) == []


async def test_customers_are_not_told_what_a_team_is_measured_by(desk: Desk) -> None:
    crowd = await make_crowd(desk)
    await _promise(desk, crowd)

    def named(rows: list[AgreementClock]) -> set[str]:
        return {row.name for row in rows}

    assert "network" in named(await shown_clocks(crowd.grace))
    assert "network" not in named(await shown_clocks(crowd.ada))
    hidden = AgreementTarget.filter(clock="network")
    assert await hidden.count() == 4
    assert await shown_targets(crowd.ada).filter(clock="network").count() == 0
    assert await shown_targets(crowd.grace).filter(clock="network").count() == 4


async def test_every_agreement_that_was_considered_is_listed_with_its_reason(
    desk: Desk, clock: Clock
) -> None:
    crowd = await make_crowd(desk)
    await _promise(desk, crowd)
    clock.advance(HOUR)
    await define_agreement(
        desk,
        SYSTEM,
        name="Incidents",
        calendar_id=(await Calendar.get()).id,
        promises=[Promised(RESOLUTION, Priority.HIGH, HOUR, None)],
        organization_id=crowd.acme.id,
        kind="incident",
    )
    ticket = await record_ticket(desk, crowd.ada, subject="VPN drops")

    choices = await agreement_choices(ticket)

    assert {one.agreement.name for one in choices if one.applies} == {
        "Gold",
        f"Standard for {crowd.acme.slug}",
    }
    assert [one.is_chosen for one in choices] == [True, False, False]
    assert choices[0].reason == "It was made for the organization."
    assert (choices[2].agreement.name, choices[2].reason) == (
        "Incidents",
        "It is about another kind of request.",
    )


async def test_who_has_the_ticket_moves_no_clock_that_is_of_nobody(
    desk: Desk, clock: Clock
) -> None:
    crowd = await make_crowd(desk)
    await make_agreement(desk, crowd.acme)
    ticket = await record_ticket(desk, crowd.ada, subject="VPN drops")
    before = await TicketClock.filter(ticket_id=ticket.id).values()
    clock.advance(HOUR)

    await assign_ticket(desk, crowd.grace, ticket_id=ticket.id, team_id=crowd.network_team.id)

    assert await TicketClock.filter(ticket_id=ticket.id).values() == before
