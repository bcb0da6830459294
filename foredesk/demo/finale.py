"""Finale: requests of the last hours, so that there is something to do when the demo opens."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from foredesk.demo.plot import Ending, Estimate, Path, Plan, draw
from foredesk.demo.topics import TOPICS

_NOT_YET = 1000.0


@dataclass(frozen=True, slots=True)
class Last:
    """Filed so many hours before the end."""

    hours: float
    company: str
    topic: str
    path: Path


_OPEN = Path(answered_after=_NOT_YET, solved_after=_NOT_YET, by_day=True)
_STUCK_SWITCH = (Estimate(0.5, 9), Estimate(8.5, 14), Estimate(22, 8))

LAST = (
    Last(0.15, "tannquell", "vpn", replace(_OPEN, searched_first=True, opened_an_article=True)),
    Last(0.3, "larkmeadow", "printer", _OPEN),
    Last(0.7, "larkmeadow", "invoices", replace(_OPEN, searched_first=True)),
    Last(
        1.1,
        "larkmeadow",
        "cold-store",
        replace(_OPEN, answered_after=0.1, estimates=(Estimate(0.2, 2.5),), noted_after=0.4),
    ),
    Last(1.6, "tannquell", "time-sheets", replace(_OPEN, answered_after=0.4)),
    Last(2.4, "tannquell", "meeting-sound", replace(_OPEN, answered_after=0.5, asked_after=0.2)),
    Last(
        3.1,
        "larkmeadow",
        "password",
        replace(_OPEN, answered_after=0.2, solved_after=0.4, ended_after=9),
    ),
    Last(
        4.5,
        "tannquell",
        "printer",
        replace(_OPEN, answered_after=0.4, solved_after=1.2, by_article=True, ended_after=9),
    ),
    Last(
        5.2,
        "larkmeadow",
        "phishing",
        replace(_OPEN, answered_after=0.2, starts_with_solver=False, handed_over_after=0.5),
    ),
    Last(
        26,
        "tannquell",
        "outage",
        replace(_OPEN, answered_after=0.1, estimates=_STUCK_SWITCH, escalated_after=1.0),
    ),
    Last(
        27,
        "larkmeadow",
        "laptop",
        replace(_OPEN, answered_after=1.5, asked_after=2, replied_after=3.0),
    ),
    Last(49, "tannquell", "software", replace(_OPEN, answered_after=2, noted_after=20)),
    Last(52, "larkmeadow", "wish", replace(_OPEN, answered_after=3, asked_after=4)),
    Last(
        53,
        "tannquell",
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
    for number, last in enumerate(LAST):
        at = until - timedelta(hours=last.hours)
        yield draw(f"{seed}:last:{number}", last.company, topics[last.topic], at, last.path)
