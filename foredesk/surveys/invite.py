"""Invite: send the invitations that are due, and close those whose time is over."""

from datetime import datetime
from functools import partial
from uuid import UUID
from zoneinfo import ZoneInfo

from babel.dates import format_date

from foredesk import letters
from foredesk.database import transaction
from foredesk.desk import Desk
from foredesk.each import each
from foredesk.people.models import Organization, Person
from foredesk.people.secrets import digest, new_secret
from foredesk.ports import Mail
from foredesk.surveys.models import Invitation, InvitationState, Survey, SurveyOptOut, SurveyState
from foredesk.tickets.models import Ticket
from foredesk.tickets.states import TicketState

PACKAGE = "foredesk.surveys"
ANSWERABLE = (InvitationState.SENT, InvitationState.OPENED)


async def send_due_invitations(desk: Desk, *, limit: int = 100) -> int:
    """Send each invitation whose time has come, once; returns how many left.

    One whose request was opened again, whose survey is not live any more, or whose person does
    not want to be asked, is taken back.
    """
    due = await (
        Invitation.filter(state=InvitationState.WAITING, send_at__lte=desk.now())
        .order_by("send_at", "id")
        .limit(limit)
        .values_list("id", flat=True)
    )
    ids = [UUID(str(invitation_id)) for invitation_id in due]
    return sum(await each("Sending the invitation", ids, partial(_send, desk)))


async def expire_invitations(desk: Desk) -> int:
    """Close every invitation whose time is over; what was answered by then is kept."""
    return await Invitation.filter(
        state__in=(InvitationState.WAITING, *ANSWERABLE), expires_at__lte=desk.now()
    ).update(state=InvitationState.EXPIRED)


async def _send(desk: Desk, invitation_id: UUID) -> bool:
    async with transaction():
        invitation = (
            await Invitation.filter(id=invitation_id, state=InvitationState.WAITING)
            .select_for_update()
            .first()
        )
        if invitation is None:
            return False
        ticket = await Ticket.get(id=invitation.ticket_id)
        survey = await Survey.get(versions__id=invitation.version_id)
        if not await _still_wanted(invitation, ticket, survey):
            invitation.state = InvitationState.CANCELED
            await invitation.save()
            return False
        secret = new_secret()
        invitation.token_hash = digest(secret)
        invitation.state = InvitationState.SENT
        invitation.sent_at = desk.now()
        await invitation.save()
        await desk.mailer.send(await _mail(desk, invitation, ticket, survey, secret))
    return True


async def _still_wanted(invitation: Invitation, ticket: Ticket, survey: Survey) -> bool:
    return (
        ticket.state is TicketState.CLOSED
        and not ticket.is_confidential
        and survey.state is SurveyState.LIVE
        and not await SurveyOptOut.exists(person_id=invitation.person_id)
    )


async def _mail(
    desk: Desk, invitation: Invitation, ticket: Ticket, survey: Survey, secret: str
) -> Mail:
    person = await Person.get(id=invitation.person_id)
    organization = await Organization.get(id=person.organization_id)
    locale = person.locale or organization.locale
    subject, text = letters.written(
        PACKAGE,
        "invitation",
        locale,
        {
            "name": person.name,
            "number": ticket.number,
            "subject": ticket.subject,
            "link": f"{desk.settings.address}/survey/{secret}",
            "expires_on": _day(
                invitation.expires_at, person.time_zone or organization.time_zone, locale
            ),
            "cool_down_days": survey.cool_down_days,
        },
    )
    return Mail(f"survey-invitation:{invitation.id}", person.email, subject, text, locale)


def _day(at: datetime, time_zone: str, locale: str) -> str:
    """In the language of the letter."""
    language = "de" if locale.split("-")[0] == "de" else "en"
    return format_date(at.astimezone(ZoneInfo(time_zone)), "long", locale=language)
