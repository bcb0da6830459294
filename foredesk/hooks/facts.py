"""Facts: what a plugin may know. Frozen, plain, and never a database row."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from types import MappingProxyType
from typing import Any
from uuid import UUID


@dataclass(frozen=True, slots=True)
class TicketFacts:
    """A ticket at this moment. Words such as kind, state and priority are in lower case.

    `category`, `impact`, `urgency` and `priority` are None until they are decided. What a
    confidential team has is told without its words: `subject` and `details` are empty.
    """

    id: UUID
    number: int
    organization_id: UUID
    subject: str
    details: str = ""
    kind: str | None = None
    category: str | None = None
    impact: str | None = None
    urgency: str | None = None
    priority: str | None = None
    state: str = "open"
    channel: str = "portal"
    locale: str = "en"
    requester_id: UUID | None = None
    service_id: UUID | None = None
    team_id: UUID | None = None
    assignee_id: UUID | None = None
    opened_at: datetime | None = None
    is_confidential: bool = False

    @property
    def text(self) -> str:
        """Subject and details in one string."""
        return f"{self.subject}\n{self.details}".strip()


@dataclass(frozen=True, slots=True)
class TicketEventFacts:
    """One entry of a ticket's history; `id` is the same each time the event is delivered."""

    id: UUID
    kind: str
    at: datetime
    actor_id: UUID | None = None
    data: Mapping[str, Any] = field(default_factory=dict)

    def __post_init__(self) -> None:
        object.__setattr__(self, "data", _frozen(self.data))


@dataclass(frozen=True, slots=True)
class PersonFacts:
    """A person without the ways to reach them."""

    id: UUID
    organization_id: UUID | None
    locale: str = "en"


@dataclass(frozen=True, slots=True)
class AgentFacts:
    """What is meant for an absent agent goes to who stands in for them, or to the team."""

    id: UUID
    name: str
    open_tickets: int = 0
    is_absent: bool = False


@dataclass(frozen=True, slots=True)
class TeamFacts:
    """A team that may take the ticket, with its members: `is_absent` says who is not there."""

    id: UUID
    name: str
    open_tickets: int = 0
    agents: tuple[AgentFacts, ...] = ()
    is_confidential: bool = False


@dataclass(frozen=True, slots=True)
class PolicyFacts:
    """A service level agreement that could apply."""

    id: UUID
    name: str


@dataclass(frozen=True, slots=True)
class RepairFacts:
    """How long one solved incident of the same team took, from its asking to its solution, by the
    clock on the wall; and how alike it is. Nothing else of it is told.
    """

    seconds: float
    same_category: bool = False
    same_priority: bool = False
    same_service: bool = False
    same_organization: bool = False


@dataclass(frozen=True, slots=True)
class CalendarFacts:
    """Hours in which somebody works. `id` is None for a calendar that is only being drawn up.

    `country` (ISO 3166-1, such as DE) and `region` say where its holidays come from; empty if it
    keeps none.
    """

    id: UUID | None
    name: str
    time_zone: str = "UTC"
    country: str = ""
    region: str = ""


@dataclass(frozen=True, slots=True)
class SearchFacts:
    """`text` is what the person typed, at most 200 characters."""

    text: str
    locale: str = "en"
    channel: str = "portal"


@dataclass(frozen=True, slots=True)
class SearchedFacts:
    """A search that was made, without who made it. `article_ids` are what it found, best first, at
    most 50; `total` is how many there were."""

    id: UUID
    text: str
    at: datetime
    locale: str = "en"
    channel: str = "search"
    article_ids: tuple[UUID, ...] = ()
    total: int = 0


@dataclass(frozen=True, slots=True)
class DocumentFacts:
    """A published article as the search takes it in. `body` is plain text; `asked_as` are subjects
    of requests that it answered."""

    article_id: UUID
    title: str
    locale: str = "en"
    section: str = ""
    tags: tuple[str, ...] = ()
    headings: tuple[str, ...] = ()
    body: str = ""
    asked_as: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class HitFacts:
    """One result; `score` compares only within its search."""

    article_id: UUID
    score: float = 0.0
    title: str = ""


@dataclass(frozen=True, slots=True)
class DraftFacts:
    """A request that is being typed and may never be filed."""

    subject: str
    details: str = ""
    locale: str = "en"


@dataclass(frozen=True, slots=True)
class ArticleFacts:
    id: UUID
    slug: str
    title: str
    locale: str = "en"
    summary: str = ""
    section: str = ""
    tags: tuple[str, ...] = ()
    audience: str = "public"
    version: int = 1


@dataclass(frozen=True, slots=True)
class RatingFacts:
    helpful: bool
    comment: str = ""
    at: datetime | None = None


@dataclass(frozen=True, slots=True)
class DeflectionFacts:
    """`outcome` is `opened`, `solved` or `not_helpful`; `ticket_id` if one was filed after all."""

    id: UUID
    search_id: UUID
    article_id: UUID
    outcome: str
    at: datetime
    text: str = ""
    ticket_id: UUID | None = None


@dataclass(frozen=True, slots=True)
class QuestionFacts:
    """`kind` is for example `csat`, `nps`, `ces`, `rating`, `single` or `long_text`."""

    key: str
    kind: str
    title: str = ""


@dataclass(frozen=True, slots=True)
class SurveyFacts:
    id: UUID
    name: str
    version: int = 1
    questions: tuple[QuestionFacts, ...] = ()


@dataclass(frozen=True, slots=True)
class InvitationFacts:
    """An earlier invitation of the same person to any survey."""

    survey_id: UUID
    sent_at: datetime
    answered: bool = False


@dataclass(frozen=True, slots=True)
class ResponseFacts:
    """`answers` maps the key of each answered question to its answer."""

    id: UUID
    survey_id: UUID
    answers: Mapping[str, Any] = field(default_factory=dict)
    ticket_id: UUID | None = None
    completed_at: datetime | None = None
    locale: str = "en"

    def __post_init__(self) -> None:
        object.__setattr__(self, "answers", _frozen(self.answers))


def _frozen(value: Any) -> Any:
    """The same JSON, but nobody can change it."""
    if isinstance(value, Mapping):
        return MappingProxyType({str(key): _frozen(inner) for key, inner in value.items()})
    if isinstance(value, list | tuple):
        return tuple(_frozen(inner) for inner in value)
    return value
