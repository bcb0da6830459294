"""Whatever people try with a report, legal or not: it is what its events say, and a ticket never
closes over one that its customer has not accepted.
"""

import os
from collections.abc import Awaitable, Callable
from datetime import timedelta
from typing import Any

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from foredesk.desk import Desk
from foredesk.errors import DeskError
from foredesk.outages.answer import accept_outage_report, refuse_outage_report
from foredesk.outages.models import OutageReport, OutageReportVersion
from foredesk.outages.verify import report_differences
from foredesk.outages.write import (
    discard_outage_report,
    draft_outage_report,
    revise_outage_report,
    send_outage_report,
)
from foredesk.people.viewer import Viewer
from foredesk.tickets.confirm import (
    close_silent,
    confirm_resolution,
    refuse_resolution,
    reopen_ticket,
)
from foredesk.tickets.models import Ticket, TicketEvent
from foredesk.tickets.resolve import resolve_ticket
from foredesk.tickets.states import OutageReportState, TicketState
from foredesk.tickets.verify import differences
from tests.clock import Clock
from tests.outages.reports import complete, make_outage

EXAMPLES = int(os.environ.get("FOREDESK_TEST_EXAMPLES", "30"))
Command = Callable[[Desk, Viewer, Ticket], Awaitable[Any]]

COMMANDS: dict[str, Command] = {
    "draft": lambda desk, who, ticket: draft_outage_report(desk, who, ticket_id=ticket.id),
    "revise": lambda desk, who, ticket: revise_outage_report(
        desk, who, ticket_id=ticket.id, content=complete()
    ),
    "send": lambda desk, who, ticket: send_outage_report(desk, who, ticket_id=ticket.id),
    "discard": lambda desk, who, ticket: discard_outage_report(desk, who, ticket_id=ticket.id),
    "accept": lambda desk, who, ticket: accept_outage_report(desk, who, ticket_id=ticket.id),
    "refuse": lambda desk, who, ticket: refuse_outage_report(
        desk, who, ticket_id=ticket.id, reason="No"
    ),
    "resolve": lambda desk, who, ticket: resolve_ticket(
        desk, who, ticket_id=ticket.id, resolution="Done"
    ),
    "confirm": lambda desk, who, ticket: confirm_resolution(desk, who, ticket_id=ticket.id),
    "still broken": lambda desk, who, ticket: refuse_resolution(
        desk, who, ticket_id=ticket.id, reason="No"
    ),
    "reopen": lambda desk, who, ticket: reopen_ticket(
        desk, who, ticket_id=ticket.id, reason="Again"
    ),
    "silence": lambda desk, who, ticket: close_silent(desk),
}
BY_GRACE = ("draft", "revise", "send", "discard", "resolve", "reopen", "silence")

steps = st.lists(
    st.tuples(st.sampled_from(sorted(COMMANDS)), st.sampled_from([0, 1, 6 * 24 * 60])), max_size=16
)


@settings(
    max_examples=EXAMPLES,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(steps=steps)
async def test_a_report_is_what_its_events_say_and_no_ticket_closes_over_it(
    desk: Desk, clock: Clock, steps: list[tuple[str, int]]
) -> None:
    it = await make_outage(desk)
    for name, minutes in steps:
        clock.advance(timedelta(minutes=minutes))
        before = await TicketEvent.filter(ticket_id=it.ticket.id).count()
        versions = await OutageReportVersion.all().count()
        was = await Ticket.get(id=it.ticket.id)
        try:
            await COMMANDS[name](desk, it.grace if name in BY_GRACE else it.ada, it.ticket)
        except DeskError:
            assert await TicketEvent.filter(ticket_id=it.ticket.id).count() == before
            assert await OutageReportVersion.all().count() == versions

        ticket = await Ticket.get(id=it.ticket.id)
        assert await differences(ticket) == []
        assert await report_differences(ticket) == []
        check_laws(was, ticket)
        report = await OutageReport.get_or_none(ticket_id=ticket.id)
        assert ticket.outage_report_state == (report.state if report else None)


def check_laws(was: Ticket, ticket: Ticket) -> None:
    owed = was.outage_report_state in (OutageReportState.DRAFT, OutageReportState.SENT)
    closes = ticket.state is TicketState.CLOSED and was.state is not TicketState.CLOSED
    settled = ticket.outage_report_state in (None, OutageReportState.ACCEPTED)
    assert not closes or settled, (was.outage_report_state, ticket.outage_report_state)
    assert (ticket.close_due_at is not None) == (ticket.state is TicketState.RESOLVED and settled)
    if owed and ticket.outage_report_state is OutageReportState.ACCEPTED:
        assert was.outage_report_state is OutageReportState.SENT
    if ticket.state is TicketState.RESOLVED and ticket.confirmed_at is not None:
        assert not settled
