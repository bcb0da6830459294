"""What the address of the figures asks for: read strictly, with something sensible for the rest."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum
from typing import TypeVar
from urllib.parse import urlencode
from zoneinfo import ZoneInfo

from foredesk.errors import InvalidInput
from foredesk.measures.chart import Charted
from foredesk.measures.facts import RESOLUTION, RESPONSE, Cut
from foredesk.measures.periods import Period
from foredesk.measures.selection import USUAL, Selection
from foredesk.people.viewer import Viewer
from foredesk.sla.definitions import NEXT_UPDATE
from portal.forms import clean, uuid_in
from portal.managing import NOWHERE

Choice = TypeVar("Choice", bound=StrEnum)
CLOCKS = (RESPONSE, RESOLUTION, NEXT_UPDATE)
FIELDS = ("from", "to", "by", "period", "chart", "clock", "company", "team", "priority")


@dataclass(frozen=True, slots=True)
class Asked:
    """`since` and `last` are days, both included. `query` is the rest of a link to the same."""

    selection: Selection
    by: Cut
    period: Period
    measure: Charted
    clock: str
    since: date
    last: date
    query: str


def asked_in(values: Mapping[str, str], viewer: Viewer, now: datetime) -> Asked:
    """Raises InvalidInput for days that are none."""
    sent = {name: clean(values.get(name, "")) for name in FIELDS}
    zone = ZoneInfo(viewer.time_zone)
    today = now.astimezone(zone).date()
    last = day_in(sent, "to", today)
    since = day_in(sent, "from", last - USUAL)
    if since > last:
        raise InvalidInput("from", "The first day comes after the last.")
    following = last + timedelta(days=1)
    until = midnight(following, zone)
    return Asked(
        selection=Selection(
            since=midnight(since, zone),
            until=min(until, now) if since <= today else until,
            time_zone=viewer.time_zone,
            organization_ids=[uuid_in(sent["company"]) or NOWHERE] if sent["company"] else None,
            team_ids=[uuid_in(sent["team"]) or NOWHERE] if sent["team"] else None,
            priorities=[sent["priority"]] if sent["priority"] else None,
        ),
        by=_choice(Cut, sent["by"], Cut.PRIORITY),
        period=_choice(Period, sent["period"], Period.WEEK),
        measure=_choice(Charted, sent["chart"], Charted.TARGET_MET),
        clock=sent["clock"] if sent["clock"] in CLOCKS else RESOLUTION,
        since=since,
        last=last,
        query=urlencode({name: value for name, value in sent.items() if value}),
    )


def day_in(sent: Mapping[str, str], name: str, usual: date) -> date:
    """Raises InvalidInput for what is none."""
    if not sent[name]:
        return usual
    try:
        day = date.fromisoformat(sent[name])
    except ValueError as problem:
        raise InvalidInput(name, "Choose a day.") from problem
    if not 1990 < day.year < 2200:
        raise InvalidInput(name, "Choose a day.")
    return day


def _choice(choices: type[Choice], text: str, usual: Choice) -> Choice:
    return choices(text) if text in list(choices) else usual


def midnight(day: date, zone: ZoneInfo) -> datetime:
    return datetime(day.year, day.month, day.day, tzinfo=zone)
