"""One's own account: where one is signed in, and how to end it there."""

import re
from dataclasses import dataclass

from starlette.requests import Request
from starlette.responses import Response

from foredesk.errors import NotFound
from foredesk.people.models import Person, Session
from foredesk.people.sessions import end_other_sessions, end_sessions, own_sessions
from portal.forms import Form, uuid_in
from portal.pages import desk_of, page, providers_of, see_other
from portal.visits import visit_of

BROWSERS = (
    ("Edge", r"\bEdg"),
    ("Opera", r"\bOPR/"),
    ("Firefox", r"\bFirefox/|\bFxiOS/"),
    ("Chrome", r"Chrome/|\bCriOS/|\bChromium/"),
    ("Safari", r"\bSafari/"),
)
SYSTEMS = (
    ("Android", r"\bAndroid\b"),
    ("iOS", r"\biPhone\b|\biPad\b"),
    ("Windows", r"\bWindows\b"),
    ("macOS", r"\bMac OS X\b|\bMacintosh\b"),
    ("Linux", r"\bLinux\b"),
)


@dataclass(frozen=True, slots=True)
class Place:
    """Where one is signed in."""

    session: Session
    name: str
    provider: str
    is_here: bool


async def show(request: Request) -> Response:
    visit = visit_of(request)
    places = [_place(request, one) for one in await own_sessions(desk_of(request), visit.viewer)]
    person = await Person.get(id=visit.viewer.person_id)
    return page(request, "account.html", person=person, places=places)


async def end(request: Request, sent: Form) -> Response:
    """End one session, or with `others` all but this. What is over already is no error."""
    visit, desk = visit_of(request), desk_of(request)
    session_id = uuid_in(sent["session"])
    if "others" in sent:
        here = visit.session.id if visit.session else None
        await end_other_sessions(desk, visit.viewer, but=here)
    elif session_id is not None:
        try:
            await end_sessions(desk, visit.viewer, session_ids=[session_id])
        except NotFound:
            return see_other("/account")
    return see_other("/account")


def _place(request: Request, session: Session) -> Place:
    visit, remote = visit_of(request), providers_of(request).named(session.provider)
    names = [_first(session.browser, BROWSERS), _first(session.browser, SYSTEMS)]
    return Place(
        session,
        name=", ".join(filter(None, names)) or visit.words("Unknown browser"),
        provider=remote.provider.label if remote else "",
        is_here=visit.session is not None and visit.session.id == session.id,
    )


def _first(browser: str, known: tuple[tuple[str, str], ...]) -> str:
    return next((name for name, pattern in known if re.search(pattern, browser)), "")
