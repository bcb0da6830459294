"""Signing in and out, and choosing a language."""

from starlette.requests import Request
from starlette.responses import Response

from foredesk.errors import TooManyAttempts
from foredesk.people.sign_in import WrongCredentials, sign_out
from portal.doors import refused_status, start_session
from portal.forms import Form
from portal.pages import desk_of, is_own_address, page, see_other
from portal.refusals import say
from portal.visits import A_YEAR, LANGUAGE, SESSION, visit_of
from portal.words import NAMES


async def show(request: Request) -> Response:
    if visit_of(request).is_signed_in:
        return see_other(_next(request.query_params.get("next", "")))
    return _form(request, next=_next(request.query_params.get("next", "")))


async def enter(request: Request, sent: Form) -> Response:
    next = _next(sent["next"])
    try:
        await start_session(request, sent)
    except (WrongCredentials, TooManyAttempts) as refusal:
        return _form(
            request,
            next=next,
            email=sent["_email"],
            problem=say(visit_of(request).words, refusal),
            status=refused_status(refusal),
        )
    return see_other(next)


async def leave(request: Request, sent: Form) -> Response:
    visit = visit_of(request)
    if visit.session:
        await sign_out(desk_of(request), visit.session)
    visit.cookies[SESSION] = ("", 0)
    return see_other("/")


async def choose_language(request: Request, sent: Form) -> Response:
    if sent["locale"] in NAMES:
        visit_of(request).cookies[LANGUAGE] = (sent["locale"], A_YEAR)
    return see_other(_next(sent["next"]))


def _form(
    request: Request, *, next: str, email: str = "", problem: str = "", status: int = 200
) -> Response:
    return page(
        request,
        "sign_in.html",
        status=status,
        next=next,
        kept=[],
        email=email,
        problems={"email": problem} if problem else {},
    )


def _next(address: str) -> str:
    return address if is_own_address(address) else "/"
