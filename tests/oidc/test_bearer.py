"""Tokens of a provider at the API: every way in which one can be wrong."""

import hashlib
import hmac
from base64 import urlsafe_b64encode
from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

import pytest

from foredesk.desk import Desk
from foredesk.oidc import Providers
from foredesk.oidc import remote as module
from foredesk.oidc.bearer import viewer_of_bearer
from foredesk.people.models import ExternalIdentity, Person
from foredesk.people.roles import Scope
from foredesk.people.tokens import TokenViewer
from foredesk.settings import Settings
from tests.clock import NOW
from tests.oidc.pretend import AUDIENCE, ISSUER, Pretend, new_key, provider
from tests.people import make_organization, make_person

AT = int(NOW.timestamp())


@pytest.fixture
def pretend(monkeypatch: pytest.MonkeyPatch) -> Pretend:
    made = Pretend()
    monkeypatch.setattr(module, "fetch_json", made.fetch)
    return made


@pytest.fixture
async def ada(desk: Desk) -> Person:
    ada = await make_person(desk, await make_organization(desk, "acme"), name="Ada")
    await ExternalIdentity.create(
        issuer=ISSUER, subject="ada", created_at=NOW, used_at=NOW, person_id=ada.id
    )
    return ada


async def found(desk: Desk, token: str, **settings: Any) -> TokenViewer | None:
    made = provider(**({"api_audiences": AUDIENCE} | settings))
    return await viewer_of_bearer(desk, Providers(Settings(oidc=(made,))), token)


async def test_a_good_token_speaks_for_its_person_until_it_ends(
    desk: Desk, ada: Person, pretend: Pretend
) -> None:
    viewer = await found(desk, pretend.token({"typ": "at+jwt"}))

    assert viewer is not None
    assert viewer.viewer.person_id == ada.id
    assert viewer.viewer.scopes == {Scope.READ}
    assert viewer.expires_at == datetime.fromtimestamp(AT + 600, UTC)


@pytest.mark.parametrize(
    "wrong",
    [
        {"iss": "https://attacker.example"},
        {"iss": ISSUER + "/"},
        {"iss": None},
        {"iss": [ISSUER]},
        {"aud": "https://other.example"},
        {"aud": None},
        {"aud": []},
        {"aud": {"0": AUDIENCE}},
        {"exp": AT - 31},
        {"exp": None},
        {"exp": "tomorrow"},
        {"exp": float("nan")},
        {"nbf": AT + 31},
        {"iat": AT + 31},
        {"sub": "nobody"},
        {"sub": None},
        {"sub": ""},
        {"sub": 7},
        {"sub": "x" * 300},
        {"sub": "ada\x00"},
        {"events": {"http://schemas.openid.net/event/backchannel-logout": {}}},
    ],
)
async def test_a_claim_that_is_wrong_opens_nothing(
    desk: Desk, ada: Person, pretend: Pretend, wrong: dict[str, Any]
) -> None:
    assert await found(desk, pretend.token(**wrong)) is None


def by_an_unknown_key(pretend: Pretend) -> str:
    kid = pretend.keys[0].kid
    stranger = Pretend(keys=[new_key(str(kid))])
    return stranger.token()


def by_the_public_key_as_secret(pretend: Pretend) -> str:
    """The classic confusion of algorithms."""
    header = urlsafe_b64encode(b'{"alg":"HS256","kid":"first"}').decode().rstrip("=")
    text = f"{header}.{pretend.token().split('.')[1]}"
    secret = pretend.keys[0].as_pem(private=False)
    signature = hmac.new(secret, text.encode(), hashlib.sha256).digest()
    return f"{text}.{urlsafe_b64encode(signature).decode().rstrip('=')}"


def by_nobody(pretend: Pretend) -> str:
    header = "eyJhbGciOiJub25lIn0"
    return f"{header}.{pretend.token().split('.')[1]}."


def by_nobody_with_an_odd_extension(pretend: Pretend) -> str:
    header = urlsafe_b64encode(b'{"alg":"RS256","kid":"first","crit":[{}]}').decode().rstrip("=")
    return f"{header}.{pretend.token().split('.')[1]}.AAAA"


def with_another_body(pretend: Pretend) -> str:
    header, _, signature = pretend.token().split(".")
    return f"{header}.{pretend.token(sub='bob').split('.')[1]}.{signature}"


@pytest.mark.parametrize(
    "make",
    [
        by_an_unknown_key,
        by_the_public_key_as_secret,
        by_nobody,
        by_nobody_with_an_odd_extension,
        with_another_body,
        lambda pretend: pretend.token({"typ": "logout+jwt"}),
        lambda pretend: pretend.token() + "." + pretend.token(),
        lambda pretend: "a.b.c",
        lambda pretend: "..",
        lambda pretend: "é.é.é",
        lambda pretend: pretend.token(padding="x" * 20_000),
    ],
)
async def test_a_forged_token_opens_nothing(
    desk: Desk, ada: Person, pretend: Pretend, make: Callable[[Pretend], str]
) -> None:
    token = make(pretend)
    assert await found(desk, token) is None


async def test_an_algorithm_that_is_not_in_the_settings_opens_nothing(
    desk: Desk, ada: Person, pretend: Pretend
) -> None:
    assert await found(desk, pretend.token(), algorithms="RS256") is None


@pytest.mark.parametrize(
    ("claims", "scopes"),
    [
        ({"scope": "openid foredesk:tickets foredesk:read"}, {Scope.TICKETS, Scope.READ}),
        ({"scp": ["foredesk:surveys", "other"]}, {Scope.SURVEYS}),
        ({"scope": "administration foredesk:everything"}, {Scope.READ}),
        ({"scope": 7}, {Scope.READ}),
    ],
)
async def test_scopes_are_those_that_the_token_names_with_our_prefix(
    desk: Desk, ada: Person, pretend: Pretend, claims: dict[str, Any], scopes: set[Scope]
) -> None:
    viewer = await found(desk, pretend.token(**claims))

    assert viewer is not None
    assert viewer.viewer.scopes == scopes


async def test_without_a_scope_of_ours_a_token_may_be_refused(
    desk: Desk, ada: Person, pretend: Pretend
) -> None:
    assert await found(desk, pretend.token(scope="openid"), api_scopes="") is None


async def test_somebody_new_is_taken_in_when_the_token_says_enough_of_them(
    desk: Desk, ada: Person, pretend: Pretend
) -> None:
    told = {"sub": "new", "email": "new@acme.example", "email_verified": True, "name": "New"}

    assert await found(desk, pretend.token(sub="new")) is None
    viewer = await found(desk, pretend.token(**told))

    assert viewer is not None
    assert viewer.viewer.name == "New"


async def test_while_the_provider_is_silent_its_tokens_open_nothing(
    desk: Desk, ada: Person, pretend: Pretend
) -> None:
    pretend.is_down = True

    assert await found(desk, pretend.token()) is None
