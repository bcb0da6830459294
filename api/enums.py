"""Enums: the domain's own, with the words that the schema needs about each value."""

from collections.abc import Mapping
from enum import Enum
from typing import TypeVar

import strawberry

from foredesk.catalog.models import ServiceKind
from foredesk.knowledge.models import ArticleState, Audience, DeflectionOutcome
from foredesk.people.models import PeopleEventKind, RequestVisibility
from foredesk.people.roles import Role, Scope
from foredesk.sla.models import ClockName, ClockState
from foredesk.sla.priority import Impact, Priority, Urgency
from foredesk.surveys.models import InvitationState, Metric, QuestionType, SurveyState
from foredesk.tickets.escalate import EscalationKind
from foredesk.tickets.models import TicketKind
from foredesk.tickets.states import EventKind, TicketState

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
        "WAITING": "The requester has to answer; its clocks are paused.",
        "RESOLVED": "A solution is given, and the requester has not said whether it works.",
        "CLOSED": "The requester confirmed, or did not answer in time.",
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
        "ESCALATED": "It was handed to those who know more, or told to those who decide more.",
        "REPAIR_ESTIMATED": "The time of repair was estimated.",
        "RESOLVED": "A solution was given.",
        "CONFIRMED": "The requester said that it works.",
        "REFUSED": "The requester said that it does not work.",
        "REOPENED": "It was taken up again.",
        "CLOSED": "It came to its end.",
        "CLOCK_WARNED": "A clock came near its target.",
        "CLOCK_MISSED": "A clock passed its target or its minimum.",
    },
    name="TicketEventKind",
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
    ClockName,
    "What a service level clock measures.",
    {
        "RESPONSE": "Time until the first answer of an agent.",
        "RESOLUTION": "Time until the solution.",
    },
    name="ServiceLevelClockName",
)
describe(
    ClockState,
    "Where a service level clock stands.",
    {
        "RUNNING": "Its time counts in the hours of the agreement.",
        "PAUSED": "The requester has to answer; no time counts.",
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
    ArticleState,
    "State of an article.",
    {
        "DRAFT": "Being written.",
        "REVIEW": "Waiting to be looked over.",
        "PUBLISHED": "To be found.",
        "RETIRED": "No longer offered.",
    },
)
describe(
    Audience,
    "Who may find a published article.",
    {
        "PUBLIC": "Everybody.",
        "ORGANIZATION": "The people of one organization, and who serves it.",
        "AGENTS": "Agents.",
    },
    name="ArticleAudience",
)
describe(
    DeflectionOutcome,
    "What came of an article that a search offered.",
    {
        "OPENED": "It was opened.",
        "SOLVED": "It answered the question.",
        "NOT_HELPFUL": "It did not answer the question.",
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
