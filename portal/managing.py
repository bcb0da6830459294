"""Managing: what the pages on people, teams and organizations have in common."""

from collections.abc import Awaitable, Callable, Mapping, Sequence
from datetime import datetime
from uuid import UUID
from zoneinfo import ZoneInfo

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response

from foredesk.errors import DeskError, InvalidInput
from foredesk.people.policy import Act, may
from foredesk.people.roles import Role
from portal.acting import Typed
from portal.doors import FormView, View, form, members
from portal.forms import Form, uuid_in
from portal.pages import see_other
from portal.refusals import say, unreadable
from portal.service_accounts import ROLES as AGENTS
from portal.visits import visit_of
from portal.words import Words, marked

SHOWN_AT_MOST = 300
ROLES: Mapping[Role, str] = {
    Role.ORGANIZATION_COORDINATOR: marked("Coordinator of the company"),
    **AGENTS,
}
NOWHERE = UUID(int=0)


def managers(view: View) -> View:
    """Raises HTTPException 404 for everybody else: it is not theirs to know of."""

    async def endpoint(request: Request) -> Response:
        _check(request)
        return await view(request)

    return members(endpoint)


def managers_form(view: FormView) -> View:
    async def checked(request: Request, sent: Form) -> Response:
        _check(request)
        return await view(request, sent)

    return form(checked)


async def do(
    request: Request,
    sent: Form,
    act: Callable[[], Awaitable[object]],
    *,
    show: Callable[[Request, Typed], Awaitable[Response]],
    back: str,
    field: str = "name",
) -> Response:
    """Do what the form asks, or show its page again; `field` is where a problem is shown that
    names none of the form."""
    words = visit_of(request).words
    if sent.unreadable:
        return await show(request, Typed(sent, dict.fromkeys(sent.unreadable, unreadable(words))))
    try:
        await act()
    except DeskError as refusal:
        named = refusal.path[-1] if refusal.path else field
        place = named if named in sent.fields else field
        return await show(request, Typed(sent, {place: say(words, refusal)}))
    return see_other(back)


def id_in(request: Request) -> UUID:
    """Of the address. Raises HTTPException 404."""
    id = uuid_in(request.path_params["id"])
    if id is None:
        raise HTTPException(404)
    return id


def id_sent(sent: Form, name: str) -> UUID:
    """One that nothing has, where the form has none."""
    return uuid_in(sent[name]) or NOWHERE


def moment_sent(request: Request, sent: Form, name: str) -> datetime:
    """A day and time by the person's own clock. Raises InvalidInput."""
    zone = ZoneInfo(visit_of(request).viewer.time_zone)
    try:
        return datetime.fromisoformat(sent[name]).replace(tzinfo=zone)
    except ValueError as problem:
        raise InvalidInput(name, "Choose a day and a time.") from problem


def role_names(roles: Sequence[Role], words: Words) -> list[tuple[str, str]]:
    """Values and labels of those beyond a requester's."""
    return [(role.value, words(ROLES[role])) for role in ROLES if role in roles]


def _check(request: Request) -> None:
    viewer = visit_of(request).viewer
    if not may(viewer, Act.MANAGE_REQUESTERS):
        raise HTTPException(404)
