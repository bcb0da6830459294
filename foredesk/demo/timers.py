"""Timers: what the server sweeps every few seconds, with a look ahead for the story's clock."""

from collections.abc import Sequence
from datetime import datetime

from foredesk.demo.stage import Timer
from foredesk.desk import Desk
from foredesk.sla.models import TicketClock
from foredesk.surveys.invite import expire_invitations, send_due_invitations
from foredesk.surveys.models import Invitation, InvitationState
from foredesk.tickets.confirm import close_silent
from foredesk.tickets.models import Ticket
from foredesk.tickets.timers import tell_due_clocks


def timers(desk: Desk) -> Sequence[Timer]:
    return (
        Timer(_next_notice, lambda: tell_due_clocks(desk)),
        Timer(_next_closing, lambda: close_silent(desk)),
        Timer(_next_invitation, lambda: _invite(desk)),
    )


async def _invite(desk: Desk) -> None:
    await send_due_invitations(desk)
    await expire_invitations(desk)


async def _next_notice(since: datetime) -> datetime | None:
    clock = await TicketClock.filter(next_due_at__gt=since).order_by("next_due_at").first()
    return clock.next_due_at if clock else None


async def _next_closing(since: datetime) -> datetime | None:
    ticket = await Ticket.filter(close_due_at__gt=since).order_by("close_due_at").first()
    return ticket.close_due_at if ticket else None


async def _next_invitation(since: datetime) -> datetime | None:
    waiting = Invitation.filter(state=InvitationState.WAITING, send_at__gt=since)
    invitation = await waiting.order_by("send_at").first()
    return invitation.send_at if invitation else None
