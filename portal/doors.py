"""Doors: what stands before a view. A form is checked and read; members are let in."""

from collections.abc import Awaitable, Callable
from urllib.parse import urlencode

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response

from foredesk.database import retry
from foredesk.errors import DeskError, TooManyAttempts
from foredesk.people.sign_in import ProviderNeeded, WrongCredentials, sign_in, sign_out
from portal import guard
from portal.forms import Form, read_form
from portal.pages import desk_of, device_of, page, see_other
from portal.refusals import say
from portal.visits import SESSION, chosen_language, visit_of

View = Callable[[Request], Awaitable[Response]]
FormView = Callable[[Request, Form], Awaitable[Response]]
Read = Callable[[Request], Awaitable[Form]]
NOT_SIGNED_IN = (WrongCredentials, TooManyAttempts, ProviderNeeded)


def anybody(view: View) -> View:
    """A page for everybody. It is made again when the database rolled back through no fault."""

    async def endpoint(request: Request) -> Response:
        return await retry(lambda: view(request))

    return endpoint


def members(view: View) -> View:
    """A page for people who are signed in; all others sign in first and come back to it."""

    async def endpoint(request: Request) -> Response:
        if visit_of(request).is_signed_in:
            return await retry(lambda: view(request))
        address = request.url.path + (f"?{request.url.query}" if request.url.query else "")
        return see_other(f"/sign-in?{urlencode({'next': address})}")

    return endpoint


def agents(view: View) -> View:
    """A page for agents. Raises HTTPException 404 for others: it is not theirs to know of."""

    async def endpoint(request: Request) -> Response:
        if not visit_of(request).viewer.is_agent:
            raise HTTPException(404)
        return await view(request)

    return members(endpoint)


def form(view: FormView, *, by_members: bool = True, read: Read = read_form) -> View:
    """A form of ours, sent by its own page. What was typed survives a lost session or token."""

    async def endpoint(request: Request) -> Response:
        if guard.is_from_elsewhere(request):
            raise HTTPException(403)
        sent = await read(request)
        if not guard.is_own_token(visit_of(request).form_secret, sent[guard.FIELD]):
            return page(request, "send_again.html", status=403, kept=_kept(sent))
        if by_members and not visit_of(request).is_signed_in:
            refusal = await _signed_in(request, sent)
            if refusal is not None:
                return refusal
        return await retry(lambda: view(request, sent))

    return endpoint


def agents_form(view: FormView) -> View:
    async def only_agents(request: Request, sent: Form) -> Response:
        if not visit_of(request).viewer.is_agent:
            raise HTTPException(404)
        return await view(request, sent)

    return form(only_agents)


async def start_session(request: Request, sent: Form) -> None:
    """Sign in with what the form says. Raises one of NOT_SIGNED_IN."""
    visit, device = visit_of(request), device_of(request)
    signed_in = await sign_in(
        desk_of(request),
        email=sent["_email"],
        password=sent["_password"],
        address=device.address,
        browser=device.browser,
    )
    if visit.session:
        await sign_out(desk_of(request), visit.session)
    visit.welcome(signed_in.viewer, signed_in.session, chosen_language(request))
    visit.cookies[SESSION] = (signed_in.token, None)


def refused_status(refusal: DeskError) -> int:
    return 429 if isinstance(refusal, TooManyAttempts) else 422


async def _signed_in(request: Request, sent: Form) -> Response | None:
    """Sign in on the way: the page that asks for it carries what the form said."""
    problem, status = "", 401
    if "_email" in sent:
        try:
            await start_session(request, sent)
        except NOT_SIGNED_IN as refusal:
            problem, status = say(visit_of(request).words, refusal), refused_status(refusal)
        else:
            return None
    return page(
        request,
        "sign_in.html",
        status=status,
        kept=_kept(sent),
        problems={"email": problem} if problem else {},
        email=sent["_email"],
        next=request.url.path,
    )


def _kept(sent: Form) -> list[tuple[str, str]]:
    """The person's own fields; ours, with the token and the password, begin with a low line."""
    return [
        (name, value)
        for name, values in sent.fields.items()
        for value in values
        if not name.startswith("_")
    ]
