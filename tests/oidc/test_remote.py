"""What a provider publishes is read when it is needed, kept, and read anew."""

import asyncio
from typing import Any

import pytest

from foredesk.oidc import ProviderFailed, Providers
from foredesk.oidc import remote as module
from foredesk.oidc.remote import KEPT, PATIENCE
from foredesk.settings import Settings, SettingsError
from tests.oidc.pretend import Pretend, new_key, provider, remote_at


class Seconds:
    def __init__(self) -> None:
        self.now = 1000.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def pretend(monkeypatch: pytest.MonkeyPatch) -> Pretend:
    made = Pretend()
    monkeypatch.setattr(module, "fetch_json", made.fetch)
    return made


async def test_nothing_is_asked_at_the_start(pretend: Pretend) -> None:
    providers = Providers(Settings(oidc=(provider(),)))

    assert [one.label for one in providers] == ["Acme"]
    assert pretend.asked == []


async def test_many_who_need_the_keys_ask_once_and_again_after_an_hour(pretend: Pretend) -> None:
    clock = Seconds()
    remote = remote_at(pretend, clock)

    await asyncio.gather(*[remote.keys("first") for _ in range(20)])
    clock.now += KEPT
    await remote.keys("first")
    assert pretend.asked == ["/.well-known/openid-configuration", "/jwks"]
    clock.now += 1
    await remote.keys("first")
    assert len(pretend.asked) == 4


async def test_a_new_key_is_found_at_once_but_unknown_ones_are_not_asked_for_all_the_time(
    pretend: Pretend,
) -> None:
    clock = Seconds()
    remote = remote_at(pretend, clock)
    await remote.keys("first")
    pretend.keys.append(new_key("second"))

    clock.now += PATIENCE
    keys = await remote.keys("second")
    assert [key.kid for key in keys.keys] == ["first", "second"]
    for _ in range(50):
        await remote.keys("made up")
    assert pretend.asked.count("/jwks") == 2


async def test_a_key_that_is_taken_back_is_gone_within_the_hour(pretend: Pretend) -> None:
    clock = Seconds()
    remote = remote_at(pretend, clock)
    pretend.keys.append(new_key("second"))
    await remote.keys("first")
    del pretend.keys[0]

    clock.now += KEPT + 1

    assert [key.kid for key in (await remote.keys("second")).keys] == ["second"]


async def test_who_does_not_answer_is_left_alone_for_a_while_and_old_keys_go_on(
    pretend: Pretend,
) -> None:
    clock = Seconds()
    remote = remote_at(pretend, clock)
    pretend.is_down = True
    for _ in range(5):
        with pytest.raises(ProviderFailed):
            await remote.metadata()
    assert len(pretend.asked) == 1

    pretend.is_down = False
    clock.now += PATIENCE
    await remote.keys("first")
    pretend.is_down = True
    clock.now += 2 * KEPT
    assert (await remote.keys("first")).keys[0].kid == "first"


@pytest.mark.parametrize(
    "wrong",
    [
        {"issuer": "https://id.acme.example/"},
        {"issuer": "https://attacker.example"},
        {"token_endpoint": "http://id.acme.example/token"},
        {"authorization_endpoint": ""},
        {"jwks_uri": "file:///etc/passwd"},
    ],
)
async def test_what_is_not_the_providers_own_or_not_https_is_not_believed(
    pretend: Pretend, wrong: dict[str, Any]
) -> None:
    pretend.metadata = wrong

    with pytest.raises(ProviderFailed):
        await remote_at(pretend).metadata()


async def test_keys_that_are_secrets_are_no_keys(pretend: Pretend) -> None:
    remote = remote_at(pretend)

    async def fetch(address: str) -> dict[str, Any]:
        found = await pretend.fetch(address)
        return {"keys": [{"kty": "oct", "k": "c2VjcmV0", "kid": "x"}]} if "keys" in found else found

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(module, "fetch_json", fetch)
        with pytest.raises(ProviderFailed):
            await remote.keys("x")


@pytest.mark.parametrize(
    ("setting", "value"), [("roles", "admins=god"), ("api_scopes", "read, everything")]
)
def test_a_role_or_scope_that_is_unknown_stops_the_start(setting: str, value: str) -> None:
    with pytest.raises(SettingsError, match=f"oidc.acme.{setting}"):
        Providers(Settings(oidc=(provider(**{setting: value}),)))
