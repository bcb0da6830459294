"""The oracle: who may see which row, told a second time, naively and from the rows alone."""

from dataclasses import dataclass, field
from typing import Any

from foredesk.catalog.models import Service
from foredesk.channels.models import Notification
from foredesk.knowledge.authoring import (
    ArticleAttachment,
    ArticleEvent,
    ArticleNotice,
    ArticleProposal,
)
from foredesk.knowledge.models import Article, ArticleQuestion, ArticleVersion
from foredesk.knowledge.search_models import GoldenQuery, GoldenRun, WordList
from foredesk.outages.models import OutageAction, OutageReport, OutageReportVersion
from foredesk.people.models import (
    Absence,
    ApiToken,
    Organization,
    PeopleEvent,
    Person,
    RequestVisibility,
    RoleGrant,
    Session,
    Team,
    TeamCustomer,
    TeamMember,
)
from foredesk.people.roles import Role
from foredesk.people.viewer import Viewer
from foredesk.sla.models import Agreement, AgreementClock, AgreementVersion, Calendar
from foredesk.surveys.models import Invitation, Survey, SurveyVersion
from foredesk.tickets.models import Ticket, TicketArticle, TicketEvent
from foredesk.tickets.states import EventKind
from tests.api.probe.canaries import Canary

INTERNAL = {
    EventKind.SUGGESTED,
    EventKind.NOTED,
    EventKind.CLOCK_WARNED,
    EventKind.OPERATIONAL_MISSED,
    EventKind.AGREEMENT_CHOSEN,
    EventKind.ESTIMATE_OVERDUE,
    EventKind.OUTAGE_REPORT_DRAFTED,
    EventKind.OUTAGE_REPORT_REVISED,
    EventKind.OUTAGE_REPORT_DISCARDED,
    EventKind.OUTAGE_ACTION_COMPLETED,
    EventKind.IMPORTED,
    EventKind.MERGED_IN,
    EventKind.MERGED_OUT,
    EventKind.FORWARDED,
    EventKind.ARTICLE_LINKED,
    EventKind.ARTICLE_UNLINKED,
}
CUSTOMERS = {Role.REQUESTER, Role.ORGANIZATION_COORDINATOR}
MANAGERS = {Role.PROBLEM_MANAGER, Role.CUSTOMER_SERVICE_MANAGER}


@dataclass(slots=True)
class Oracle:
    tickets: dict[Any, Ticket] = field(default_factory=dict)
    customers: set[tuple[Any, Any]] = field(default_factory=set)
    members: set[tuple[Any, Any]] = field(default_factory=set)
    invitations: set[tuple[Any, Any]] = field(default_factory=set)
    surveys: dict[Any, Survey] = field(default_factory=dict)
    reports: dict[Any, OutageReport] = field(default_factory=dict)
    articles: dict[Any, Article] = field(default_factory=dict)
    people: dict[Any, Person] = field(default_factory=dict)
    organizations: dict[Any, Organization] = field(default_factory=dict)
    hidden_teams: set[Any] = field(default_factory=set)
    agents: set[Any] = field(default_factory=set)
    stand_ins: set[tuple[Any, Any]] = field(default_factory=set)
    """Substitute and absent person; all absences of the probe last, and no chain is in it."""
    terms: dict[Any, AgreementVersion] = field(default_factory=dict)
    """Versions with their agreements."""

    async def learn(self) -> None:
        self.tickets = {ticket.id: ticket for ticket in await Ticket.all()}
        self.reports = {report.id: report for report in await OutageReport.all()}
        self.articles = {article.id: article for article in await Article.all()}
        self.surveys = {survey.id: survey for survey in await Survey.all()}
        self.customers = {(row.team_id, row.organization_id) for row in await TeamCustomer.all()}
        self.members = {(row.team_id, row.person_id) for row in await TeamMember.all()}
        self.people = {person.id: person for person in await Person.all()}
        self.organizations = {row.id: row for row in await Organization.all()}
        self.hidden_teams = {team.id for team in await Team.filter(is_confidential=True)}
        grants = await RoleGrant.all()
        self.agents = {row.person_id for row in grants if row.role not in CUSTOMERS}
        self.stand_ins = {(row.substitute_id, row.person_id) for row in await Absence.all()}
        versions = await AgreementVersion.all().prefetch_related("agreement")
        self.terms = {version.id: version for version in versions}
        self.invitations = {(row.version_id, row.person_id) for row in await Invitation.all()}

    def may_read(self, viewer: Viewer | None, canary: Canary) -> bool:
        row = canary.row
        if not self.may_see(viewer, row):
            return False
        if isinstance(row, Person) and canary.column in ("email", "phone"):
            return viewer is not None and (viewer.person_id == row.id or is_agent(viewer))
        if isinstance(row, ApiToken):
            return canary.column in ("name", "public_id")
        if isinstance(row, Session):
            return canary.column in ("browser", "address")
        if isinstance(row, Person | Organization | Team | Service | Agreement | Survey | Calendar):
            return canary.column in ("name", "title", "slug", "description", "key")
        if isinstance(row, OutageReportVersion) and canary.column == "note":
            return viewer is not None and self._handles(viewer, self._ticket_of(row))
        if isinstance(row, TicketEvent) and (
            canary.key == "note" or (row.kind is EventKind.MOVED and canary.key == "reason")
        ):
            return viewer is not None and self._handles(viewer, self.tickets[row.ticket_id])
        if isinstance(row, TicketEvent) and canary.key in ("explanation", "decided_by"):
            return viewer is not None and is_agent(viewer)
        return not (isinstance(row, Article) and canary.column.startswith("source"))

    def may_see(self, viewer: Viewer | None, row: Any) -> bool:
        """Default: no."""
        if isinstance(row, Article):
            return self._article(viewer, row)
        if isinstance(row, ArticleAttachment):
            return self._article(viewer, self.articles[row.article_id])
        if viewer is None:
            return False
        root = Role.ADMINISTRATOR in viewer.roles
        ours = self._houses(viewer)
        match row:
            case Absence():
                whose = self.people[row.person_id]
                inside = is_agent(viewer) and self._person(viewer, whose)
                return root or inside or row.person_id == viewer.person_id
            case PeopleEvent():
                return root
            case ApiToken():
                return root or row.person_id == viewer.person_id
            case Session():
                return row.person_id == viewer.person_id
            case Organization():
                return root or row.id in ours
            case Team():
                return root or self._team(viewer, row)
            case Person():
                return root or self._person(viewer, row)
            case Service() | Agreement():
                return root or row.organization_id is None or row.organization_id in ours
            case Calendar():
                of_them = [one for one in self.terms.values() if one.calendar_id == row.id]
                free = not of_them and Role.CUSTOMER_SERVICE_MANAGER in viewer.roles
                seen = any(self.may_see(viewer, one.agreement) for one in of_them)
                return root or free or seen
            case AgreementClock():
                seen = self.may_see(viewer, self.terms[row.version_id].agreement)
                return seen and (row.team_id is None or is_agent(viewer))
            case Notification():
                asked = row.person_id == viewer.person_id
                return asked and self._handles(viewer, self.tickets[row.ticket_id])
            case Ticket():
                return self._ticket(viewer, row)
            case TicketArticle():
                return self._handles(viewer, self.tickets[row.ticket_id])
            case TicketEvent():
                ticket = self.tickets[row.ticket_id]
                inside = self._handles(viewer, ticket)
                return self._ticket(viewer, ticket) and (inside or row.kind not in INTERNAL)
            case OutageReport():
                return self._report(viewer, row, sent=row.sent_version is not None)
            case OutageReportVersion():
                report = self.reports[row.report_id]
                return self._report(viewer, report, sent=row.number == report.sent_version)
            case OutageAction():
                report = self.reports[row.report_id]
                last = row.until_version or report.version + 1
                is_in = row.since_version <= (report.sent_version or 0) < last
                return self._report(viewer, report, sent=is_in)
            case ArticleVersion() | ArticleEvent():
                return is_agent(viewer) and self._article(viewer, self.articles[row.article_id])
            case ArticleNotice():
                inside = is_agent(viewer) and self._article(viewer, self.articles[row.article_id])
                return inside and row.person_id == viewer.person_id
            case ArticleProposal():
                return is_agent(viewer) and self._article(viewer, self.articles[row.article_id])
            case WordList():
                manages = Role.CUSTOMER_SERVICE_MANAGER in viewer.roles
                return root or (manages and row.organization_id in self._serves(viewer))
            case GoldenQuery() | GoldenRun():
                return root or row.organization_id in self._serves(viewer)
            case ArticleQuestion():
                return is_agent(viewer) and self._ticket(viewer, self.tickets[row.ticket_id])
            case Survey():
                return root or self._manages(viewer, row)
            case SurveyVersion():
                asked = (row.id, viewer.person_id) in self.invitations
                return root or asked or self._manages(viewer, self.surveys[row.survey_id])
            case Invitation():
                asked = row.person_id == viewer.person_id
                ticket = self.tickets[row.ticket_id]
                managed = bool(viewer.roles & MANAGERS) and self._handles(viewer, ticket)
                return root or asked or managed
        return False

    def _article(self, viewer: Viewer | None, row: Article) -> bool:
        if row.team_id is not None and not self._of_team(viewer, row):
            return False
        if viewer and Role.ADMINISTRATOR in viewer.roles:
            return True
        ours = self._houses(viewer) if viewer else set()
        if viewer and is_agent(viewer):
            return row.organization_id is None or row.organization_id in ours
        if row.state != "published" or row.audience == "agents":
            return False
        return row.audience in ("public", "group") or row.organization_id in ours

    def _of_team(self, viewer: Viewer | None, row: Article) -> bool:
        """Administrators read what open teams have."""
        if viewer is None:
            return False
        is_open = row.team_id not in self.hidden_teams
        whose = {viewer.person_id} | {
            away for one, away in self.stand_ins if one == viewer.person_id and is_open
        }
        own = any((row.team_id, person) in self.members for person in whose)
        return own or (is_open and Role.ADMINISTRATOR in viewer.roles)

    def _ticket(self, viewer: Viewer, row: Ticket) -> bool:
        house = self.organizations[row.organization_id]
        whole = house.request_visibility is RequestVisibility.ORGANIZATION or (
            house.request_visibility is RequestVisibility.BY_ROLE
            and Role.ORGANIZATION_COORDINATOR in viewer.roles
        )
        colleague = whole and house.id == viewer.organization_id
        return (
            row.requester_id == viewer.person_id
            or (colleague and row.team_id not in self.hidden_teams)
            or self._handles(viewer, row)
        )

    def _handles(self, viewer: Viewer, row: Ticket) -> bool:
        if not is_agent(viewer):
            return False
        if row.team_id in self.hidden_teams:
            return (row.team_id, viewer.person_id) in self.members
        return Role.ADMINISTRATOR in viewer.roles or row.organization_id in self._serves(viewer)

    def _ticket_of(self, row: OutageReportVersion) -> Ticket:
        return self.tickets[self.reports[row.report_id].ticket_id]

    def _report(self, viewer: Viewer, row: OutageReport, *, sent: bool) -> bool:
        ticket = self.tickets[row.ticket_id]
        if row.state is None:
            return False
        return self._handles(viewer, ticket) or (sent and self._ticket(viewer, ticket))

    def _serves(self, viewer: Viewer) -> set[Any]:
        """Through open teams, their own and of agents they stand in for."""
        if not is_agent(viewer):
            return set()
        theirs = {viewer.person_id} | {
            away for one, away in self.stand_ins if one == viewer.person_id and away in self.agents
        }
        teams = {team for team, person in self.members if person in theirs} - self.hidden_teams
        return {organization for team, organization in self.customers if team in teams}

    def _houses(self, viewer: Viewer) -> set[Any]:
        """Whose people, services and articles they see."""
        hidden = {team for team, who in self.members if who == viewer.person_id}
        known = {house for team, house in self.customers if team in hidden & self.hidden_teams}
        own = {viewer.organization_id}
        return own | self._serves(viewer) | (known if is_agent(viewer) else set())

    def _team(self, viewer: Viewer, row: Team) -> bool:
        theirs = {viewer.person_id} | {
            away for one, away in self.stand_ins if one == viewer.person_id
        }
        own = any((row.id, person) in self.members for person in theirs)
        return own or any((row.id, house) in self.customers for house in self._houses(viewer))

    def _person(self, viewer: Viewer, row: Person) -> bool:
        teams = {team for team, person in self.members if person == row.id}
        house = self.organizations[row.organization_id]
        mode = house.request_visibility
        colleague = house.id == viewer.organization_id and (
            mode is RequestVisibility.ORGANIZATION
            or (mode is RequestVisibility.BY_ROLE and Role.ORGANIZATION_COORDINATOR in viewer.roles)
        )
        theirs = {viewer.person_id} | {
            away for one, away in self.stand_ins if one == viewer.person_id
        }
        return (
            row.id == viewer.person_id
            or colleague
            or any((team, viewer.organization_id) in self.customers for team in teams)
            or (
                is_agent(viewer)
                and (
                    row.organization_id in self._houses(viewer)
                    or any((team, person) in self.members for team in teams for person in theirs)
                )
            )
        )

    def _manages(self, viewer: Viewer, row: Survey) -> bool:
        return bool(viewer.roles & MANAGERS) and row.organization_id in self._serves(viewer)


def is_agent(viewer: Viewer) -> bool:
    return bool(viewer.roles - CUSTOMERS)
