"""Course: what happens to one ticket, as events that our own use cases would have written."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from random import Random
from typing import Any
from uuid import UUID

from benchmarks.graphql.dataset.foundation import Foundation
from benchmarks.graphql.dataset.scale import Scale
from benchmarks.graphql.dataset.words import Words
from foredesk.people.models import Person, Team
from foredesk.sla.priority import Impact, Urgency, priority_of
from foredesk.tickets.models import TicketKind
from foredesk.tickets.states import EventKind

HOUR = timedelta(hours=1)
DAY = timedelta(days=1)
CATEGORIES = ("network", "hardware", "software", "access", "mail", None)
CLOSE_AFTER_DAYS = 5


@dataclass(slots=True)
class Event:
    """What the projection and the clocks read of an event."""

    ticket_id: UUID
    kind: EventKind
    occurred_at: datetime
    data: dict[str, Any]
    actor_id: UUID | None
    sequence: int = 0


Told = tuple[EventKind, datetime, dict[str, Any], UUID | None]


@dataclass(frozen=True, slots=True)
class Requester:
    id: UUID
    organization_id: UUID


@dataclass(frozen=True, slots=True)
class Outcome:
    """How far a ticket has come by the end, chosen so that no timer has anything to do then."""

    ends: EventKind | None
    is_slow: bool = False
    waits: bool = False

    @classmethod
    def of(cls, age: timedelta, random: Random) -> "Outcome":
        chance = random.random()
        if age < 4 * DAY:
            return cls(None, is_slow=True)
        if age < 30 * DAY:
            # Promised for later than any measurement, so that their clocks run but ring for nobody.
            if chance < 0.5:
                return cls(None, is_slow=True, waits=chance < 0.15)
            return cls(EventKind.RESOLVED if chance < 0.65 else EventKind.CLOSED)
        if age < 150 * DAY and chance < 0.35:
            return cls(None, waits=chance < 0.1)
        return cls(EventKind.CLOSED)


class Courses:
    """Makes the history of one ticket after the other, without what clocks have to say."""

    def __init__(self, foundation: Foundation, scale: Scale, random: Random) -> None:
        self._foundation = foundation
        self._scale = scale
        self._random = random
        self._words = Words(random)
        self._services = {
            customer.id: [
                service.id
                for service in foundation.services
                if service.organization_id in (None, customer.id)
            ]
            for customer in foundation.customers
        }
        self._teams = {customer.id: teams for customer, teams in foundation.serving.items()}

    def history(
        self, id: UUID, number: int, opened_at: datetime, requester: Requester, talk: int
    ) -> list[Event]:
        """`talk` is how many replies and notes there are besides what happens to every ticket."""
        outcome = Outcome.of(self._scale.until - opened_at, self._random)
        team, agent = self._handler(requester)
        told = (
            *self._beginning(number, opened_at, requester, outcome, team, agent),
            *self._middle(opened_at, requester, agent, talk, outcome),
            *self._end(opened_at, requester, agent, outcome),
        )
        return [Event(id, *one) for one in told if one[1] <= self._scale.until]

    def _handler(self, requester: Requester) -> tuple[Team, Person]:
        """Of the teams that serve them, the first get most of the work."""
        teams = self._teams[requester.organization_id]
        team = teams[int(len(teams) * self._random.random() ** 2)]
        members = self._foundation.members[team]
        return team, members[int(len(members) * self._random.random() ** 1.5)]

    def _beginning(
        self,
        number: int,
        at: datetime,
        requester: Requester,
        outcome: Outcome,
        team: Team,
        agent: Person,
    ) -> Iterator[Told]:
        impact, urgency = self._pressing(outcome)
        about = {
            "kind": self._random.choice(list(TicketKind)),
            "impact": impact,
            "urgency": urgency,
            "priority": priority_of(impact, urgency),
            "service_id": str(self._random.choice(self._services[requester.organization_id])),
        }
        given = {
            "number": number,
            "organization_id": str(requester.organization_id),
            "requester_id": str(requester.id),
            "subject": self._words.subject(),
            "details": self._words.text(5),
            "channel": self._random.choice(("portal", "api", "mail")),
            "search_id": None,
        }
        yield EventKind.RECORDED, at, {**given, **about}, requester.id
        version = str(self._foundation.agreement_version.id)
        chosen = {"agreement_version_id": version, "because": "It is the default for everyone."}
        yield EventKind.AGREEMENT_CHOSEN, at, chosen, requester.id
        category = self._random.choice(CATEGORIES)
        decided = {"decided_by": "default", "explanation": "", "confidence": None}
        yield EventKind.CLASSIFIED, at, {**about, "category": category, **decided}, None
        assigned = {"team_id": str(team.id), "assignee_id": str(agent.id)}
        yield EventKind.ASSIGNED, at + 0.1 * HOUR, assigned, agent.id

    def _pressing(self, outcome: Outcome) -> tuple[Impact, Urgency]:
        if outcome.is_slow:
            return Impact.LOW, self._random.choice((Urgency.MEDIUM, Urgency.LOW))
        medium = outcome.ends is None
        high = Impact.HIGH if self._random.random() < 0.15 else Impact.MEDIUM
        return high, Urgency.MEDIUM if medium else self._random.choice(tuple(Urgency))

    def _middle(
        self, opened_at: datetime, requester: Requester, agent: Person, talk: int, outcome: Outcome
    ) -> Iterator[Told]:
        at = opened_at + (0.2 + self._random.random()) * HOUR
        yield EventKind.REPLIED, at, self._reply(False), agent.id
        for _ in range(talk):
            at += self._random.random() * 18 / talk * HOUR
            yield self._said(at, requester, agent)
        if outcome.waits:
            yield EventKind.REPLIED, at + HOUR, self._reply(False, waits=True), agent.id

    def _said(self, at: datetime, requester: Requester, agent: Person) -> Told:
        chance = self._random.random()
        if chance < 0.25:
            return EventKind.NOTED, at, {"body": self._words.text(2)}, agent.id
        by_requester = chance < 0.6
        who = requester.id if by_requester else agent.id
        return EventKind.REPLIED, at, self._reply(by_requester), who

    def _end(
        self, opened_at: datetime, requester: Requester, agent: Person, outcome: Outcome
    ) -> Iterator[Told]:
        if outcome.ends is None:
            return
        at = opened_at + (20 + 50 * self._random.random()) * HOUR
        if outcome.ends is EventKind.RESOLVED:
            at = max(opened_at + 24 * HOUR, self._scale.until - 2 * DAY * self._random.random())
        solved = {
            "resolution": self._words.text(3),
            "article_ids": [],
            "close_after_days": CLOSE_AFTER_DAYS,
        }
        yield EventKind.RESOLVED, at, solved, agent.id
        if outcome.ends is EventKind.CLOSED:
            at += 5 * HOUR
            yield EventKind.CONFIRMED, at, {"comment": ""}, requester.id
            yield EventKind.CLOSED, at, {"because": "confirmed"}, requester.id

    def _reply(self, from_requester: bool, *, waits: bool = False) -> dict[str, Any]:
        return {
            "body": self._words.text(3),
            "from_requester": from_requester,
            "waits_for_requester": waits,
            "article_ids": [],
            "close_after_days": CLOSE_AFTER_DAYS,
        }
