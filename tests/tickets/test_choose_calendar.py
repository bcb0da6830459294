"""A plugin chooses by whose hours a ticket's clocks run; the history says so and why."""

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from typing import Any
from uuid import UUID

import pytest

from foredesk.desk import Desk
from foredesk.hooks import CalendarChoice, CalendarFacts, TicketFacts
from foredesk.people.viewer import SYSTEM
from foredesk.sla.calendars import define_calendar
from foredesk.sla.holidays import HolidaySource
from foredesk.sla.models import Calendar, TicketClock
from foredesk.tickets.classify import classify_ticket
from foredesk.tickets.models import Ticket, TicketEvent
from foredesk.tickets.record import record_ticket
from foredesk.tickets.states import EventKind
from foredesk.tickets.verify import differences
from tests.clock import NOW
from tests.plugins.made import host_with, made
from tests.tickets import make_agreement, make_crowd

ALWAYS = {day: ["00:00-24:00"] for day in ("monday", "tuesday", "wednesday", "thursday", "friday")}
Choose = Callable[..., Any]


async def always(calendars: tuple[CalendarFacts, ...]) -> CalendarChoice:
    (chosen,) = [one for one in calendars if one.name == "Around the clock"]
    assert chosen.id is not None
    return CalendarChoice(chosen.id, "the line stands still")


async def only_when_down(
    ticket: TicketFacts, calendars: tuple[CalendarFacts, ...]
) -> CalendarChoice | None:
    return await always(calendars) if ticket.priority == "critical" else None


async def own(calendars: tuple[CalendarFacts, ...]) -> CalendarChoice:
    assert calendars[0].id is not None
    return CalendarChoice(calendars[0].id, "it is right")


async def invented() -> CalendarChoice:
    return CalendarChoice(UUID(int=7), "because")


async def broken() -> CalendarChoice:
    raise RuntimeError


async def recorded(desk: Desk, choose: Choose) -> tuple[Desk, Ticket]:
    crowd = await make_crowd(desk)
    await make_agreement(desk, crowd.acme)
    await define_calendar(
        desk,
        SYSTEM,
        name="Around the clock",
        time_zone="UTC",
        weekly=ALWAYS,
        holidays=HolidaySource("DE", "BE", years=(2026,)),
    )
    desk = replace(desk, hooks=host_with(made("night-shift", choose_calendar=choose)))
    return desk, await record_ticket(desk, crowd.ada, subject="Line 2 is down")


async def chosen(ticket: Ticket) -> list[dict[str, Any]]:
    events = await TicketEvent.filter(ticket_id=ticket.id, kind=EventKind.AGREEMENT_CHOSEN)
    return [event.data for event in events]


async def test_the_choice_stands_in_the_history_and_the_clocks_run_by_it(desk: Desk) -> None:
    desk, ticket = await recorded(desk, always)

    around = await Calendar.get(name="Around the clock")
    first, last = await chosen(ticket)
    assert "calendar_id" not in first
    assert last["agreement_version_id"] == first["agreement_version_id"]
    assert last["calendar_id"] == str(around.id)
    assert last["calendar_because"] == "night-shift: the line stands still"
    assert {clock.calendar_id for clock in await TicketClock.filter(ticket_id=ticket.id)} == {
        around.id
    }
    (resolution,) = await TicketClock.filter(ticket_id=ticket.id, name="resolution")
    assert resolution.target_due_at == NOW + timedelta(seconds=resolution.target_seconds)
    assert await differences(await Ticket.get(id=ticket.id)) == []


@pytest.mark.parametrize("choose", [own, invented, broken])
async def test_without_a_usable_choice_the_agreements_own_calendar_applies(
    desk: Desk, choose: Choose
) -> None:
    desk, ticket = await recorded(desk, choose)

    assert [data.get("calendar_id") for data in await chosen(ticket)] == [None]


async def test_a_choice_that_is_made_no_more_is_taken_back(desk: Desk) -> None:
    desk, ticket = await recorded(desk, only_when_down)

    for level in ("high", "low"):
        await classify_ticket(
            desk,
            SYSTEM,
            ticket_id=ticket.id,
            kind=None,
            category=None,
            impact=level,  # type: ignore[arg-type]
            urgency=level,  # type: ignore[arg-type]
        )

    around = await Calendar.get(name="Around the clock")
    assert [data.get("calendar_id") for data in await chosen(ticket)] == [
        None,
        str(around.id),
        None,
    ]


async def test_plugins_are_told_of_every_calendar_the_agreements_own_first(desk: Desk) -> None:
    seen: list[tuple[CalendarFacts, ...]] = []

    async def look(calendars: tuple[CalendarFacts, ...]) -> None:
        seen.append(calendars)

    await recorded(desk, look)

    ((first, second),) = seen
    assert first.name != "Around the clock"
    assert (second.name, second.time_zone, second.country, second.region) == (
        "Around the clock",
        "UTC",
        "DE",
        "BE",
    )
