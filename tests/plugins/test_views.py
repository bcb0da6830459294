"""Which plugins take part for which organization, and with which settings."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Literal
from uuid import UUID, uuid4

import pytest

from foredesk.hooks import (
    CategorySuggestion,
    ClassifiedTicket,
    ConfigProblem,
    Context,
    PluginInfo,
    hookimpl,
)
from foredesk.ports import PluginChoice
from plugins.configuration import ConfigRefused, configured, described
from plugins.host import PluginHost
from tests.plugins.made import ACME, BETA, errors, host_with, made, suggestion, ticket


@dataclass(frozen=True)
class Words:
    word: str = "vpn"
    weight: float = 0.5
    tries: int = 1
    loud: bool = False
    tags: tuple[str, ...] = ()
    mode: Literal["on", "off"] = "on"
    team: str | None = None


@dataclass(frozen=True)
class Account:
    token: str

    def __post_init__(self) -> None:
        if " " in self.token:
            raise ValueError("a token has no blanks")


@dataclass(frozen=True)
class Brittle:
    word: str

    def __post_init__(self) -> None:
        raise KeyError(self.word)


async def says_its_word(ctx: Context) -> CategorySuggestion:
    return suggestion(ctx.config.word if ctx.config else "none")


async def says_its_token(ctx: Context) -> CategorySuggestion:
    return suggestion(ctx.config.token)


async def asked(host: PluginHost, organization: UUID) -> dict[str, str]:
    outcomes = await host.collect("suggest_category", organization, ticket=ticket())
    return {outcome.plugin: outcome.value.category for outcome in outcomes}


def choice(
    plugin: str, enabled: bool = True, organization: UUID = ACME, **config: Any
) -> PluginChoice:
    return PluginChoice(organization, plugin, enabled, config)


async def test_an_organization_can_go_without_a_plugin_that_others_keep() -> None:
    host = host_with(made("a", suggest_category=says_its_word), made("b"))

    host.adopt([choice("a", enabled=False)])

    assert await asked(host, ACME) == {}
    assert await asked(host, BETA) == {"a": "none"}
    assert host.listeners("suggest_category", ACME) == ()


async def test_a_plugin_switched_on_again_is_back() -> None:
    host = host_with(made("a", suggest_category=says_its_word))

    host.adopt([choice("a", enabled=False)])
    assert await asked(host, ACME) == {}
    host.adopt([choice("a")])

    assert await asked(host, ACME) == {"a": "none"}


async def test_a_hook_under_another_name_cannot_escape_what_the_organization_chose() -> None:
    class Disguised:
        plugin = PluginInfo("disguised")

        @hookimpl(specname="suggest_category")
        async def anything(self) -> CategorySuggestion:
            return suggestion("network")

    host = host_with(Disguised())
    assert await asked(host, BETA) == {"disguised": "network"}

    host.adopt([choice("disguised", enabled=False)])

    assert await asked(host, ACME) == {}


async def test_every_organization_has_its_own_settings() -> None:
    host = host_with(made("a", {"config": Words}, suggest_category=says_its_word))

    host.adopt([choice("a", word="wifi"), choice("a", organization=BETA, word="phone")])

    assert await asked(host, ACME) == {"a": "wifi"}
    assert await asked(host, BETA) == {"a": "phone"}
    assert await asked(host, uuid4()) == {"a": "vpn"}


async def test_a_plugin_that_needs_settings_waits_for_them() -> None:
    host = host_with(made("a", {"config": Account}, suggest_category=says_its_token))
    assert await asked(host, ACME) == {}

    host.adopt([choice("a", token="secret")])

    assert await asked(host, ACME) == {"a": "secret"}
    assert host.views.of(BETA).standings == {"a": "needs_config"}


async def test_settings_that_no_longer_fit_put_the_plugin_on_hold() -> None:
    host = host_with(made("a", {"config": Words}, suggest_category=says_its_word))

    host.adopt([choice("a", a_setting_of_last_year=1)])

    assert await asked(host, ACME) == {}
    assert host.views.of(ACME).standings == {"a": "needs_config"}


async def test_a_secret_is_read_from_the_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    host = host_with(made("a", {"config": Account}, suggest_category=says_its_token))
    host.adopt([choice("a", token="${PLUGIN_A_TOKEN}")])
    assert await asked(host, ACME) == {}

    monkeypatch.setenv("PLUGIN_A_TOKEN", "from-the-environment")
    host.adopt([choice("a", token="${PLUGIN_A_TOKEN}")])

    assert await asked(host, ACME) == {"a": "from-the-environment"}


async def test_a_refusal_never_tells_a_secret(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PLUGIN_A_TOKEN", "from-the-environment")

    with pytest.raises(ConfigRefused, match="must be a whole number") as refusal:
        configured(PluginInfo("a", config=Words), {"tries": "${PLUGIN_A_TOKEN}"})

    assert "from-the-environment" not in str(refusal.value)


async def test_settings_that_break_their_own_dataclass_break_nothing_else() -> None:
    host = host_with(
        made("a", {"config": Brittle}, suggest_category=says_its_word),
        made("b", suggest_category=says_its_word),
    )

    host.adopt([choice("a", word="x")])

    assert await asked(host, ACME) == {"b": "none"}
    assert await host.check_config("a", ACME, {"word": "x"}) == [("", "'x'")]


async def test_organizations_with_one_set_of_plugins_share_its_views() -> None:
    host = host_with(made("a", suggest_category=says_its_word))
    organizations = [uuid4() for _ in range(100)]
    host.adopt([choice("unknown", organization=each) for each in organizations])

    views = {id(host.views.implementations("suggest_category", each)) for each in organizations}

    assert len(views) == 1


GOOD: list[dict[str, Any]] = [
    {},
    {"word": "wifi", "weight": 1, "tries": 2, "loud": True, "tags": ["a"], "mode": "off"},
    {"team": None},
    {"team": "network"},
]
BAD: list[tuple[dict[str, Any], str, str]] = [
    ({"wrod": "x"}, "wrod", "unknown setting 'wrod'; did you mean 'word'?"),
    ({"word": 1}, "word", "must be text, not 1"),
    ({"weight": "heavy"}, "weight", "must be a number, not 'heavy'"),
    ({"tries": True}, "tries", "must be a whole number, not True"),
    ({"tries": 1.5}, "tries", "must be a whole number, not 1.5"),
    ({"loud": "yes"}, "loud", "must be true or false, not 'yes'"),
    ({"tags": "a"}, "tags", "must be a list of text, not 'a'"),
    ({"tags": [1]}, "tags", "must be a list of text, not [1]"),
    ({"mode": "maybe"}, "mode", "must be 'on' or 'off', not 'maybe'"),
    ({"team": 1}, "team", "must be text or nothing, not 1"),
    ({"word": "${PLUGIN_A_ABSENT}"}, "word", "PLUGIN_A_ABSENT is not set"),
    ({"word": "${HOME}"}, "word", "only variables that begin with PLUGIN_A_ can be used"),
    ({"word": "${PLUGIN_B_TOKEN}"}, "word", "only variables that begin with PLUGIN_A_"),
]


@pytest.mark.parametrize("values", GOOD)
def test_good_settings_make_the_plugins_own_dataclass(values: Mapping[str, Any]) -> None:
    given = {name: tuple(v) if isinstance(v, list) else v for name, v in values.items()}

    assert configured(PluginInfo("a", config=Words), values) == Words(**given)


@pytest.mark.parametrize(("values", "field", "message"), BAD)
def test_bad_settings_are_refused_by_name(
    values: Mapping[str, Any], field: str, message: str
) -> None:
    with pytest.raises(ConfigRefused) as refusal:
        configured(PluginInfo("a", config=Words), values)

    assert refusal.value.field == field
    assert message in refusal.value.message


def test_a_missing_setting_is_named() -> None:
    with pytest.raises(ConfigRefused, match="token: this setting is needed"):
        configured(PluginInfo("a", config=Account), {})


def test_a_plugin_without_settings_takes_none() -> None:
    assert configured(PluginInfo("a"), {}) is None
    with pytest.raises(ConfigRefused, match="word: this plugin has no settings"):
        configured(PluginInfo("a"), {"word": "x"})


def test_a_form_can_be_drawn_of_the_settings() -> None:
    assert described(Account) == [{"name": "token", "type": "text", "required": True}]
    assert described(None) == ()


async def test_settings_are_checked_by_type_then_by_the_dataclass_then_by_the_plugin() -> None:
    async def validate_config(config: Account) -> list[ConfigProblem] | None:
        if config.token == "expired":
            return [ConfigProblem("token", "This token has expired.")]
        if config.token == "broken":
            raise ConnectionError("cannot ask")
        return None

    host = host_with(made("a", {"config": Account}, validate_config=validate_config))

    async def check(**config: Any) -> Any:
        return await host.check_config("a", ACME, config)

    assert await check() == [("token", "this setting is needed")]
    assert await check(token="has blanks") == [("", "a token has no blanks")]
    assert await check(token="expired") == [("token", "This token has expired.")]
    assert await check(token="broken") == [("", "ConnectionError: cannot ask")]
    assert await check(token="good") == []
    assert await host.check_config("b", ACME, {}) == [("plugin", "There is no such plugin.")]


async def test_only_a_plugin_that_said_so_reads_past_tickets() -> None:
    past = [ClassifiedTicket("VPN drops", "network")]
    read: list[Any] = []

    async def history(organization_id: UUID, limit: int) -> list[ClassifiedTicket]:
        read.append((organization_id, limit))
        return past

    async def learns(ctx: Context) -> CategorySuggestion:
        tickets = await ctx.classified_tickets(10)
        return suggestion(tickets[0].category)

    host = host_with(
        made("declared", {"permissions": {"tickets.history"}}, suggest_category=learns),
        made("undeclared", suggest_category=learns),
        history=history,
    )

    outcomes = await host.collect("suggest_category", ACME, ticket=ticket())

    assert errors(outcomes) == {"declared": None, "undeclared": "raised"}
    assert "declare the permission 'tickets.history'" in outcomes[1].detail
    assert read == [(ACME, 10)]
