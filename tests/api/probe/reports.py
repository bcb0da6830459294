"""Reports: reasons for outage in both houses of the probe's world, with every kind of text."""

from datetime import date

from foredesk.desk import Desk
from foredesk.outages.answer import refuse_outage_report
from foredesk.outages.content import Content, Moment, PlannedAction
from foredesk.outages.write import draft_outage_report, revise_outage_report, send_outage_report
from foredesk.people.viewer import Viewer
from foredesk.tickets.models import Ticket


async def report(desk: Desk, ticket: Ticket, *, by: Viewer, to: Viewer, slug: str) -> None:
    """A version that was sent and refused, and another that nobody outside has seen."""
    assert by.person_id is not None
    await draft_outage_report(desk, by, ticket_id=ticket.id)
    for about in ("the first", "the second"):
        content = Content(
            summary=f"The VPN of {slug} was down",
            impact=f"All of {slug}, {about}",
            cause=f"Age at {slug}, {about}",
            workaround=f"Wait at {slug}, {about}",
            timeline=[Moment(desk.now(), f"Down at {slug}, {about}")],
            actions=[PlannedAction(f"Renew at {slug}, {about}", by.person_id, date(2026, 4, 1))],
        )
        await revise_outage_report(
            desk, by, ticket_id=ticket.id, content=content, note=f"Hush at {slug}"
        )
        if about == "the first":
            await send_outage_report(desk, by, ticket_id=ticket.id)
            await refuse_outage_report(
                desk, to, ticket_id=ticket.id, reason=f"Too short for {slug}"
            )
