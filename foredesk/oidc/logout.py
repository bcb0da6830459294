"""Logout: end the session at the identity provider as well, where it lets us ask for that."""

import hashlib
from urllib.parse import urlencode

from joserfc import jwe
from joserfc.errors import JoseError
from joserfc.jwk import OctKey

from foredesk.oidc.remote import ProviderFailed, Remote
from foredesk.people.models import Session

_SEAL = {"alg": "dir", "enc": "A256GCM"}


async def keep_hint(session: Session, secret: str, id_token: str) -> None:
    """Keep the ID token, which the provider wants to see again, so that only the owner of the
    cookie can read it."""
    sealed = jwe.encrypt_compact(_SEAL, id_token.encode(), _key(secret))
    await Session.filter(id=session.id).update(logout_hint=sealed)


async def logout_address(
    remote: Remote, session: Session, secret: str, return_to: str
) -> str | None:
    """Where the browser goes to sign out there; None where that can't be asked for."""
    try:
        endpoint = (await remote.metadata()).end_session_endpoint
    except ProviderFailed:
        return None
    if not endpoint:
        return None
    asked = {"client_id": remote.provider.client_id, "post_logout_redirect_uri": return_to}
    hint = _hint(session, secret)
    if hint:
        asked["id_token_hint"] = hint
    return f"{endpoint}{'&' if '?' in endpoint else '?'}{urlencode(asked)}"


def _hint(session: Session, secret: str) -> str:
    if not session.logout_hint:
        return ""
    try:
        opened = jwe.decrypt_compact(session.logout_hint, _key(secret)).plaintext
    except JoseError:
        return ""
    return opened.decode() if opened else ""


def _key(secret: str) -> OctKey:
    return OctKey.import_key(hashlib.sha256(b"logout hint " + secret.encode()).digest())
