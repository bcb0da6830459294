"""Timers: what the server sweeps every few seconds, with a look ahead for the story's clock."""

from collections.abc import Sequence
from datetime import datetime
from typing import cast

from tortoise.models import Model

from foredesk.demo.stage import Timer
from foredesk.desk import Desk
from foredesk.sla.models import TicketClock
from foredesk.surveys.invite import expire_invitations, send_due_invitations
from foredesk.surveys.models import Invitation, InvitationState
from foredesk.tickets.confirm import close_silent
from foredesk.tickets.models import Ticket
from foredesk.tickets.overdue import tell_overdue_estimates
from foredesk.tickets.pause import resume_due
from foredesk.tickets.timers import tell_due_clocks


def timers(desk: Desk) -> Sequence[Timer]:
    return (
        Timer(_next_notice, lambda: tell_due_clocks(desk)),
        Timer(_next_overdue, lambda: tell_overdue_estimates(desk)),
        Timer(_next_resuming, lambda: resume_due(desk)),
        Timer(_next_closing, lambda: close_silent(desk)),
        Timer(_next_invitation, lambda: _invite(desk)),
    )


async def _invite(desk: Desk) -> None:
    await send_due_invitations(desk)
    await expire_invitations(desk)


async def _next_notice(since: datetime) -> datetime | None:
    return await _earliest(TicketClock, "next_due_at", since)


async def _next_overdue(since: datetime) -> datetime | None:
    return await _earliest(Ticket, "estimate_reminder_at", since)


async def _next_resuming(since: datetime) -> datetime | None:
    return await _earliest(Ticket, "paused_until", since)


async def _next_closing(since: datetime) -> datetime | None:
    return await _earliest(Ticket, "close_due_at", since)


async def _next_invitation(since: datetime) -> datetime | None:
    return await _earliest(Invitation, "send_at", since, state=InvitationState.WAITING)


async def _earliest(
    model: type[Model], column: str, since: datetime, **limits: object
) -> datetime | None:
    """Only that column is read: this is asked some thousand times."""
    later = model.filter(**{f"{column}__gt": since}, **limits).order_by(column)
    found = await later.limit(1).values_list(column, flat=True)
    return cast(datetime, found[0]) if found else None
