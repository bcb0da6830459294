"""Sign in to the portal: a password, or an identity provider's word, for a session, kept on the
server and revocable."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from tortoise.expressions import Q

from foredesk.database import transaction
from foredesk.desk import Desk
from foredesk.errors import DeskError
from foredesk.people import passwords, throttle
from foredesk.people.external import person_behind
from foredesk.people.models import ExternalIdentity, Person, Session
from foredesk.people.secrets import digest, new_secret
from foredesk.people.viewer import Viewer, viewer_of
from foredesk.providers import Provider

SEEN_EVERY = timedelta(minutes=5)


class WrongCredentials(DeskError):
    """No active person has this e-mail address and password."""

    code = "WRONG_CREDENTIALS"

    def __init__(self) -> None:
        super().__init__("This e-mail address and password do not go together.")


class ProviderNeeded(DeskError):
    """No password is taken here; `provider` is the name of what is, empty if there are several."""

    code = "PROVIDER_NEEDED"

    def __init__(self, provider: str = "") -> None:
        super().__init__("No passwords are used here. Sign in with your organization's account.")
        self.provider = provider


@dataclass(frozen=True, slots=True)
class Device:
    """Where a session begins: the network address, and what the browser calls itself."""

    address: str = ""
    browser: str = ""


NO_DEVICE = Device()


@dataclass(frozen=True, slots=True)
class SignedIn:
    """`token` goes into the cookie and is never shown again."""

    token: str
    session: Session
    viewer: Viewer


async def sign_in(
    desk: Desk, *, email: str, password: str, address: str, browser: str = ""
) -> SignedIn:
    """Start a session. `address` is the network address that the attempt came from.

    Raises ProviderNeeded, TooManyAttempts and WrongCredentials.
    """
    email = _address(email)
    _check_passwords_are_taken(desk, email)
    noted = await throttle.admit(desk.now(), email=email, address=address)
    person = await Person.get_or_none(email=email, is_active=True)
    if not await passwords.matches(password, person.password_hash if person else ""):
        raise WrongCredentials()
    assert person is not None
    await throttle.forgive(email, noted)
    return await start_session(desk, person, Device(address, browser))


async def sign_in_by(
    desk: Desk, provider: Provider, claims: Mapping[str, Any], device: Device
) -> SignedIn:
    """Start a session for whom the provider's verified claims are about. Raises NotAdmitted."""
    person = await person_behind(desk, provider, claims)
    known = ExternalIdentity.filter(issuer=provider.issuer, subject=claims["sub"])
    await known.update(used_at=desk.now())
    return await start_session(desk, person, device, provider=provider.key)


async def start_session(
    desk: Desk, person: Person, device: Device = NO_DEVICE, *, provider: str = ""
) -> SignedIn:
    token = new_secret()
    async with transaction():
        session = await Session.create(
            token_hash=digest(token),
            form_token=new_secret(),
            browser=_readable(device.browser)[:200],
            address=_readable(device.address)[:64],
            provider=provider,
            created_at=desk.now(),
            seen_at=desk.now(),
            person_id=person.id,
        )
    return SignedIn(token, session, await viewer_of(person, desk.now()))


async def session_of(desk: Desk, token: str) -> Session | None:
    """The session if it is alive: not revoked, not idle too long, not too old."""
    session = await Session.get_or_none(token_hash=digest(token), revoked_at=None)
    if session is None or _is_over(desk, session):
        return None
    if desk.now() - session.seen_at > SEEN_EVERY:
        session.seen_at = desk.now()
        await session.save(update_fields=["seen_at"])
    return session


async def viewer_of_session(desk: Desk, session: Session) -> Viewer | None:
    person = await Person.get_or_none(id=session.person_id, is_active=True)
    return await viewer_of(person, desk.now()) if person else None


async def sign_out(desk: Desk, session: Session) -> None:
    await Session.filter(id=session.id).update(revoked_at=desk.now(), logout_hint="")


async def forget_sessions(desk: Desk) -> int:
    """Delete those that open nothing any more; returns how many."""
    idle_since, old_since = alive_since(desk)
    over = Q(revoked_at__isnull=False) | Q(seen_at__lt=idle_since) | Q(created_at__lt=old_since)
    return await Session.filter(over).delete()


def alive_since(desk: Desk) -> tuple[datetime, datetime]:
    """A session must have been seen, and begun, since then."""
    idle = timedelta(hours=desk.settings.session_idle_hours)
    return desk.now() - idle, desk.now() - timedelta(days=desk.settings.session_days)


def _check_passwords_are_taken(desk: Desk, email: str) -> None:
    """By the address that was typed, whether anybody has it or not. Raises ProviderNeeded."""
    for provider in desk.settings.oidc:
        if provider.exclusive and provider.has_domain_of(email):
            raise ProviderNeeded(provider.label)
    if not desk.settings.takes_passwords:
        raise ProviderNeeded()


def _readable(text: str) -> str:
    return "".join(c for c in text if c.isprintable())


def _address(email: str) -> str:
    """The address as people are filed under; what can't be one becomes one that nobody has."""
    email = email.strip().lower()[:254]
    return email if email.isprintable() else ""


def _is_over(desk: Desk, session: Session) -> bool:
    idle_since, old_since = alive_since(desk)
    return session.seen_at < idle_since or session.created_at < old_since
