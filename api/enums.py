"""Enums: the domain's own, with the words that the schema needs about each value."""

from collections.abc import Mapping
from enum import Enum
from typing import TypeVar

import strawberry

from foredesk.catalog.models import ServiceKind
from foredesk.people.models import PeopleEventKind, RequestVisibility
from foredesk.people.roles import Role, Scope
from foredesk.sla.facts import ClockEventKind
from foredesk.sla.ledger import SegmentKind
from foredesk.sla.models import ClockState
from foredesk.sla.priority import Impact, Priority, Urgency
from foredesk.surveys.models import InvitationState, Metric, QuestionType, SurveyState
from foredesk.tickets.calibration import CalibrationCut, CalibrationVerdict
from foredesk.tickets.escalate import EscalationKind
from foredesk.tickets.models import TicketKind
from foredesk.tickets.repairs import PromiseLevel, PromiseTurn
from foredesk.tickets.split import ClockStart
from foredesk.tickets.states import EventKind, OutageReportState, TicketState, WaitingFor

E = TypeVar("E", bound=Enum)


def describe(kind: type[E], description: str, values: Mapping[str, str], name: str = "") -> type[E]:
    """Make it an enum of the schema. Raises ValueError unless every value has its words."""
    if set(values) != set(kind.__members__):
        raise ValueError(f"{kind.__name__}: {set(values) ^ set(kind.__members__)}")
    strawberry.enum(kind, name=name or kind.__name__, description=description)
    definition = kind.__strawberry_definition__  # type: ignore[attr-defined]  # set by strawberry.enum
    for value in definition.values:
        value.description = values[value.name]
    return kind


describe(
    TicketState,
    "State of a ticket: the fixed categories that everything counts by.",
    {
        "OPEN": "The help desk works on it.",
        "WAITING": "The requester or somebody else has to act first: see `waitingFor`.",
        "RESOLVED": "A solution is given, and the requester has not said whether it works.",
        "CLOSED": "The requester confirmed or did not answer, or it is merged into another.",
    },
)
describe(
    WaitingFor,
    "Whom or what a waiting ticket waits for.",
    {
        "REQUESTER": "An answer of the requester; it ends the waiting.",
        "VENDOR": "A supplier, or a service provider behind us.",
        "CHANGE": "A change that is planned.",
        "APPROVAL": "Somebody who has to agree.",
        "OTHER": "Something else: the note says what.",
    },
)
describe(
    TicketKind,
    "Kind of a request.",
    {
        "INFORMATION": "How to use something they already have.",
        "SERVICE_FULFILLMENT": "Something that is in the catalog.",
        "NEW_SERVICE": "Something that is not in the catalog.",
        "INCIDENT": "Something they have has failed or got worse.",
    },
)
describe(
    Impact,
    "How much of the business is affected.",
    {"HIGH": "Much of it.", "MEDIUM": "Some of it.", "LOW": "Little of it."},
)
describe(
    Urgency,
    "How soon it hurts.",
    {"HIGH": "At once.", "MEDIUM": "Soon.", "LOW": "It can wait."},
)
describe(
    Priority,
    "How pressing a request is, out of its impact and urgency.",
    {
        "CRITICAL": "Everything else waits.",
        "HIGH": "Before most others.",
        "NORMAL": "In its turn.",
        "LOW": "When there is time.",
    },
)
describe(
    ClockStart,
    "When the clocks of a split part begin.",
    {
        "NOW": "With the split.",
        "MESSAGE": "With the message that the part is made of.",
    },
)
describe(
    EventKind,
    "What can happen to a ticket.",
    {
        "RECORDED": "It was taken down.",
        "SUGGESTED": "A plugin gave its opinion.",
        "CLASSIFIED": "Kind, category and priority were set.",
        "AGREEMENT_CHOSEN": "It was put under an agreement.",
        "ASSIGNED": "It was given to a team or an agent.",
        "REPLIED": "Somebody wrote to the other side.",
        "NOTED": "An agent wrote something down for other agents.",
        "PAUSED": "It waits, for a reason that was given.",
        "RESUMED": "It waits no more.",
        "ESCALATED": "It was handed to those who know more, or told to those who decide more.",
        "REPAIR_ESTIMATED": "The time of repair was estimated.",
        "RESOLVED": "A solution was given.",
        "CONFIRMED": "The requester said that it works.",
        "REFUSED": "The requester said that it does not work.",
        "REOPENED": "It was taken up again.",
        "CLOSED": "It came to its end.",
        "MOVED": "It became another person's or organization's.",
        "SPLIT": "A part of it became a ticket of its own.",
        "MERGED": "It was merged into another ticket.",
        "UNMERGED": "It became one of its own again.",
        "MERGED_IN": "Another ticket was merged into it.",
        "MERGED_OUT": "A ticket that was merged into it was taken out.",
        "FORWARDED": "The requester of a ticket that is merged into it wrote.",
        "SOLVED_ELSEWHERE": "The ticket that it is merged into was solved.",
        "CLOCK_WARNED": "A clock came near its target.",
        "CLOCK_MISSED": "A clock passed its target or its minimum.",
        "OPERATIONAL_MISSED": "The clock of a team passed its target or its minimum.",
        "ESTIMATE_OVERDUE": "The estimated time of repair passed without a solution.",
        "OUTAGE_REPORT_DRAFTED": "A reason for outage was drafted.",
        "OUTAGE_REPORT_REVISED": "The reason for outage was revised.",
        "OUTAGE_REPORT_DISCARDED": "The draft of the reason for outage was given up.",
        "OUTAGE_REPORT_SENT": "The reason for outage was sent to the customer.",
        "OUTAGE_REPORT_ACCEPTED": "The customer accepted the reason for outage.",
        "OUTAGE_REPORT_REFUSED": "The customer refused the reason for outage.",
        "OUTAGE_ACTION_COMPLETED": "Something that it promises was done.",
        "ARTICLE_LINKED": "An agent said what an article was worth to it.",
        "ARTICLE_UNLINKED": "What was said of an article was taken back.",
        "KNOWN_ERROR_TOLD": "The requester was told of the known error that it is about.",
        "IMPORTED": "The log of the desk that it was imported from says something.",
    },
    name="TicketEventKind",
)
describe(
    OutageReportState,
    "Where a reason for outage is.",
    {
        "DRAFT": "Agents work on it, for the first time or after it was refused or revised.",
        "SENT": "The customer has it and has not answered.",
        "ACCEPTED": "The customer is content with it.",
    },
)
describe(
    PromiseLevel,
    "How sure a promised time of repair was meant to be.",
    {
        "SINGLE": "One time alone, without a share that should be kept.",
        "P50": "Probably by then: half of them should be kept.",
        "P90": "Almost certainly by then: nine in ten should be kept.",
    },
    name="RepairPromiseLevel",
)
describe(
    PromiseTurn,
    "Which estimate of a repair is looked at.",
    {"FIRST": "The first one.", "LAST": "The last revision; the first one if there is none."},
    name="RepairPromiseTurn",
)
describe(
    CalibrationCut,
    "By what promises of repair are told apart.",
    {
        "ALL": "By nothing: all of them together.",
        "TEAM": "By the team that had the ticket when the promise was made.",
        "MONTH": "By the month of the promised time, on the viewer's clock.",
        "SERVICE": "By the service of the ticket when the promise was made.",
    },
    name="RepairCalibrationCut",
)
describe(
    CalibrationVerdict,
    "What the interval says of the share that should be kept.",
    {
        "CALIBRATED": "That share lies within the interval.",
        "TOO_OPTIMISTIC": "Fewer are kept: promise later.",
        "TOO_CAUTIOUS": "More are kept: promise earlier.",
    },
    name="RepairCalibrationVerdict",
)
describe(
    EscalationKind,
    "Whom a ticket is escalated to.",
    {
        "FUNCTIONAL": "To a team that knows more; it takes over.",
        "HIERARCHICAL": "To a person who decides more; they are told.",
    },
)
describe(
    ClockEventKind,
    "What an event of a ticket says to its clocks.",
    {
        "RECORDED": "The ticket was taken down.",
        "PRIORITY_SET": "Its priority was set.",
        "KIND_SET": "Its kind was set.",
        "AGREEMENT_SET": "It came under an agreement, or under none.",
        "ASSIGNED": "A team or nobody has it now.",
        "WAITING": "It waits for somebody or something.",
        "RESUMED": "It waits no more.",
        "RESPONDED": "We replied.",
        "REQUESTER_REPLIED": "The requester replied.",
        "ESTIMATED": "A time of repair was estimated.",
        "RESOLVED": "It was resolved.",
        "REOPENED": "It was taken up again.",
        "CLOSED": "It came to its end.",
        "MERGED": "It was merged into another.",
        "UNMERGED": "It was taken out of the other again.",
    },
    name="ServiceLevelEventKind",
)
describe(
    SegmentKind,
    "What a time is for a service level clock.",
    {
        "RUNNING": "It counts.",
        "OUTSIDE_HOURS": "The calendar is closed.",
        "PAUSED": "The clock is paused.",
        "WITH_OTHERS": "Another team than that of the clock has the ticket.",
        "STOPPED": "The clock has stopped, or the ticket is merged into another.",
        "UNAGREED": "No agreement defined the clock.",
    },
    name="ClockSegmentKind",
)
describe(
    ClockState,
    "Where a service level clock stands.",
    {
        "RUNNING": "Its time counts in the hours of the agreement.",
        "PAUSED": "It stands still, as the agreement says; no time counts.",
        "MERGED": "The ticket was merged into another; the clock stands still.",
        "MET": "It stopped within the target.",
        "LATE": "It stopped after the target, within the minimum.",
        "MISSED": "It stopped after the minimum.",
    },
    name="ServiceLevelClockState",
)
describe(
    RequestVisibility,
    "Whose requests the people of an organization see, confidential ones excepted.",
    {
        "OWN": "Their own.",
        "ORGANIZATION": "All of the organization.",
        "BY_ROLE": "All of the organization for its coordinators, their own for the others.",
    },
)
describe(
    PeopleEventKind,
    "What can happen to people, teams and organizations, and to what they may do.",
    {
        "ORGANIZATION_REGISTERED": "An organization was taken in.",
        "ORGANIZATION_CHANGED": "What is said of an organization was changed.",
        "TEAM_FORMED": "A team was formed.",
        "TEAM_RENAMED": "A team got another name.",
        "MEMBER_ADDED": "An agent joined a team.",
        "MEMBER_REMOVED": "An agent left a team.",
        "CUSTOMER_ADDED": "A team serves an organization since.",
        "CUSTOMER_REMOVED": "A team serves an organization no more.",
        "PERSON_ENROLLED": "A person was taken in.",
        "PERSON_CHANGED": "What is said of a person was changed.",
        "PERSON_MOVED": "A person went to another organization.",
        "PERSON_DEACTIVATED": "A person may sign in no more.",
        "PERSON_REACTIVATED": "A person may sign in again.",
        "ROLE_GRANTED": "A person got a role.",
        "ROLE_REVOKED": "A person lost a role.",
        "ABSENCE_SET": "An absence was set.",
        "ABSENCE_CANCELED": "An absence was canceled.",
        "TOKEN_CREATED": "An API token was created.",
        "TOKEN_REVOKED": "An API token was revoked.",
        "SESSIONS_ENDED": "Sessions were ended.",
        "IDENTITY_LINKED": "A person was linked to an identity provider's account.",
    },
)
describe(
    Role,
    "Role of a person at the desk.",
    {
        "REQUESTER": "Asks for help.",
        "ORGANIZATION_COORDINATOR": "Sees all requests of an organization that shows them by role.",
        "CUSTOMER_SERVICE_REPRESENTATIVE": "Takes requests down and answers them.",
        "INCIDENT_RESOLVER": "Finds and mends what failed.",
        "INCIDENT_COORDINATOR": "Owns an incident from beginning to end.",
        "PROBLEM_ANALYST": "Looks for the cause behind incidents.",
        "PROBLEM_MANAGER": "Decides which causes are looked for.",
        "CUSTOMER_SERVICE_MANAGER": "Answers for the whole service.",
        "ADMINISTRATOR": "Runs the installation and sees everything.",
    },
)
describe(
    Scope,
    "What an API token may be used for.",
    {
        "READ": "Read everything that the person may read, and change nothing.",
        "TICKETS": "Read tickets and what belongs to them, and act on them.",
        "KNOWLEDGE": "Read, write and rate articles.",
        "SURVEYS": "Read, define and answer surveys.",
        "ADMINISTRATION": "Administer people, tokens, sessions, catalog, agreements and plugins.",
    },
    name="TokenScope",
)
describe(
    ServiceKind,
    "Kind of a service.",
    {
        "TECHNICAL": "A network, a machine, a workplace.",
        "ORGANIZATIONAL": "What a department does for others.",
        "APPLICATION": "A program.",
    },
)
describe(
    SurveyState,
    "State of a survey.",
    {
        "DRAFT": "Being written; nobody is asked.",
        "LIVE": "People are asked.",
        "PAUSED": "Nobody new is asked.",
        "CLOSED": "No more answers are taken.",
    },
)
describe(
    Metric,
    "What a survey measures.",
    {
        "CSAT": "Satisfaction.",
        "NPS": "Recommendation (net promoter score).",
        "CES": "Effort.",
    },
    name="SurveyMetric",
)
describe(
    QuestionType,
    "Kind of a survey's question.",
    {
        "CSAT": "Satisfaction from 1 to 5.",
        "NPS": "Recommendation from 0 to 10.",
        "CES": "Effort from 1 to 7.",
        "RATING": "A number on a scale.",
        "SINGLE": "One of several choices.",
        "MULTI": "Any of several choices.",
        "YES_NO": "Yes or no.",
        "SHORT_TEXT": "One line of text.",
        "LONG_TEXT": "Several lines of text.",
        "STATEMENT": "Nothing: a text to read.",
    },
    name="SurveyQuestionKind",
)
describe(
    InvitationState,
    "State of an invitation to a survey.",
    {
        "WAITING": "Not sent yet.",
        "SENT": "Sent.",
        "OPENED": "Its page was opened.",
        "ANSWERED": "Answered.",
        "EXPIRED": "Its time is over.",
        "CANCELED": "Taken back.",
    },
    name="SurveyInvitationState",
)
