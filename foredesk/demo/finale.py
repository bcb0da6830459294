"""Finale: requests of the last hours, so that there is something to do when the demo opens."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from foredesk.demo.people import REQUESTERS
from foredesk.demo.plot import Ending, Estimate, Path, Plan, draw
from foredesk.demo.topics import TOPICS

_NOT_YET = 1000.0


@dataclass(frozen=True, slots=True)
class Last:
    """Filed so many hours before the end. Most are by people who can sign in, so that a visitor
    finds something of their own."""

    hours: float
    requester: str
    topic: str
    path: Path


_OPEN = Path(answered_after=_NOT_YET, solved_after=_NOT_YET, by_day=True)
_STUCK_SWITCH = (Estimate(0.5, 9), Estimate(8.5, 14), Estimate(22, 8))

LAST = (
    Last(
        0.15, "Anke Sommerfeld", "vpn", replace(_OPEN, searched_first=True, opened_an_article=True)
    ),
    Last(0.3, "Benedict Osei", "printer", _OPEN),
    Last(0.7, "Alma Whitcombe", "invoices", replace(_OPEN, searched_first=True)),
    Last(
        1.1,
        "Benedict Osei",
        "cold-store",
        replace(_OPEN, answered_after=0.1, estimates=(Estimate(0.2, 2.5),), noted_after=0.4),
    ),
    Last(1.6, "Bastian Krull", "time-sheets", replace(_OPEN, answered_after=0.4)),
    Last(
        2.4, "Anke Sommerfeld", "meeting-sound", replace(_OPEN, answered_after=0.5, asked_after=0.2)
    ),
    Last(
        3.1,
        "Alma Whitcombe",
        "password",
        replace(_OPEN, answered_after=0.2, solved_after=0.4, ended_after=9),
    ),
    Last(
        4.5,
        "Anke Sommerfeld",
        "printer",
        replace(_OPEN, answered_after=0.4, solved_after=1.2, by_article=True, ended_after=9),
    ),
    Last(
        5.2,
        "Elena Marchetti",
        "phishing",
        replace(_OPEN, answered_after=0.2, starts_with_solver=False, handed_over_after=0.5),
    ),
    Last(
        26,
        "Bastian Krull",
        "outage",
        replace(_OPEN, answered_after=0.1, estimates=_STUCK_SWITCH, escalated_after=1.0),
    ),
    Last(
        27,
        "Alma Whitcombe",
        "laptop",
        replace(_OPEN, answered_after=1.5, asked_after=2, replied_after=3.0),
    ),
    Last(49, "Hanna Lubitz", "software", replace(_OPEN, answered_after=2, noted_after=20)),
    Last(52, "Cora Delacroix", "wish", replace(_OPEN, answered_after=3, asked_after=4)),
    Last(
        53,
        "Anke Sommerfeld",
        "two-screens",
        replace(
            _OPEN,
            answered_after=2,
            solved_after=22,
            ended_after=27,
            ending=Ending.REFUSED,
        ),
    ),
)


def last_plans(seed: int, until: datetime) -> Iterator[Plan]:
    """Those that lie open, wait or were just solved at the end."""
    topics = {topic.key: topic for topic in TOPICS}
    people = {person.name: person for person in REQUESTERS}
    for number, last in enumerate(LAST):
        requester = people[last.requester]
        at = until - timedelta(hours=last.hours)
        plan = draw(f"{seed}:last:{number}", requester.company, topics[last.topic], at)
        colleague = plan.requester if plan.requester != requester else plan.colleague
        yield replace(
            plan, requester=requester, colleague=colleague, channel="portal", path=last.path
        )
