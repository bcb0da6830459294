"""API tokens: `fd_<id>_<secret>`, shown once, with scopes and an end."""

import hmac
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from tortoise.expressions import Q
from tortoise.queryset import QuerySet

from foredesk.database import transaction
from foredesk.desk import Desk
from foredesk.errors import InvalidInput, NotPermitted
from foredesk.people.access_log import note
from foredesk.people.models import ApiToken, PeopleEventKind, Person, PersonKind, TeamMember
from foredesk.people.policy import Act, may
from foredesk.people.roles import Scope
from foredesk.people.secrets import digest, new_secret
from foredesk.people.teams import require_confidence
from foredesk.people.viewer import NEEDED, Viewer, viewers_of

LONGEST = timedelta(days=366)
PREFIX = "fd_"
USED_EVERY = timedelta(minutes=5)
AT_MOST = 50
"""Tokens that one person may have at a time."""


@dataclass(frozen=True, slots=True)
class IssuedToken:
    """`secret` is the whole token as the client sends it; it can't be read again."""

    secret: str
    token: ApiToken


@dataclass(frozen=True, slots=True)
class TokenViewer:
    """Who a token speaks for, and until when."""

    viewer: Viewer
    expires_at: datetime


async def issue_token(
    desk: Desk,
    viewer: Viewer,
    *,
    person: Person,
    name: str,
    scopes: Iterable[Scope],
    expires_at: datetime,
) -> IssuedToken:
    """Issue a token to oneself, or as an administrator to a service account.

    A token issues others only with the scope `administration`, and none that may do more.
    Raises NotPermitted, and InvalidInput when the end is past or over a year away, no scope is
    named, or there are too many.
    """
    wanted = sorted(set(scopes))
    if not _may_issue(viewer, person) or not set(wanted) <= viewer.scopes:
        raise NotPermitted()
    if person.id != viewer.person_id:
        memberships = await TeamMember.filter(person_id=person.id)
        await require_confidence(viewer, [one.team_id for one in memberships])
    if not wanted:
        raise InvalidInput("scopes", "Name at least one scope.")
    if not desk.now() < expires_at <= desk.now() + LONGEST:
        raise InvalidInput("expiresAt", "Choose an end within the next 366 days.")
    name = _name(name)
    async with transaction():
        alive = ApiToken.filter(person_id=person.id, revoked_at=None, expires_at__gt=desk.now())
        if await alive.count() >= AT_MOST:
            message = f"There are {AT_MOST} tokens already. Revoke one that is not used any more."
            raise InvalidInput("name", message)
        issued = await _stored(desk, viewer, person, name, wanted, expires_at)
        await note(desk, viewer, PeopleEventKind.TOKEN_CREATED, person, **_details(issued.token))
    return issued


def visible_tokens(viewer: Viewer) -> QuerySet[ApiToken]:
    """One's own; administrators see everybody's, to revoke one that has leaked."""
    if may(viewer, Act.MANAGE_PEOPLE):
        return ApiToken.all()
    if viewer.person_id is None or not viewer.reads(Scope.ADMINISTRATION):
        return ApiToken.filter(Q(id__isnull=True))
    return ApiToken.filter(person_id=viewer.person_id)


def own_tokens(viewer: Viewer) -> QuerySet[ApiToken]:
    """Those that speak for the viewer."""
    return visible_tokens(viewer).filter(person_id=viewer.person_id)


async def viewer_of_token(desk: Desk, secret: str) -> TokenViewer | None:
    """None for a token that is malformed, unknown, expired, revoked or its person's no more."""
    return (await viewers_of_tokens(desk, [secret]))[0]


async def viewers_of_tokens(desk: Desk, secrets: Sequence[str]) -> Sequence[TokenViewer | None]:
    """Many at once, in their order: whoever watches is asked for anew with every event."""
    tokens = [_alive(desk, token) for token in await _found(secrets)]
    holders = [token.person_id for token in tokens if token]
    active = Person.filter(id__in=holders, is_active=True).only(*NEEDED)
    people = await active if holders else []
    viewers = await viewers_of(people, desk.now()) if people else {}
    await _note_use(desk, [token for token in tokens if token and token.person_id in viewers])
    return [
        _viewer_of(token, viewers[token.person_id])
        if token and token.person_id in viewers
        else None
        for token in tokens
    ]


async def revoke_token(desk: Desk, viewer: Viewer, *, token: ApiToken) -> ApiToken:
    """From the next request on it opens nothing. A second time changes nothing."""
    is_own = viewer.person_id == token.person_id and Scope.ADMINISTRATION in viewer.scopes
    if not is_own and not may(viewer, Act.MANAGE_PEOPLE):
        raise NotPermitted()
    async with transaction():
        revoked = ApiToken.filter(id=token.id, revoked_at=None)
        if await revoked.update(revoked_at=desk.now(), revoked_by_id=viewer.person_id):
            person = await Person.get(id=token.person_id)
            await note(desk, viewer, PeopleEventKind.TOKEN_REVOKED, person, **_details(token))
    return await ApiToken.get(id=token.id)


def _may_issue(viewer: Viewer, person: Person) -> bool:
    """Never to another human being: whoever has it could read what only they may."""
    if viewer.is_system:
        return True
    if viewer.person_id == person.id:
        return Scope.ADMINISTRATION in viewer.scopes
    return person.kind is PersonKind.SERVICE and may(viewer, Act.MANAGE_PEOPLE, person)


def _name(name: str) -> str:
    name = " ".join(name.split())
    if len(name) > 120 or "\x00" in name:
        raise InvalidInput("name", "Use at most 120 characters.")
    return name or "API token"


def _details(token: ApiToken) -> dict[str, object]:
    return {"token": token.public_id, "name": token.name}


async def _stored(
    desk: Desk,
    viewer: Viewer,
    person: Person,
    name: str,
    scopes: list[Scope],
    expires_at: datetime,
) -> IssuedToken:
    public_id, secret = new_secret()[:12].replace("_", "-"), new_secret()
    token = await ApiToken.create(
        public_id=public_id,
        secret_hash=digest(secret),
        name=name,
        scopes=[str(scope) for scope in scopes],
        created_at=desk.now(),
        expires_at=expires_at,
        created_by_id=viewer.person_id,
        person_id=person.id,
    )
    return IssuedToken(f"{PREFIX}{public_id}_{secret}", token)


def _alive(desk: Desk, token: ApiToken | None) -> ApiToken | None:
    if token is None or token.revoked_at or token.expires_at <= desk.now():
        return None
    return token


def _viewer_of(token: ApiToken, viewer: Viewer) -> TokenViewer:
    scopes = frozenset(Scope(scope) for scope in token.scopes)
    return TokenViewer(viewer.with_scopes(scopes), token.expires_at)


async def _note_use(desk: Desk, tokens: Sequence[ApiToken]) -> None:
    stale = [
        token.id
        for token in tokens
        if token.used_at is None or desk.now() - token.used_at > USED_EVERY
    ]
    if stale:
        await ApiToken.filter(id__in=stale).update(used_at=desk.now())


_NEEDED = (
    "id",
    "public_id",
    "secret_hash",
    "scopes",
    "expires_at",
    "used_at",
    "revoked_at",
    "person_id",
)


async def _found(secrets: Sequence[str]) -> list[ApiToken | None]:
    keys = [_parts(secret) for secret in secrets]
    ids = {public_id for public_id, _ in keys if public_id}
    known = ApiToken.filter(public_id__in=list(ids)).only(*_NEEDED)
    rows = {row.public_id: row for row in await known}
    return [_matching(rows.get(public_id), key) for public_id, key in keys]


def _matching(token: ApiToken | None, key: str) -> ApiToken | None:
    if token is None or not hmac.compare_digest(token.secret_hash, digest(key)):
        return None
    return token


def _parts(secret: str) -> tuple[str, str]:
    """Public id and key; empty for what is no token."""
    prefix, _, rest = secret.partition("_")
    public_id, _, key = rest.partition("_")
    if f"{prefix}_" != PREFIX or not public_id or not key or not secret.isprintable():
        return "", ""
    return public_id[:17], key
