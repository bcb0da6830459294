"""Replay: what recorded requests would have come to under the agreement in a form."""

from datetime import timedelta
from typing import Any

from starlette.requests import Request
from starlette.responses import Response

from foredesk.errors import DeskError
from foredesk.replay.causes import NIGHTS, WEEKEND
from foredesk.replay.propose import replay_file
from foredesk.replay.run import Replay
from foredesk.replay.told import duration, rows_of, share_of, without_hours
from foredesk.sla.hours import WEEKDAYS
from portal import agreements, labels
from portal.acting import Typed
from portal.forms import Form
from portal.managing import moment_sent
from portal.pages import desk_of, page
from portal.refusals import say, unreadable
from portal.visits import visit_of
from portal.words import Words, marked

A_YEAR = timedelta(days=365)
DAYS = dict(
    zip(
        (*WEEKDAYS, WEEKEND),
        (
            marked("on Mondays"),
            marked("on Tuesdays"),
            marked("on Wednesdays"),
            marked("on Thursdays"),
            marked("on Fridays"),
            marked("on Saturdays"),
            marked("on Sundays"),
            marked("on weekends"),
        ),
        strict=True,
    )
)


async def replay(request: Request, sent: Form) -> Response:
    """Nothing is stored; what is refused is told beside the form."""
    visit, desk = visit_of(request), desk_of(request)
    if sent.unreadable:
        return await agreements.show(request, Typed(sent, {"text": unreadable(visit.words)}))
    try:
        since = moment_sent(request, sent, "since") if sent["since"] else desk.now() - A_YEAR
        found = await replay_file(desk, visit.viewer, text=sent["text"], since=since)
    except DeskError as refusal:
        field = "since" if refusal.path[:1] == ("since",) else "text"
        return await agreements.show(request, Typed(sent, {field: say(visit.words, refusal)}))
    return page(request, "agreement_replayed.html", **_shown(found, visit.words))


def _shown(found: Replay, words: Words) -> dict[str, Any]:
    tally = found.tally
    titles = {name: clock.title for name, clock in found.proposal.terms.clocks.items()}
    return {
        "found": found,
        "titles": {
            name: words(agreements.TITLES.get(name, title)) for name, title in titles.items()
        },
        "rows": list(rows_of(found)),
        "share_of": share_of,
        "duration": duration,
        "percent": lambda value: words.number(round(100 * value, 1)),
        "priority": lambda value: labels.priority(value, words),
        "missed": sum(cell.target.missed for cell in tally.cells.values()),
        "causes": [
            (
                clock,
                causes.missed,
                [(_hours(hours, words), n) for hours, n in without_hours(causes)],
            )
            for clock, causes in sorted(tally.causes.items())
        ],
        "changes": [
            (clock, change)
            for (clock, level), change in sorted(tally.changes.items())
            if level == "target"
        ],
    }


def _hours(hours: str, words: Words) -> str:
    if hours in DAYS:
        return words(DAYS[hours])
    if hours == NIGHTS:
        return words("at night, from 18:00 to 08:00")
    return words("from %(hours)s", hours=hours.replace("-", "–"))
