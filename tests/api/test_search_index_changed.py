"""`searchIndexChanged`: told when searches find something else, and not before."""

from api.of_client import OfClient
from foredesk.knowledge.models import Audience
from foredesk.knowledge.publish import publish_article
from foredesk.knowledge.write import write_article
from foredesk.people.viewer import SYSTEM
from foredesk.ports import Notice
from tests.api.asking import Api
from tests.api.watchers import served, watching
from tests.api.world import World

WATCH = """subscription Index($after: Int) {
  searchIndexChanged(afterRevision: $after) { revision articles { title } } }"""


async def published(world: World, title: str, **placement: object) -> None:
    draft = await write_article(world.desk, SYSTEM, title=title, body="Words.", **placement)  # type: ignore[arg-type]
    await publish_article(world.desk, SYSTEM, article_id=draft.id)


def revision(world: World) -> int:
    return int(world.desk.knowledge.status()["revision"])


async def test_it_is_told_when_the_article_is_found(world: World, api: Api) -> None:
    before = revision(world)
    async with served(api) as address, watching(address, None, WATCH) as watcher:
        first = await watcher.told()
        await published(world, "Printer on fire")
        await watcher.is_told_nothing()
        await world.desk.knowledge.catch_up()
        second = await watcher.told()

    assert first == {"revision": before, "articles": []}
    assert second["revision"] == revision(world) > before
    assert second["articles"] == [{"title": "Printer on fire"}]


async def test_who_comes_back_is_told_what_has_changed_since(world: World, api: Api) -> None:
    before = revision(world)
    await published(world, "One")
    await published(world, "Two")
    await world.desk.knowledge.catch_up()

    async with served(api) as address, watching(address, None, WATCH, after=before) as watcher:
        first = await watcher.told()

    assert first["articles"] == [{"title": "One"}, {"title": "Two"}]


async def test_an_article_is_named_only_to_those_who_may_read_it(world: World, api: Api) -> None:
    acme, globex = world.acme, world.globex
    async with (
        served(api) as address,
        watching(address, acme.ada, WATCH) as ours,
        watching(address, globex.ada, WATCH) as theirs,
        watching(address, None, WATCH) as anyone,
    ):
        for watcher in (ours, theirs, anyone):
            await watcher.told()
        await published(
            world,
            "Secret of Acme",
            audience=Audience.ORGANIZATION,
            organization_id=acme.organization.id,
        )
        await world.desk.knowledge.catch_up()
        told = [(await watcher.told())["articles"] for watcher in (ours, theirs, anyone)]

    assert told == [[{"title": "Secret of Acme"}], [], []]


async def test_a_client_is_not_told_of_what_it_published_itself(world: World, api: Api) -> None:
    async with (
        served(api) as address,
        watching(address, None, WATCH, client="editor") as own,
        watching(address, None, WATCH, client="reader") as other,
    ):
        article = await write_article(world.desk, SYSTEM, title="New", body="Words.")
        await world.desk.knowledge.catch_up()
        before = revision(world)
        for watcher in (own, other):
            while (await watcher.told())["revision"] < before:
                pass
        live = world.desk.live
        try:
            object.__setattr__(world.desk, "live", OfClient(live, "editor"))
            await publish_article(world.desk, SYSTEM, article_id=article.id)
        finally:
            object.__setattr__(world.desk, "live", live)
        await world.desk.knowledge.catch_up()
        assert revision(world) > before
        assert (await other.told())["articles"] == [{"title": "New"}]
        await own.is_told_nothing()
        await published(world, "By others")
        await world.desk.knowledge.catch_up()
        assert (await own.told())["articles"] == [{"title": "By others"}]


async def test_a_lost_notice_is_made_up_for(world: World, api: Api) -> None:
    live = world.desk.live
    async with served(api) as address, watching(address, None, WATCH) as watcher:
        await watcher.told()
        live._subscriptions.pop("knowledge")  # type: ignore[attr-defined]
        await published(world, "Unheard")
        await world.desk.knowledge.catch_up()
        await watcher.is_told_nothing()
    async with served(api) as address, watching(address, None, WATCH) as watcher:
        before = (await watcher.told())["revision"]
        await published(world, "Heard")
        await world.desk.knowledge.catch_up()
        live._deliver(Notice("knowledge", "", 0, "resync"))  # type: ignore[attr-defined]
        assert (await watcher.told())["revision"] > before
