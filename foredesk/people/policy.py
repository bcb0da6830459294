"""The one policy: who may do what. Whoever is not allowed here by name is refused."""

from dataclasses import dataclass
from enum import StrEnum
from typing import Protocol
from uuid import UUID

from foredesk.errors import NotPermitted
from foredesk.people.roles import AGENT_ROLES, Role, Scope
from foredesk.people.viewer import Viewer


class Act(StrEnum):
    RECORD = "record"
    RECORD_FOR_OTHERS = "record_for_others"
    CLASSIFY = "classify"
    ASSIGN = "assign"
    REPLY = "reply"
    NOTE = "note"
    PAUSE = "pause"
    RESUME = "resume"
    MOVE = "move"
    SPLIT = "split"
    MERGE = "merge"
    UNMERGE = "unmerge"
    ESCALATE = "escalate"
    ESTIMATE_REPAIR = "estimate_repair"
    RESOLVE = "resolve"
    CONFIRM = "confirm"
    REFUSE = "refuse"
    REOPEN = "reopen"
    LINK_ARTICLE = "link_article"
    WRITE_OUTAGE_REPORT = "write_outage_report"
    ANSWER_OUTAGE_REPORT = "answer_outage_report"
    SEE_INTERNAL = "see_internal"
    MARK_NOTIFICATIONS = "mark_notifications"
    WRITE_ARTICLE = "write_article"
    PUBLISH_ARTICLE = "publish_article"
    SET_PUBLISHING_RULE = "set_publishing_rule"
    KEEP_GOLDEN_QUERIES = "keep_golden_queries"
    MANAGE_SEARCH_WORDS = "manage_search_words"
    RATE_ARTICLE = "rate_article"
    RECORD_DEFLECTION = "record_deflection"
    RUN_EXPERIMENT = "run_experiment"
    MANAGE_CATALOG = "manage_catalog"
    MANAGE_AGREEMENTS = "manage_agreements"
    MANAGE_SURVEYS = "manage_surveys"
    SEE_SURVEY_ANSWERS = "see_survey_answers"
    ANSWER_SURVEY = "answer_survey"
    MANAGE_PEOPLE = "manage_people"
    MANAGE_REQUESTERS = "manage_requesters"
    MANAGE_TEAM = "manage_team"
    SET_ABSENCE = "set_absence"
    SEE_PEOPLE_EVENTS = "see_people_events"
    MANAGE_PLUGINS = "manage_plugins"
    SEE_OUTBOX = "see_outbox"
    IMPORT = "import"


class Subject(Protocol):
    """What an act is done to: something that belongs to an organization."""

    organization_id: UUID


class Requested(Protocol):
    """A subject that one person asked for, and that a confidential team may have."""

    organization_id: UUID
    requester_id: UUID
    is_confidential: bool
    team_id: UUID | None


@dataclass(slots=True)
class Of:
    """Anything that belongs to an organization, where there is nothing yet that does."""

    organization_id: UUID


_EVERY_AGENT = AGENT_ROLES
_MANAGERS = frozenset({Role.CUSTOMER_SERVICE_MANAGER, Role.ADMINISTRATOR})
_ADMINISTRATORS = frozenset({Role.ADMINISTRATOR})

BY_ROLE: dict[Act, frozenset[Role]] = {
    Act.RECORD_FOR_OTHERS: _EVERY_AGENT,
    Act.CLASSIFY: _EVERY_AGENT,
    Act.ASSIGN: _EVERY_AGENT,
    Act.REPLY: _EVERY_AGENT,
    Act.NOTE: _EVERY_AGENT,
    Act.PAUSE: _EVERY_AGENT,
    Act.RESUME: _EVERY_AGENT,
    Act.MOVE: _EVERY_AGENT,
    Act.SPLIT: _EVERY_AGENT,
    Act.MERGE: _EVERY_AGENT,
    Act.UNMERGE: _EVERY_AGENT,
    Act.ESCALATE: _EVERY_AGENT,
    Act.ESTIMATE_REPAIR: _EVERY_AGENT,
    Act.RESOLVE: _EVERY_AGENT,
    Act.REOPEN: _EVERY_AGENT,
    Act.LINK_ARTICLE: _EVERY_AGENT,
    Act.WRITE_OUTAGE_REPORT: _EVERY_AGENT,
    Act.SEE_INTERNAL: _EVERY_AGENT,
    Act.MARK_NOTIFICATIONS: _EVERY_AGENT,
    Act.WRITE_ARTICLE: _EVERY_AGENT,
    Act.PUBLISH_ARTICLE: _MANAGERS | {Role.PROBLEM_MANAGER, Role.CUSTOMER_SERVICE_REPRESENTATIVE},
    Act.KEEP_GOLDEN_QUERIES: _MANAGERS
    | {Role.PROBLEM_MANAGER, Role.CUSTOMER_SERVICE_REPRESENTATIVE},
    Act.MANAGE_SEARCH_WORDS: _MANAGERS,
    Act.SET_PUBLISHING_RULE: _ADMINISTRATORS,
    Act.RUN_EXPERIMENT: _ADMINISTRATORS,
    Act.MANAGE_CATALOG: _MANAGERS,
    Act.MANAGE_AGREEMENTS: _MANAGERS,
    Act.MANAGE_SURVEYS: _MANAGERS,
    Act.SEE_SURVEY_ANSWERS: _MANAGERS,
    Act.MANAGE_PEOPLE: _ADMINISTRATORS,
    Act.MANAGE_REQUESTERS: _MANAGERS,
    Act.MANAGE_TEAM: _MANAGERS,
    Act.SET_ABSENCE: _EVERY_AGENT,
    Act.SEE_PEOPLE_EVENTS: _ADMINISTRATORS,
    Act.MANAGE_PLUGINS: _MANAGERS,
    Act.SEE_OUTBOX: _ADMINISTRATORS,
    Act.IMPORT: _ADMINISTRATORS,
}
"""Acts that a role opens, within the organizations that the agent serves."""

BY_REQUESTER = frozenset({Act.REPLY, Act.CONFIRM, Act.REFUSE, Act.REOPEN, Act.ANSWER_OUTAGE_REPORT})
"""Acts that are open to the person who made the request."""

BY_COORDINATOR = frozenset({Act.ANSWER_OUTAGE_REPORT})
"""Acts that are open to the coordinator of the organization whose request it is, unless a
confidential team has it."""

BY_ANYONE = frozenset({Act.RATE_ARTICLE, Act.RECORD_DEFLECTION, Act.ANSWER_SURVEY})
"""Acts that need no sign-in: what they touch is checked where it is read."""

SCOPE: dict[Act, Scope] = {
    Act.WRITE_ARTICLE: Scope.KNOWLEDGE,
    Act.PUBLISH_ARTICLE: Scope.KNOWLEDGE,
    Act.SET_PUBLISHING_RULE: Scope.KNOWLEDGE,
    Act.KEEP_GOLDEN_QUERIES: Scope.KNOWLEDGE,
    Act.MANAGE_SEARCH_WORDS: Scope.KNOWLEDGE,
    Act.RATE_ARTICLE: Scope.KNOWLEDGE,
    Act.RECORD_DEFLECTION: Scope.KNOWLEDGE,
    Act.MANAGE_SURVEYS: Scope.SURVEYS,
    Act.ANSWER_SURVEY: Scope.SURVEYS,
    Act.SEE_SURVEY_ANSWERS: Scope.SURVEYS,
    Act.SEE_INTERNAL: Scope.TICKETS,
    Act.SEE_OUTBOX: Scope.ADMINISTRATION,
    Act.RUN_EXPERIMENT: Scope.ADMINISTRATION,
    Act.MANAGE_CATALOG: Scope.ADMINISTRATION,
    Act.MANAGE_AGREEMENTS: Scope.ADMINISTRATION,
    Act.MANAGE_PEOPLE: Scope.ADMINISTRATION,
    Act.MANAGE_REQUESTERS: Scope.ADMINISTRATION,
    Act.MANAGE_TEAM: Scope.ADMINISTRATION,
    Act.SEE_PEOPLE_EVENTS: Scope.ADMINISTRATION,
    Act.MANAGE_PLUGINS: Scope.ADMINISTRATION,
    Act.IMPORT: Scope.ADMINISTRATION,
}
"""Scope an API token needs for an act; `TICKETS` where none is named."""

READING = frozenset({Act.SEE_SURVEY_ANSWERS, Act.SEE_INTERNAL})
"""Acts that change nothing: the scope `READ` is enough for them."""


def may(viewer: Viewer, act: Act, subject: Subject | Requested | None = None) -> bool:
    """Whether the viewer may do it; without a subject, whether they may do it anywhere at all."""
    if viewer.is_system:
        return True
    if not _in_scope(viewer, act):
        return False
    if act in BY_ANYONE:
        return True
    if viewer.is_anonymous:
        return False
    return (
        act is Act.RECORD
        or _as_requester(viewer, act, subject)
        or _as_coordinator(viewer, act, subject)
        or _by_role(viewer, act, subject)
    )


def require(viewer: Viewer, act: Act, subject: Subject | Requested | None = None) -> None:
    """Raises NotPermitted unless the viewer may do it."""
    if not may(viewer, act, subject):
        raise NotPermitted()


def serves(viewer: Viewer, organization_id: UUID | None) -> bool:
    """Whether the viewer handles this organization's requests."""
    return viewer.is_administrator or organization_id in viewer.serves


def handles(viewer: Viewer, subject: Subject | Requested) -> bool:
    """Whether the viewer's teams take care of it: what a confidential team has, only its members
    do, administrators or not.
    """
    if getattr(subject, "is_confidential", False):
        return getattr(subject, "team_id", None) in viewer.confidential_team_ids
    return serves(viewer, subject.organization_id)


def _in_scope(viewer: Viewer, act: Act) -> bool:
    scope = SCOPE.get(act, Scope.TICKETS)
    return viewer.reads(scope) if act in READING else scope in viewer.scopes


def _as_requester(viewer: Viewer, act: Act, subject: Subject | Requested | None) -> bool:
    requester_id = getattr(subject, "requester_id", None)
    return act in BY_REQUESTER and requester_id == viewer.person_id


def _as_coordinator(viewer: Viewer, act: Act, subject: Subject | Requested | None) -> bool:
    if act not in BY_COORDINATOR or Role.ORGANIZATION_COORDINATOR not in viewer.roles:
        return False
    if subject is None:
        return True
    is_confidential = getattr(subject, "is_confidential", False)
    return subject.organization_id == viewer.organization_id and not is_confidential


def _by_role(viewer: Viewer, act: Act, subject: Subject | Requested | None) -> bool:
    if not viewer.roles & BY_ROLE.get(act, frozenset()):
        return False
    return subject is None or handles(viewer, subject)
