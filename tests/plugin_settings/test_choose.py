"""Organizations choose their plugins; every process follows."""

import asyncio
from dataclasses import dataclass, replace
from datetime import timedelta
from uuid import UUID, uuid4

import pytest

from foredesk.desk import Desk
from foredesk.errors import InvalidInput, NotFound, NotPermitted, StaleVersion
from foredesk.hooks import CategorySuggestion, ConfigProblem, Context
from foredesk.people.roles import Role
from foredesk.people.viewer import Viewer
from foredesk.plugin_settings.choose import configure_plugin, disable_plugin, enable_plugin
from foredesk.plugin_settings.follow import adopt_settings, follow_settings
from foredesk.plugin_settings.models import PluginSetting
from foredesk.plugin_settings.queries import visible_to
from plugins.host import PluginHost
from tests.clock import NOW, Clock
from tests.people import make_agent, make_organization, make_requester
from tests.plugins.made import host_with, made, suggestion, ticket


@dataclass(frozen=True)
class Settings:
    word: str = "vpn"


@dataclass(frozen=True)
class Account:
    token: str


async def says_its_word(ctx: Context) -> CategorySuggestion:
    return suggestion(ctx.config.word)


async def refuses_bad_words(config: Settings) -> list[ConfigProblem]:
    return [ConfigProblem("word", "Mind your words.")] if config.word == "bad" else []


def make_host() -> PluginHost:
    return host_with(
        made(
            "words",
            {"config": Settings},
            suggest_category=says_its_word,
            validate_config=refuses_bad_words,
        ),
        made("account", {"config": Account}),
    )


async def said(host: object, organization_id: UUID) -> list[str]:
    outcomes = await host.collect("suggest_category", organization_id, ticket=ticket())  # type: ignore[attr-defined]
    return [outcome.value.category for outcome in outcomes]


@dataclass
class World:
    desk: Desk
    acme: UUID
    beta: UUID
    manager: Viewer
    administrator: Viewer


@pytest.fixture
async def world(desk: Desk) -> World:
    desk = replace(desk, hooks=make_host())
    acme, beta = await make_organization(desk), await make_organization(desk)
    administrator = await make_agent(desk, beta, role=Role.ADMINISTRATOR)
    manager = await make_agent(desk, acme, role=Role.CUSTOMER_SERVICE_MANAGER)
    return World(desk, acme.id, beta.id, manager, administrator)


async def test_a_manager_switches_a_plugin_off_and_on_for_one_organization(world: World) -> None:
    desk = world.desk
    choice = {"organization_id": world.acme, "plugin": "words"}

    off = await disable_plugin(desk, world.manager, **choice)
    assert (off.enabled, off.version, off.updated_at) == (False, 1, NOW)
    assert await said(desk.hooks, world.acme) == []
    assert await said(desk.hooks, world.beta) == ["vpn"]

    on = await enable_plugin(desk, world.manager, **choice)
    assert (on.enabled, on.version, on.id) == (True, 2, off.id)
    assert await said(desk.hooks, world.acme) == ["vpn"]


async def test_settings_are_kept_and_count_at_once(world: World, clock: Clock) -> None:
    clock.advance(timedelta(hours=1))

    setting = await configure_plugin(
        world.desk,
        world.administrator,
        organization_id=world.acme,
        plugin="words",
        config={"word": "wifi"},
    )

    assert (await PluginSetting.get(id=setting.id)).config == {"word": "wifi"}
    assert setting.updated_at == NOW + timedelta(hours=1)
    assert await said(world.desk.hooks, world.acme) == ["wifi"]
    assert await said(world.desk.hooks, world.beta) == ["vpn"]


async def test_switching_off_keeps_the_settings(world: World) -> None:
    choice = {"organization_id": world.acme, "plugin": "words"}
    await configure_plugin(world.desk, world.manager, **choice, config={"word": "wifi"})

    await disable_plugin(world.desk, world.manager, **choice)
    await enable_plugin(world.desk, world.manager, **choice)

    assert await said(world.desk.hooks, world.acme) == ["wifi"]


@pytest.mark.parametrize(
    ("plugin", "config", "field"),
    [
        ("words", {"wrod": "x"}, "wrod"),
        ("words", {"word": 1}, "word"),
        ("words", {"word": "bad"}, "word"),
        ("words", {"word": "a\0b"}, "word"),
        ("words", {"word": ["\ud800"]}, "word"),
        ("words", {"word": "x" * 4_001}, "word"),
        ("account", {}, "token"),
        ("absent", {}, "plugin"),
    ],
)
async def test_settings_the_plugin_will_not_have_are_refused(
    world: World, plugin: str, config: dict[str, object], field: str
) -> None:
    with pytest.raises(InvalidInput) as refusal:
        await configure_plugin(
            world.desk, world.manager, organization_id=world.acme, plugin=plugin, config=config
        )

    assert refusal.value.field == field
    assert not await PluginSetting.exists()


async def test_a_plugin_that_lacks_a_setting_cannot_be_switched_on(world: World) -> None:
    choice = {"organization_id": world.acme, "plugin": "account"}

    with pytest.raises(InvalidInput):
        await enable_plugin(world.desk, world.manager, **choice)
    with pytest.raises(InvalidInput):
        await disable_plugin(world.desk, world.manager, organization_id=world.acme, plugin="absent")

    assert not await PluginSetting.exists()


async def test_only_those_who_manage_the_organization_choose(world: World) -> None:
    desk = world.desk
    acme = await make_organization(desk)
    requester = await make_requester(desk, acme)
    resolver = await make_agent(desk, acme)

    for nobody in (requester, resolver):
        with pytest.raises(NotPermitted):
            await disable_plugin(desk, nobody, organization_id=acme.id, plugin="words")
    for organization_id in (acme.id, uuid4()):
        with pytest.raises(NotFound):
            await disable_plugin(
                desk, world.manager, organization_id=organization_id, plugin="words"
            )
    with pytest.raises(NotFound):
        await disable_plugin(desk, world.administrator, organization_id=uuid4(), plugin="words")

    assert not await PluginSetting.exists()


async def test_whoever_saves_over_a_newer_choice_is_told(world: World) -> None:
    async def save(word: str, expected: int) -> None:
        await configure_plugin(
            world.desk,
            world.manager,
            organization_id=world.acme,
            plugin="words",
            config={"word": word},
            expected_version=expected,
        )

    await save("wifi", 0)
    await save("phone", 1)
    with pytest.raises(StaleVersion) as refusal:
        await save("late", 1)

    assert refusal.value.current == 2
    assert await said(world.desk.hooks, world.acme) == ["phone"]


async def test_choices_made_at_once_are_all_kept(world: World) -> None:
    await asyncio.gather(
        *(
            configure_plugin(
                world.desk,
                world.administrator,
                organization_id=organization,
                plugin="words",
                config={"word": word},
            )
            for organization in (world.acme, world.beta)
            for word in ("one", "two", "three")
        )
    )

    rows = await PluginSetting.all().order_by("revision")
    assert {(row.organization_id, row.version) for row in rows} == {
        (world.acme, 3),
        (world.beta, 3),
    }
    assert rows[-1].revision == 6


async def test_another_process_follows(world: World) -> None:
    other = make_host()
    choice = {"organization_id": world.acme, "plugin": "words"}
    await configure_plugin(world.desk, world.manager, **choice, config={"word": "wifi"})
    assert await said(other, world.acme) == ["vpn"]

    revision = await adopt_settings(other)
    assert await said(other, world.acme) == ["wifi"]

    await disable_plugin(world.desk, world.manager, **choice)
    assert await adopt_settings(other, after=revision) == revision + 1
    assert await said(other, world.acme) == []


async def test_following_goes_on_after_an_error_and_looks_every_two_seconds(world: World) -> None:
    pauses: list[float] = []
    tries: list[int] = []

    class Unsteady(PluginHost):
        def adopt(self, choices: object) -> None:
            tries.append(1)
            if len(tries) == 1:
                raise ConnectionError("no database")

    async def pause(seconds: float) -> None:
        pauses.append(seconds)
        if len(pauses) == 3:
            raise asyncio.CancelledError

    with pytest.raises(asyncio.CancelledError):
        await follow_settings(Unsteady(now=lambda: NOW), pause=pause)

    assert (tries, pauses) == ([1, 1, 1], [2.0, 2.0, 2.0])


async def test_settings_are_seen_by_those_who_manage_the_organization(world: World) -> None:
    for organization in (world.acme, world.beta):
        await disable_plugin(
            world.desk, world.administrator, organization_id=organization, plugin="words"
        )
    acme = await make_organization(world.desk)
    requester = await make_requester(world.desk, acme)

    assert await visible_to(world.administrator).count() == 2
    assert [row.organization_id for row in await visible_to(world.manager)] == [world.acme]
    assert await visible_to(requester).count() == 0
