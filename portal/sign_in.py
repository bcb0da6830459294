"""Signing in and out, and choosing a language."""

from starlette.requests import Request
from starlette.responses import Response

from foredesk.oidc.logout import logout_address
from foredesk.people.sign_in import sign_out
from portal.doors import NOT_SIGNED_IN, refused_status, start_session
from portal.forms import Form
from portal.pages import desk_of, is_own_address, page, providers_of, see_other
from portal.refusals import say
from portal.visits import A_YEAR, LANGUAGE, SESSION, Visit, cookie, visit_of
from portal.words import NAMES


async def show(request: Request) -> Response:
    if visit_of(request).is_signed_in:
        return see_other(_next(request.query_params.get("next", "")))
    return _form(request, next=_next(request.query_params.get("next", "")))


async def enter(request: Request, sent: Form) -> Response:
    next = _next(sent["next"])
    try:
        await start_session(request, sent)
    except NOT_SIGNED_IN as refusal:
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
    elsewhere, provider = await _logout_elsewhere(request, visit)
    if visit.session:
        await sign_out(desk_of(request), visit.session)
    visit.cookies[SESSION] = ("", 0)
    if elsewhere is None:
        return see_other("/")
    visit.leave()
    return page(request, "signed_out.html", elsewhere=elsewhere, provider=provider)


async def choose_language(request: Request, sent: Form) -> Response:
    if sent["locale"] in NAMES:
        visit_of(request).cookies[LANGUAGE] = (sent["locale"], A_YEAR)
    return see_other(_next(sent["next"]))


async def _logout_elsewhere(request: Request, visit: Visit) -> tuple[str | None, str]:
    """Where to sign out of the identity provider, if it can be asked for, and its name."""
    remote = providers_of(request).named(visit.session.provider) if visit.session else None
    secret = cookie(request, SESSION, is_secure=visit.is_secure)
    if remote is None or visit.session is None or secret is None:
        return None, ""
    home = f"{desk_of(request).settings.address}/"
    return await logout_address(remote, visit.session, secret, home), remote.provider.label


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
