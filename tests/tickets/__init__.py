"""A desk with two organizations, for the tests of tickets."""

from dataclasses import dataclass
from datetime import timedelta

from foredesk.desk import Desk
from foredesk.people.models import Organization, Team
from foredesk.people.viewer import SYSTEM, Viewer
from foredesk.sla.calendars import define_calendar
from foredesk.sla.define import Promised, define_agreement
from foredesk.sla.definitions import RESOLUTION, RESPONSE
from foredesk.sla.models import Agreement
from foredesk.sla.priority import Priority
from tests.people import make_agent, make_organization, make_requester, make_team


@dataclass(frozen=True)
class Crowd:
    """Ada asks and Grace serves at Acme; Zoe asks and Zack serves at Zenith."""

    acme: Organization
    zenith: Organization
    desk_team: Team
    network_team: Team
    ada: Viewer
    grace: Viewer
    zoe: Viewer
    zack: Viewer


async def make_crowd(desk: Desk) -> Crowd:
    acme, zenith = await make_organization(desk), await make_organization(desk)
    desk_team = await make_team(desk, acme)
    return Crowd(
        acme=acme,
        zenith=zenith,
        desk_team=desk_team,
        network_team=await make_team(desk, acme),
        ada=await make_requester(desk, acme, "Ada"),
        grace=await make_agent(desk, acme, team=desk_team, name="Grace"),
        zoe=await make_requester(desk, zenith, "Zoe"),
        zack=await make_agent(desk, zenith, name="Zack"),
    )


WORKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday")


async def make_agreement(desk: Desk, organization: Organization) -> Agreement:
    """Office hours in Berlin; response in 1 h (2 h at most), resolution in 8 h (16 h at most)."""
    calendar = await define_calendar(
        desk,
        SYSTEM,
        name=f"Office hours of {organization.slug}",
        time_zone="Europe/Berlin",
        weekly={day: ["09:00-17:00"] for day in WORKDAYS},
    )
    return await define_agreement(
        desk,
        SYSTEM,
        name=f"Standard for {organization.slug}",
        calendar_id=calendar.id,
        promises=[
            Promised(clock, priority, timedelta(hours=hours), timedelta(hours=2 * hours))
            for clock, hours in ((RESPONSE, 1), (RESOLUTION, 8))
            for priority in Priority
        ],
        organization_id=organization.id,
    )
