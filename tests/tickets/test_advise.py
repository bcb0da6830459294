"""Plugins are asked for the time of repair in the background, and a person promises it."""

from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import timedelta
from types import SimpleNamespace
from typing import Any

import pytest

from foredesk.desk import Desk
from foredesk.hooks import PluginInfo, RepairEstimate, RepairFacts, hookimpl
from foredesk.people.enroll import form_team
from foredesk.people.models import TeamMember
from foredesk.people.viewer import SYSTEM
from foredesk.sla.priority import Impact, Urgency
from foredesk.tickets.advise import repair_history, suggest_repair
from foredesk.tickets.assign import assign_ticket
from foredesk.tickets.classify import classify_ticket
from foredesk.tickets.models import Ticket, TicketEvent, TicketKind
from foredesk.tickets.record import record_ticket
from foredesk.tickets.resolve import resolve_ticket
from foredesk.tickets.states import EventKind
from plugins.discovery import Found
from plugins.host import PluginHost
from tests.clock import Clock
from tests.quiet_parts import QuietJobs
from tests.tickets import Crowd, make_crowd

ASKED: list[tuple[RepairFacts, ...]] = []


class InTwoHours:
    plugin = PluginInfo("in-two-hours")

    @hookimpl
    async def estimate_repair(
        self, ctx: Any, ticket: Any, history: tuple[RepairFacts, ...]
    ) -> RepairEstimate:
        ASKED.append(history)
        soon = ctx.now + timedelta(hours=2)
        return RepairEstimate(soon, 0.5, "It always takes two hours.", soon + timedelta(hours=1))


@pytest.fixture
async def advised(desk: Desk) -> AsyncIterator[Desk]:
    ASKED.clear()
    host = PluginHost(now=desk.now)
    host.load([Found("in-two-hours", "a test", InTwoHours)])
    await host.startup()
    yield replace(desk, hooks=host)
    await host.shutdown()


async def incident(desk: Desk, crowd: Crowd, team: Any, *, category: str = "network") -> Ticket:
    ticket = await record_ticket(
        desk, crowd.ada, subject="The VPN is down", kind=TicketKind.INCIDENT
    )
    await classify_ticket(
        desk,
        crowd.grace,
        ticket_id=ticket.id,
        kind=TicketKind.INCIDENT,
        category=category,
        impact=Impact.HIGH,
        urgency=Urgency.HIGH,
    )
    return await assign_ticket(desk, crowd.grace, ticket_id=ticket.id, team_id=team.id)


def jobs_of(desk: Desk) -> list[str]:
    assert isinstance(desk.jobs, QuietJobs)
    return [name for name, *_ in desk.jobs.enqueued]


async def suggestions(ticket: Ticket) -> list[dict[str, Any]]:
    events = await TicketEvent.filter(ticket_id=ticket.id, kind=EventKind.SUGGESTED)
    return [event.data for event in events if event.data["hook"] == "estimate_repair"]


async def test_a_plugin_is_asked_once_for_each_team_and_promises_nothing(advised: Desk) -> None:
    crowd = await make_crowd(advised)
    ticket = await incident(advised, crowd, crowd.desk_team)
    assert jobs_of(advised).count("suggest_repair") == 1

    await suggest_repair(advised, ticket.id)
    await suggest_repair(advised, ticket.id)

    (told,) = await suggestions(ticket)
    assert told["plugin"] == "in-two-hours"
    assert told["suggestion"] == {
        "probably_by": (advised.now() + timedelta(hours=2)).isoformat(),
        "almost_certainly_by": (advised.now() + timedelta(hours=3)).isoformat(),
        "confidence": 0.5,
        "explanation": "It always takes two hours.",
    }
    assert (await Ticket.get(id=ticket.id)).estimated_repair_at is None
    await assign_ticket(advised, crowd.grace, ticket_id=ticket.id, team_id=crowd.network_team.id)
    await suggest_repair(advised, ticket.id)
    assert len(await suggestions(ticket)) == 2


async def test_the_history_is_the_team_s_own_and_tells_only_how_long_and_how_alike(
    advised: Desk, clock: Clock
) -> None:
    crowd = await make_crowd(advised)
    for team, category, hours in (
        (crowd.desk_team, "network", 3),
        (crowd.desk_team, "printing", 5),
        (crowd.network_team, "network", 7),
    ):
        past = await incident(advised, crowd, team, category=category)
        clock.advance(timedelta(hours=hours))
        await resolve_ticket(advised, crowd.grace, ticket_id=past.id, resolution="Done.")
    open_one = await incident(advised, crowd, crowd.desk_team)

    await suggest_repair(advised, open_one.id)

    assert [
        (
            RepairFacts(5 * 3600.0, False, True, False, True),
            RepairFacts(3 * 3600.0, True, True, False, True),
        )
    ] == ASKED


async def test_no_plugin_is_asked_of_what_is_confidential_or_no_incident_or_solved(
    advised: Desk,
) -> None:
    crowd = await make_crowd(advised)
    trust = await form_team(
        advised, SYSTEM, key="trust", name="Trust", serves=[crowd.acme], is_confidential=True
    )
    await TeamMember.create(team_id=trust.id, person_id=crowd.grace.person_id)
    hidden = await record_ticket(advised, crowd.ada, subject="Between us", kind=TicketKind.INCIDENT)
    await assign_ticket(advised, SYSTEM, ticket_id=hidden.id, team_id=trust.id)
    question = await record_ticket(advised, crowd.ada, subject="How?")
    await assign_ticket(advised, crowd.grace, ticket_id=question.id, team_id=crowd.desk_team.id)
    solved = await incident(advised, crowd, crowd.desk_team)
    await resolve_ticket(advised, crowd.grace, ticket_id=solved.id, resolution="Done.")
    assert jobs_of(advised).count("suggest_repair") == 1

    for ticket in (hidden, question, solved):
        await suggest_repair(advised, ticket.id)

    assert ASKED == []
    again = await incident(advised, crowd, crowd.desk_team)
    facts = await repair_history(SimpleNamespace(**vars(again)))  # type: ignore[arg-type]  # as much as it reads
    assert len(facts) == 1
