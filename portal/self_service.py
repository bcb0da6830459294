"""Self-service: how often articles answered in place of the help desk."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from urllib.parse import urlencode
from zoneinfo import ZoneInfo

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response

from foredesk.errors import InvalidInput
from foredesk.knowledge.models import SearchChannel
from foredesk.people.viewer import Viewer
from foredesk.self_service.figures import Deflections, deflection_figures
from foredesk.self_service.searches import USUAL, Span, sees_figures
from foredesk.self_service.table import deflections_csv
from portal import measures_words
from portal.doors import View, members
from portal.forms import clean
from portal.measures_asked import day_in, midnight
from portal.pages import desk_of, page
from portal.refusals import say
from portal.visits import visit_of
from portal.words import NAMES, marked

FIELDS = ("from", "to", "channel", "language")
ARTICLES_SHOWN = 50
CHANNELS: Mapping[SearchChannel, str] = {
    SearchChannel.SEARCH: marked("Search page"),
    SearchChannel.ASK_FORM: marked("While asking for help"),
    SearchChannel.API: marked("Other programs"),
    SearchChannel.TICKET: marked("Agents on a request"),
}


@dataclass(frozen=True, slots=True)
class Wanted:
    """`since` and `last` are days, both included. `query` is the rest of a link to the same."""

    span: Span
    since: date
    last: date
    query: str


def figuring(view: View) -> View:
    """Raises HTTPException 404 for those who see no figures: it is not theirs to know of."""

    async def endpoint(request: Request) -> Response:
        if not sees_figures(visit_of(request).viewer):
            raise HTTPException(404)
        return await view(request)

    return members(endpoint)


async def show(request: Request) -> Response:
    """With a problem beside the field, the usual time is shown."""
    wanted, problems = wanted_or_usual(request)
    viewer = visit_of(request).viewer
    found = await deflection_figures(desk_of(request), viewer, span=wanted.span)
    return page(
        request,
        "answers.html",
        status=422 if problems else 200,
        problems=problems,
        found=found,
        articles=found.articles[:ARTICLES_SHOWN],
        **choices(request, wanted),
    )


async def download(request: Request) -> Response:
    return table("answers", deflections_csv(await _figures(request)))


def wanted_or_usual(request: Request) -> tuple[Wanted, dict[str, str]]:
    """What the address asks for; what is usual and the problem where it can't be read."""
    visit, now = visit_of(request), desk_of(request).now()
    try:
        return wanted_in(request.query_params, visit.viewer, now), {}
    except InvalidInput as refusal:
        field = refusal.field if refusal.field == "to" else "from"
        return wanted_in({}, visit.viewer, now), {field: say(visit.words, refusal)}


def wanted_in(values: Mapping[str, str], viewer: Viewer, now: datetime) -> Wanted:
    """Raises InvalidInput for days that are none."""
    sent = {name: clean(values.get(name, "")) for name in FIELDS}
    zone = ZoneInfo(viewer.time_zone)
    last = day_in(sent, "to", now.astimezone(zone).date())
    since = day_in(sent, "from", last - USUAL)
    if since > last:
        raise InvalidInput("from", "The first day comes after the last.")
    known = sent["channel"] in list(SearchChannel)
    span = Span(
        since=midnight(since, zone),
        until=midnight(last + timedelta(days=1), zone),
        channels=[SearchChannel(sent["channel"])] if known else None,
        locale=sent["language"] or None,
    )
    query = urlencode({name: value for name, value in sent.items() if value})
    return Wanted(span, since, last, query)


def choices(request: Request, wanted: Wanted) -> dict[str, object]:
    """What the form of these pages offers, and what was chosen."""
    words = visit_of(request).words
    return {
        "wanted": wanted,
        "sent": {name: request.query_params.get(name, "") for name in FIELDS},
        "channels": [(channel.value, words(name)) for channel, name in CHANNELS.items()],
        "channel_names": CHANNELS,
        "tongues": list(NAMES.items()),
        "measuring": measures_words,
    }


def table(name: str, text: str) -> Response:
    return Response(
        text.encode("utf-8-sig"),
        media_type="text/csv; charset=utf-8",
        headers={
            "Content-Disposition": f'attachment; filename="{name}.csv"',
            "Cache-Control": "no-store",
        },
    )


async def _figures(request: Request) -> Deflections:
    viewer, desk = visit_of(request).viewer, desk_of(request)
    wanted = wanted_in(request.query_params, viewer, desk.now())
    return await deflection_figures(desk, viewer, span=wanted.span)
