"""A week of seven requests in Berlin, told in local times, whose figures are counted by hand."""

from dataclasses import dataclass, replace
from datetime import datetime
from zoneinfo import ZoneInfo

from foredesk.desk import Desk
from foredesk.measures.selection import Selection
from foredesk.people.models import Organization, Person, Team
from foredesk.people.roles import Role
from foredesk.people.viewer import SYSTEM, Viewer, viewer_of
from foredesk.tickets.assign import assign_ticket
from foredesk.tickets.bring_in import PastTicket, bring_in_ticket
from foredesk.tickets.confirm import refuse_resolution
from foredesk.tickets.models import Ticket
from foredesk.tickets.record import record_ticket
from foredesk.tickets.reply import add_reply
from foredesk.tickets.resolve import resolve_ticket
from tests.clock import Clock
from tests.people import make_organization, make_person, make_team
from tests.sla.agreements import make_agreement

BERLIN = ZoneInfo("Europe/Berlin")
HOUR = 3600


def berlin(day: str, time: str = "00:00") -> datetime:
    """`berlin("03-02", "10:00")`: a Monday of 2026."""
    return datetime.fromisoformat(f"2026-{day}T{time}").replace(tzinfo=BERLIN)


WEEK = Selection(since=berlin("03-02"), until=berlin("03-09"), time_zone="Europe/Berlin")


@dataclass(slots=True)
class Office:
    desk: Desk
    clock: Clock
    organization: Organization
    team: Team
    ada: Viewer
    grace: Viewer
    henry: Person
    imported_for: Person

    async def recorded(self, day: str, time: str, subject: str = "Help") -> Ticket:
        """It is Grace's from the beginning: the first assignment is no hand-off."""
        self.clock.now = berlin(day, time)
        ticket = await record_ticket(self.desk, self.ada, subject=subject)
        await self.given_to(ticket, self.grace.person_id)
        return ticket

    async def given_to(self, ticket: Ticket, person_id: object) -> None:
        await assign_ticket(
            self.desk,
            SYSTEM,
            ticket_id=ticket.id,
            team_id=self.team.id,
            assignee_id=person_id,  # type: ignore[arg-type]
        )

    async def replied(self, ticket: Ticket, day: str, time: str) -> None:
        self.clock.now = berlin(day, time)
        await add_reply(self.desk, self.grace, ticket_id=ticket.id, body="We look at it.")

    async def resolved(self, ticket: Ticket, day: str, time: str) -> None:
        self.clock.now = berlin(day, time)
        await resolve_ticket(self.desk, self.grace, ticket_id=ticket.id, resolution="Done.")

    async def refused(self, ticket: Ticket, day: str, time: str) -> None:
        self.clock.now = berlin(day, time)
        await refuse_resolution(self.desk, self.ada, ticket_id=ticket.id, reason="No.")


async def open_office(desk: Desk, clock: Clock, slug: str = "acme") -> Office:
    """Nine to five in Berlin: answered in 4 hours, 8 at the latest, solved in 16, 32 at the
    latest.
    """
    clock.now = berlin("02-02")
    organization = await make_organization(desk, slug)
    await make_agreement(desk, organization=organization)
    team = await make_team(desk, organization, key=f"{slug}-team")
    person = await make_person(desk, organization, Role.INCIDENT_RESOLVER, teams=[team])
    henry = await make_person(desk, organization, Role.INCIDENT_RESOLVER, teams=[team])
    ada = await make_person(desk, organization)
    return Office(
        desk=desk,
        clock=clock,
        organization=organization,
        team=team,
        ada=await viewer_of(ada),
        grace=await viewer_of(person),
        henry=henry,
        imported_for=ada,
    )


async def play_the_week(office: Office) -> None:
    """Afterwards it is April: every window is over."""
    at_once = await office.recorded("03-02", "10:00", "Solved by the first reply")
    await office.resolved(at_once, "03-02", "11:00")

    late = await office.recorded("03-02", "10:00", "Answered after 6 hours")
    await office.replied(late, "03-02", "16:00")
    await office.resolved(late, "03-03", "16:00")

    too_late = await office.recorded("03-02", "10:00", "Answered after 16 hours")
    await office.replied(too_late, "03-04", "10:00")
    await office.resolved(too_late, "03-06", "09:30")

    refused = await office.recorded("03-03", "09:00", "Refused once")
    await office.replied(refused, "03-03", "10:00")
    await office.resolved(refused, "03-03", "12:00")
    await office.refused(refused, "03-04", "09:00")
    await office.resolved(refused, "03-04", "12:00")

    passed = await office.recorded("03-03", "09:00", "Passed to Henry and back")
    await office.replied(passed, "03-03", "09:30")
    await office.given_to(passed, office.henry.id)
    await office.given_to(passed, office.grace.person_id)
    await office.resolved(passed, "03-05", "17:00")

    await office.recorded("03-06", "09:00", "Forgotten")
    await bring_in_ticket(
        office.desk,
        SYSTEM,
        requester=office.imported_for,
        past=PastTicket(
            external_key=f"old-{office.organization.slug}",
            subject="From another desk",
            opened_at=berlin("03-02", "08:00"),
            resolved_at=berlin("03-04", "10:00"),
        ),
    )
    office.clock.now = berlin("04-06")


def of(office: Office, **conditions: object) -> Selection:
    """The week, and of the office's organization only."""
    return replace(WEEK, organization_ids=[office.organization.id], **conditions)  # type: ignore[arg-type]
