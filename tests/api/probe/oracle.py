"""The oracle: who may see which row, told a second time, naively and from the rows alone."""

from dataclasses import dataclass, field
from typing import Any

from foredesk.catalog.models import Service
from foredesk.knowledge.models import Article, ArticleQuestion
from foredesk.people.models import Organization, Person, Team, TeamCustomer, TeamMember
from foredesk.people.roles import Role
from foredesk.people.viewer import Viewer
from foredesk.sla.models import Agreement
from foredesk.surveys.models import Invitation, Survey, SurveyVersion
from foredesk.tickets.models import Ticket, TicketEvent
from foredesk.tickets.states import EventKind
from tests.api.probe.canaries import Canary

INTERNAL = {
    EventKind.SUGGESTED,
    EventKind.NOTED,
    EventKind.CLOCK_WARNED,
    EventKind.AGREEMENT_CHOSEN,
}
MANAGERS = {Role.PROBLEM_MANAGER, Role.CUSTOMER_SERVICE_MANAGER}


@dataclass(slots=True)
class Oracle:
    tickets: dict[Any, Ticket] = field(default_factory=dict)
    customers: set[tuple[Any, Any]] = field(default_factory=set)
    members: set[tuple[Any, Any]] = field(default_factory=set)
    invitations: set[tuple[Any, Any]] = field(default_factory=set)
    surveys: dict[Any, Survey] = field(default_factory=dict)

    async def learn(self) -> None:
        self.tickets = {ticket.id: ticket for ticket in await Ticket.all()}
        self.surveys = {survey.id: survey for survey in await Survey.all()}
        self.customers = {(row.team_id, row.organization_id) for row in await TeamCustomer.all()}
        self.members = {(row.team_id, row.person_id) for row in await TeamMember.all()}
        self.invitations = {(row.version_id, row.person_id) for row in await Invitation.all()}

    def may_read(self, viewer: Viewer | None, canary: Canary) -> bool:
        row = canary.row
        if not self.may_see(viewer, row):
            return False
        if isinstance(row, Person) and canary.column in ("email", "phone"):
            return viewer is not None and (viewer.person_id == row.id or is_agent(viewer))
        if isinstance(row, Person | Organization | Team | Service | Agreement | Survey):
            return canary.column in ("name", "title", "slug", "description")
        if isinstance(row, TicketEvent) and canary.key in ("explanation", "decided_by"):
            return viewer is not None and is_agent(viewer)
        return not (isinstance(row, Article) and canary.column.startswith("source"))

    def may_see(self, viewer: Viewer | None, row: Any) -> bool:
        """Default: no."""
        if isinstance(row, Article):
            return self._article(viewer, row)
        if viewer is None:
            return False
        root = Role.ADMINISTRATOR in viewer.roles
        ours = houses(viewer)
        match row:
            case Organization():
                return root or row.id in ours
            case Team():
                return root or self._team(viewer, row)
            case Person():
                return root or self._person(viewer, row)
            case Service() | Agreement():
                return root or row.organization_id is None or row.organization_id in ours
            case Ticket():
                return self._ticket(viewer, row)
            case TicketEvent():
                ticket = self.tickets[row.ticket_id]
                inside = root or (is_agent(viewer) and ticket.organization_id in viewer.serves)
                return self._ticket(viewer, ticket) and (inside or row.kind not in INTERNAL)
            case ArticleQuestion():
                asked_in = self.tickets[row.ticket_id].organization_id
                return root or (is_agent(viewer) and asked_in in viewer.serves)
            case Survey():
                return root or self._manages(viewer, row)
            case SurveyVersion():
                asked = (row.id, viewer.person_id) in self.invitations
                return root or asked or self._manages(viewer, self.surveys[row.survey_id])
            case Invitation():
                asked = row.person_id == viewer.person_id
                ticket = self.tickets[row.ticket_id]
                return (
                    root
                    or asked
                    or bool(viewer.roles & MANAGERS and ticket.organization_id in viewer.serves)
                )
        return False

    def _article(self, viewer: Viewer | None, row: Article) -> bool:
        if viewer and Role.ADMINISTRATOR in viewer.roles:
            return True
        ours = houses(viewer) if viewer else set()
        if viewer and is_agent(viewer):
            return row.organization_id is None or row.organization_id in ours
        if row.state != "published" or row.audience == "agents":
            return False
        return row.audience == "public" or row.organization_id in ours

    def _ticket(self, viewer: Viewer, row: Ticket) -> bool:
        return (
            Role.ADMINISTRATOR in viewer.roles
            or row.requester_id == viewer.person_id
            or (is_agent(viewer) and row.organization_id in viewer.serves)
        )

    def _team(self, viewer: Viewer, row: Team) -> bool:
        return (row.id, viewer.person_id) in self.members or any(
            (row.id, house) in self.customers for house in houses(viewer)
        )

    def _person(self, viewer: Viewer, row: Person) -> bool:
        teams = {team for team, person in self.members if person == row.id}
        return (
            row.id == viewer.person_id
            or any((team, viewer.organization_id) in self.customers for team in teams)
            or (
                is_agent(viewer)
                and (
                    row.organization_id in houses(viewer)
                    or any((team, viewer.person_id) in self.members for team in teams)
                )
            )
        )

    def _manages(self, viewer: Viewer, row: Survey) -> bool:
        return bool(viewer.roles & MANAGERS) and row.organization_id in viewer.serves


def houses(viewer: Viewer) -> set[Any]:
    return {viewer.organization_id} | set(viewer.serves)


def is_agent(viewer: Viewer) -> bool:
    return bool(viewer.roles - {Role.REQUESTER})
