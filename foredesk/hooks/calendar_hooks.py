"""Hooks on the hours in which somebody works. None of them runs inside a database transaction."""

from collections.abc import Sequence

from foredesk.hooks.context import Context
from foredesk.hooks.facts import CalendarFacts, TicketFacts
from foredesk.hooks.results import CalendarChoice, Holiday
from foredesk.hooks.specification import Mode, hookspec


@hookspec(Mode.FIRST, budget=0.05, returns=CalendarChoice)
def choose_calendar(
    ctx: Context, ticket: TicketFacts, calendars: tuple[CalendarFacts, ...]
) -> CalendarChoice | None:
    """Say by whose hours a ticket's clocks run, where those of its agreement are not right.

    Called: once after a ticket is stored, before its clocks start. `calendars` are all the desk
    has, the agreement's own first.
    Answers: plugins are asked in order; the first answer that names one of `calendars` counts,
    and stands in the ticket's history with its explanation.
    None: ask the next plugin; after the last, the agreement's calendar applies.
    Budget: 50 ms for all plugins together.
    Failure: it is logged against your plugin and counts as None.
    """


@hookspec(Mode.COLLECT, budget=30.0, returns=Holiday, many=True)
def provide_holidays(ctx: Context, calendar: CalendarFacts, year: int) -> Sequence[Holiday] | None:
    """Say on which days of a year the place of a calendar rests.

    Called: when somebody looks through the holidays of a calendar, and when those of next years
    are proposed; never while a clock is read.
    Answers: all are proposed beside the public holidays of the calendar's country; a person
    chooses, and what they chose becomes exceptions of the calendar.
    None: you know of none.
    Budget: 30 s.
    Failure: it is logged against your plugin and counts as None.
    """
