"""Plot: what will happen in the demo and when, decided by a seed before anything is done."""

import math
import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from enum import StrEnum
from zoneinfo import ZoneInfo

from foredesk.demo.office import Office
from foredesk.demo.people import COMPANIES, DESK, PROVIDER, REQUESTERS, Player
from foredesk.demo.topics import TOPICS, Topic, wording
from foredesk.demo.words import Words
from foredesk.sla.priority import Impact, Priority, Urgency, priority_of
from foredesk.tickets.models import TicketKind


class Ending(StrEnum):
    CONFIRMED = "confirmed"
    SILENT = "silent"
    REFUSED = "refused"
    REOPENED = "reopened"


@dataclass(frozen=True, slots=True)
class Estimate:
    """Made after so many hours, for so many hours later."""

    made_after: float
    hours: float


@dataclass(frozen=True, slots=True)
class Path:
    """How a request goes. Times are in hours of the office, or of the day if `by_day`, counted
    from the first answer on; `replied_after` from the question, `ended_after` from the solution.

    What has None does not happen, nor does what would come after the solution.
    """

    answered_after: float
    solved_after: float
    ending: Ending = Ending.CONFIRMED
    ended_after: float = 3.0
    searched_first: bool = False
    opened_an_article: bool = False
    by_article: bool = False
    starts_with_solver: bool = True
    asked_after: float | None = None
    replied_after: float | None = None
    noted_after: float | None = None
    handed_over_after: float | None = None
    escalated_after: float | None = None
    nudged_after: float | None = None
    estimates: tuple[Estimate, ...] = ()
    by_day: bool = False


@dataclass(frozen=True, slots=True)
class Plan:
    """One request: who, when, about what, and how it goes."""

    seed: str
    at: datetime
    requester: Player
    colleague: Player
    topic: Topic
    case: int
    impact: Impact
    urgency: Urgency
    channel: str
    path: Path

    @property
    def company(self) -> str:
        return self.requester.company

    @property
    def priority(self) -> Priority:
        return priority_of(self.impact, self.urgency)

    def words(self) -> Words:
        """The same words each time."""
        customer, chance = _CUSTOMERS[self.company], random.Random(f"{self.seed}:words")
        words = wording(customer.locale)
        local = self.at.astimezone(ZoneInfo(customer.time_zone))
        return Words.of(
            words,
            chance,
            name=self.requester.name,
            first=self.requester.name.split()[0],
            colleague=self.colleague.name.split()[0],
            since=_clock_time(local - timedelta(minutes=chance.randint(8, 50)), customer.locale),
            by=_clock_time(local + timedelta(minutes=chance.randint(50, 200)), customer.locale),
            day=words.days[(local.weekday() - chance.randint(1, 3)) % 7],
            next_day=words.days[(local.weekday() + chance.randint(1, 3)) % 7],
        )


_WEEKDAYS = (1.35, 1.1, 1.0, 0.95, 0.75, 0.03, 0.02)
"""How busy Monday to Sunday are."""

_CUSTOMERS = {company.slug: company for company in COMPANIES if company.slug != PROVIDER}
_ANSWER_MEDIANS = {
    Priority.CRITICAL: 0.1,
    Priority.HIGH: 0.3,
    Priority.NORMAL: 0.7,
    Priority.LOW: 1.3,
}
"""Working hours until somebody answers, half of the time."""


def plans(seed: int, since: datetime, until: datetime, count: int) -> list[Plan]:
    """The requests of the time between, in their order; the same for the same arguments."""
    chance = random.Random(f"{seed}:arrivals")
    offices = {slug: Office.of(slug, since, until) for slug in _CUSTOMERS}
    days = _days(since, until)
    drawn = [
        _plan(f"{seed}:{number}", chance, offices, days, since, until) for number in range(count)
    ]
    return sorted(drawn, key=lambda plan: (plan.at, plan.seed))


def _days(since: datetime, until: datetime) -> list[date]:
    return [(since + timedelta(days=n)).date() for n in range((until - since).days + 1)]


def _plan(
    seed: str,
    chance: random.Random,
    offices: dict[str, Office],
    days: Sequence[date],
    since: datetime,
    until: datetime,
) -> Plan:
    company = chance.choice(sorted(_CUSTOMERS))
    topic = _topic(chance, company)
    arrivals = _arrivals(chance, offices[company], days, topic.at_any_hour)
    at = next(moment for moment in arrivals if since <= moment <= until)
    return draw(seed, company, topic, at)


def draw(seed: str, company: str, topic: Topic, at: datetime) -> Plan:
    """A request about the topic at that time, by anybody of the company, on any path."""
    chance = random.Random(seed)
    people = [person for person in REQUESTERS if person.company == company]
    requester, colleague = chance.sample(people, 2)
    impact, urgency = chance.choice(topic.impacts), chance.choice(topic.urgencies)
    case = chance.randrange(len(wording(_CUSTOMERS[company].locale).cases[topic.key]))
    channel = chance.choices(("portal", "mail", "phone"), (74, 16, 10))[0]
    path = _path(chance, topic, priority_of(impact, urgency))
    return Plan(seed, at, requester, colleague, topic, case, impact, urgency, channel, path)


def _clock_time(at: datetime, locale: str) -> str:
    """As people say it, to five minutes."""
    hour = at.hour if locale == "de" else (at.hour + 11) % 12 + 1
    return f"{hour}:{at.minute // 5 * 5:02}"


def _topic(chance: random.Random, company: str) -> Topic:
    known = wording(_CUSTOMERS[company].locale).cases
    topics = [topic for topic in TOPICS if topic.key in known]
    return chance.choices(topics, [topic.share for topic in topics])[0]


def _arrivals(
    chance: random.Random, office: Office, days: Sequence[date], at_any_hour: bool
) -> Iterator[datetime]:
    """Moments in the pattern of the office, without end."""
    weights = [_WEEKDAYS[day.weekday()] * (1.0 if office.is_open_on(day) else 0.05) for day in days]
    while True:
        if at_any_hour:
            day, minutes = chance.choice(days), chance.uniform(0, 1440)
        else:
            day, minutes = chance.choices(days, weights)[0], _minute_of_day(chance)
        yield _instant(day, minutes, office.zone)


def _minute_of_day(chance: random.Random) -> float:
    """Most come between nine and eleven, fewer after lunch, a few in the evening."""
    kind = chance.random()
    if kind < 0.58:
        return chance.triangular(7.6 * 60, 12.5 * 60, 9.4 * 60)
    if kind < 0.95:
        return chance.triangular(12.6 * 60, 17.6 * 60, 14 * 60)
    return chance.triangular(17.5 * 60, 22.5 * 60, 18 * 60)


def _instant(day: date, minutes: float, zone: ZoneInfo) -> datetime:
    local = datetime.combine(day, time(), zone) + timedelta(seconds=round(minutes * 60))
    return local.astimezone(UTC)


def _path(chance: random.Random, topic: Topic, priority: Priority) -> Path:
    solved = _solved_after(chance, topic)
    pressing = priority in (Priority.CRITICAL, Priority.HIGH)
    searched = chance.random() < 0.62
    starts_with_solver = topic.solved_by == DESK or chance.random() < 0.4
    return Path(
        answered_after=_long_tailed(chance, _ANSWER_MEDIANS[priority], 0.8),
        solved_after=solved,
        ending=chance.choices(list(Ending), (60, 28, 8, 4))[0],
        ended_after=_long_tailed(chance, 3, 1.0),
        searched_first=searched,
        opened_an_article=searched and chance.random() < 0.55,
        by_article=bool(topic.article) and chance.random() < 0.45,
        starts_with_solver=starts_with_solver,
        asked_after=_at_times(chance, 0.42, solved * chance.uniform(0.1, 0.5)),
        replied_after=_at_times(chance, 0.94, _long_tailed(chance, 1.5, 1.1)),
        noted_after=_at_times(chance, 0.5, solved * 0.35),
        handed_over_after=None if starts_with_solver else solved * 0.3,
        escalated_after=_at_times(chance, 0.3 if pressing else 0.0, solved * 0.25),
        nudged_after=_at_times(chance, 0.15 if solved > 4 else 0.0, solved * 0.6),
        estimates=_estimates(chance, topic, pressing, solved),
        by_day=topic.at_any_hour,
    )


def _at_times(chance: random.Random, share: float, hours: float) -> float | None:
    return hours if chance.random() < share else None


def _estimates(
    chance: random.Random, topic: Topic, pressing: bool, solved: float
) -> tuple[Estimate, ...]:
    """For what is pressing or takes long; a third are revised, and some are not kept."""
    share = 0.8 if pressing else 0.3
    if chance.random() > share or not (topic.kind is TicketKind.INCIDENT or solved > 8):
        return ()
    first = Estimate(solved * 0.2, solved * chance.uniform(0.7, 1.4))
    if chance.random() > 0.35:
        return (first,)
    return (first, Estimate(solved * chance.uniform(0.4, 0.8), solved * chance.uniform(0.5, 0.9)))


def _solved_after(chance: random.Random, topic: Topic) -> float:
    low, high = topic.hours
    typical = math.exp(chance.uniform(math.log(low), math.log(high)))
    return typical * chance.lognormvariate(0, 0.4)


def _long_tailed(chance: random.Random, median: float, spread: float) -> float:
    return median * chance.lognormvariate(0, spread)
