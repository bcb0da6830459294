"""Elsewhere: signing in at an identity provider, and coming back from there."""

from base64 import urlsafe_b64decode, urlsafe_b64encode

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response

from foredesk.errors import TooManyAttempts
from foredesk.oidc import ProviderFailed
from foredesk.oidc.flow import (
    FlowBroken,
    Handshake,
    Vouched,
    authorization_address,
    vouched_for,
)
from foredesk.oidc.logout import keep_hint
from foredesk.oidc.remote import Remote
from foredesk.people.external import NotAdmitted
from foredesk.people.sign_in import sign_in_by, sign_out
from foredesk.people.throttle import attempting
from portal.pages import desk_of, device_of, is_own_address, page, providers_of, see_other
from portal.refusals import say
from portal.visits import HANDSHAKE, SESSION, chosen_language, cookie, visit_of

LONGEST_NEXT = 1000
"""Browsers drop cookies that are much longer."""

MINUTES = 15
"""How long somebody may take at the provider."""


async def begin(request: Request) -> Response:
    """On to the provider. Raises HTTPException 404 for one that is not there."""
    remote, next = _remote(request), request.query_params.get("next", "/")
    handshake = Handshake.new(remote.provider.key)
    try:
        address = await authorization_address(remote, handshake, _back(request, remote))
    except ProviderFailed:
        return _not_signed_in(request, remote, "silent", 502)
    visit_of(request).cookies[HANDSHAKE] = (_kept(handshake, next), MINUTES * 60)
    return see_other(address)


async def come_back(request: Request) -> Response:
    """Back from the provider, with its answer in the address."""
    remote, visit = _remote(request), visit_of(request)
    handshake, next = _begun(request)
    visit.cookies[HANDSHAKE] = ("", 0)
    if handshake is None or handshake.provider != remote.provider.key:
        return _not_signed_in(request, remote, "broken", 400)
    if "error" in request.query_params:
        return _not_signed_in(request, remote, "refused", 403)
    answer, back = dict(request.query_params), _back(request, remote)
    now, address = desk_of(request).now(), device_of(request).address
    try:
        async with attempting(now, address=address):
            vouched = await vouched_for(remote, handshake, answer, back, now)
            await _welcome(request, remote, vouched)
    except TooManyAttempts as refusal:
        return _not_signed_in(request, remote, say(visit.words, refusal), 429)
    except FlowBroken:
        return _not_signed_in(request, remote, "broken", 400)
    except ProviderFailed:
        return _not_signed_in(request, remote, "failed", 502)
    except NotAdmitted:
        return _not_signed_in(request, remote, "unknown", 403)
    return see_other(next)


async def _welcome(request: Request, remote: Remote, vouched: Vouched) -> None:
    """Raises NotAdmitted."""
    visit, desk = visit_of(request), desk_of(request)
    signed_in = await sign_in_by(desk, remote.provider, vouched.claims, device_of(request))
    await keep_hint(signed_in.session, signed_in.token, vouched.id_token)
    if visit.session:
        await sign_out(desk, visit.session)
    visit.welcome(signed_in.viewer, signed_in.session, chosen_language(request))
    visit.cookies[SESSION] = (signed_in.token, None)


def _remote(request: Request) -> Remote:
    remote = providers_of(request).named(request.path_params["provider"])
    if remote is None:
        raise HTTPException(404)
    return remote


def _back(request: Request, remote: Remote) -> str:
    """An address for each provider: the answer of one can't be taken for that of another."""
    return f"{desk_of(request).settings.address}/sign-in/with/{remote.provider.key}/callback"


def _kept(handshake: Handshake, next: str) -> str:
    going = urlsafe_b64encode(next[:LONGEST_NEXT].encode()).decode().rstrip("=")
    return f"{handshake.provider}.{handshake.secret}.{going}"


def _begun(request: Request) -> tuple[Handshake | None, str]:
    """The sign-in that this browser began, and where it was going."""
    kept = cookie(request, HANDSHAKE, is_secure=visit_of(request).is_secure) or ""
    provider, _, rest = kept.partition(".")
    secret, _, going = rest.partition(".")
    if not provider or not secret:
        return None, "/"
    try:
        next = urlsafe_b64decode(going + "=" * (-len(going) % 4)).decode()
    except ValueError:
        next = "/"
    return Handshake(provider, secret), next if is_own_address(next) else "/"


def _not_signed_in(request: Request, remote: Remote, why: str, status: int) -> Response:
    """`why` is a case of the page, or a whole sentence."""
    return page(
        request, "not_signed_in.html", status=status, why=why, provider=remote.provider.label
    )
