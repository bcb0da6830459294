"""A live survey and closed requests, made by the use cases."""

from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from foredesk.desk import Desk
from foredesk.people.roles import Role
from foredesk.people.viewer import SYSTEM, Viewer
from foredesk.surveys.define import Asking, define_survey, publish_survey
from foredesk.surveys.models import Invitation, Metric, Survey, SurveyVersion
from foredesk.surveys.starter import STARTER_METRICS, STARTER_SURVEY
from foredesk.tickets.confirm import confirm_resolution
from foredesk.tickets.models import Ticket
from foredesk.tickets.record import record_ticket
from foredesk.tickets.resolve import resolve_ticket
from tests.people import make_agent, make_requester
from tests.quiet_parts import QuietMailer
from tests.tickets import Crowd, make_crowd

ALWAYS = Asking(delay=timedelta(hours=1), probability=1.0)


@dataclass(frozen=True)
class Rows:
    crowd: Crowd
    manager: Viewer
    survey: Survey
    version: SurveyVersion


async def make_survey(desk: Desk, asking: Asking = ALWAYS) -> Rows:
    crowd = await make_crowd(desk)
    survey = await define_survey(
        desk,
        SYSTEM,
        organization_id=crowd.acme.id,
        key="after_closing",
        title="After closing",
        metric=Metric.CSAT,
        asking=asking,
    )
    version = await publish_survey(
        desk,
        SYSTEM,
        survey_id=survey.id,
        definition=STARTER_SURVEY,
        metrics=STARTER_METRICS,
    )
    manager = await make_agent(
        desk, crowd.acme, role=Role.CUSTOMER_SERVICE_MANAGER, team=crowd.desk_team, name="Maria"
    )
    return Rows(crowd, manager, await Survey.get(id=survey.id), version)


async def close_one(desk: Desk, crowd: Crowd, requester: Viewer | None = None) -> Ticket:
    """A request that was filed, resolved and confirmed."""
    requester = requester or crowd.ada
    ticket = await record_ticket(desk, requester, subject="VPN drops every hour")
    await resolve_ticket(desk, crowd.grace, ticket_id=ticket.id, resolution="A new profile.")
    return await confirm_resolution(desk, requester, ticket_id=ticket.id)


async def make_people(desk: Desk, crowd: Crowd, count: int) -> list[Viewer]:
    return [await make_requester(desk, crowd.acme, f"Person {place}") for place in range(count)]


def last_token(desk: Desk) -> str:
    """From the link in the newest mail."""
    text = _mailer(desk).sent[-1].text
    link: str = next(word for word in text.split() if "/survey/" in word)
    return link.rsplit("/", 1)[1]


def _mailer(desk: Desk) -> QuietMailer:
    assert isinstance(desk.mailer, QuietMailer)
    return desk.mailer


def sent(desk: Desk) -> list[Any]:
    return list(_mailer(desk).sent)


async def only_invitation() -> Invitation:
    return await Invitation.get()
