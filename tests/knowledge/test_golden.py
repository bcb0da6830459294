"""Golden queries: kept, run, and what a change that loses one comes to."""

from dataclasses import replace
from datetime import timedelta

import pytest

from foredesk.desk import Desk
from foredesk.errors import InvalidInput, NotFound, NotPermitted, SearchRegression, StaleVersion
from foredesk.hooks import SearchFacts
from foredesk.identity import new_id
from foredesk.knowledge.golden import (
    add_golden_query,
    change_golden_query,
    remove_golden_query,
    run_golden_queries,
)
from foredesk.knowledge.golden_upgrade import run_after_upgrade
from foredesk.knowledge.models import Article, ArticleState, Audience, Search
from foredesk.knowledge.publish import publish_article, retire_article
from foredesk.knowledge.schedule import keep_schedules, schedule_article
from foredesk.knowledge.search_models import GoldenQuery, GoldenRun, Occasion
from foredesk.knowledge.search_queries import visible_golden_changes, visible_golden_queries
from foredesk.knowledge.write import write_article
from foredesk.people.roles import Role
from foredesk.people.viewer import ANONYMOUS, SYSTEM
from foredesk.plugin_settings.choose import disable_plugin, enable_plugin
from foredesk.plugin_settings.models import PluginSetting
from search_index import WhooshIndex
from tests.clock import NOW, Clock
from tests.knowledge.desks import publish, publish_for
from tests.people import make_agent, make_organization, make_requester
from tests.plugins.made import host_with, made


async def test_a_question_is_kept_with_the_place_of_its_answer(
    searchable: Desk, index: WhooshIndex
) -> None:
    acme = await make_organization(searchable)
    publisher = await make_agent(searchable, acme, role=Role.PROBLEM_MANAGER)
    await publish(searchable, "Reset your password")
    own = await publish_for(searchable, acme.id, "Password of the Acme shop")
    await index.catch_up()
    said = {"text": "  password\nshop ", "article_id": own.id}

    golden = await add_golden_query(searchable, publisher, **said)  # type: ignore[arg-type]
    again = await add_golden_query(searchable, publisher, **said)  # type: ignore[arg-type]

    assert (golden.text, golden.locale, golden.within) == ("password shop", "en", 3)
    assert (golden.rank, golden.checked_at, golden.is_binding) == (1, NOW, False)
    assert (golden.organization_id, golden.created_by_id) == (acme.id, publisher.person_id)
    assert again.id == golden.id
    assert not await Search.exists()


async def test_what_nobody_could_find_or_ask_is_refused(searchable: Desk) -> None:
    acme, other = await make_organization(searchable), await make_organization(searchable)
    publisher = await make_agent(searchable, acme, role=Role.CUSTOMER_SERVICE_REPRESENTATIVE)
    public = await publish(searchable, "Public")
    inside = await publish(searchable, "Inside", audience=Audience.AGENTS)
    theirs = await publish_for(searchable, other.id, "Theirs")
    draft = await write_article(searchable, SYSTEM, title="Draft", body="Not yet.")

    async def add(viewer: object = publisher, **given: object) -> None:
        said = {"text": "words", "article_id": public.id} | given
        await add_golden_query(searchable, viewer, **said)  # type: ignore[arg-type]

    for refused in (
        {"text": " \x00 "},
        {"within": 0},
        {"within": 21},
        {"locale": "english"},
        {"article_id": inside.id},
        {"article_id": draft.id},
    ):
        with pytest.raises(InvalidInput):
            await add(**refused)
    for hidden in (
        {"article_id": theirs.id},
        {"article_id": new_id()},
        {"organization_id": other.id},
    ):
        with pytest.raises(NotFound):
            await add(**hidden)
    for nobody in (
        ANONYMOUS,
        await make_requester(searchable, acme),
        await make_agent(searchable, acme),
    ):
        with pytest.raises(NotPermitted):
            await add(nobody)
    assert not await GoldenQuery.exists()


async def test_golden_queries_are_changed_and_removed_by_who_may_see_them(
    searchable: Desk, index: WhooshIndex
) -> None:
    acme, other = await make_organization(searchable), await make_organization(searchable)
    publisher = await make_agent(searchable, acme, role=Role.PROBLEM_MANAGER)
    stranger = await make_agent(searchable, other, role=Role.PROBLEM_MANAGER)
    article = await publish_for(searchable, acme.id, "Badge")
    await index.catch_up()
    golden = await add_golden_query(searchable, publisher, text="badge", article_id=article.id)
    assert not await visible_golden_queries(stranger).exists()

    changed = await change_golden_query(
        searchable, publisher, query_id=golden.id, within=1, is_binding=True, expected_version=1
    )
    with pytest.raises(StaleVersion):
        await change_golden_query(
            searchable, publisher, query_id=golden.id, within=2, expected_version=1
        )
    with pytest.raises(NotFound):
        await remove_golden_query(searchable, stranger, query_id=golden.id)

    assert (changed.within, changed.is_binding, changed.version) == (1, True, 2)
    await remove_golden_query(searchable, publisher, query_id=golden.id)
    assert not await GoldenQuery.exists()


async def test_a_run_by_hand_tells_what_was_lost_since_the_last(
    searchable: Desk, index: WhooshIndex, clock: Clock
) -> None:
    article = await publish(searchable, "Reset your password")
    kept = await publish(searchable, "Order a badge")
    await index.catch_up()
    golden = await add_golden_query(searchable, SYSTEM, text="password", article_id=article.id)
    await add_golden_query(searchable, SYSTEM, text="badge", article_id=kept.id)
    await retire_article(searchable, SYSTEM, article_id=article.id)
    clock.advance(timedelta(hours=1))

    tried = await run_golden_queries(searchable, SYSTEM)

    assert [(one.query.id, one.before, one.after) for one in tried.changes] == [
        (golden.id, 1, None)
    ]
    run = await GoldenRun.get()
    assert (run.occasion, run.asked, run.kept, run.was_stopped) == (Occasion.BY_HAND, 2, 1, False)
    await golden.refresh_from_db()
    assert (golden.rank, golden.checked_at, golden.holds) == (None, clock(), False)
    assert await visible_golden_changes(SYSTEM).count() == 1
    assert not await visible_golden_changes(ANONYMOUS).exists()


async def crowded(searchable: Desk, index: WhooshIndex, *, is_binding: bool) -> Article:
    """A draft that would take the first place of a golden query."""
    good = await publish(searchable, "Drops of the network", "The tunnel drops at times.")
    await index.catch_up()
    golden = await add_golden_query(
        searchable, SYSTEM, text="vpn drops", article_id=good.id, within=1, is_binding=is_binding
    )
    assert golden.rank == 1
    return await write_article(searchable, SYSTEM, title="VPN drops", body="VPN drops, drops, VPN.")


async def test_publishing_what_takes_a_binding_querys_place_is_taken_back(
    searchable: Desk, index: WhooshIndex
) -> None:
    draft = await crowded(searchable, index, is_binding=True)

    with pytest.raises(SearchRegression) as refusal:
        await publish_article(searchable, SYSTEM, article_id=draft.id)

    assert [(one.text, one.before, one.after) for one in refusal.value.lost] == [
        ("vpn drops", 1, 2)
    ]
    article = await Article.get(id=draft.id)
    assert (article.state, article.published_at) == (ArticleState.DRAFT, None)
    run = await GoldenRun.get()
    assert (run.occasion, run.subject, run.was_stopped) == (Occasion.PUBLISHED, draft.slug, True)
    assert (await GoldenQuery.get()).rank == 1
    assert (await run_golden_queries(searchable, SYSTEM)).changes == ()


async def test_publishing_what_takes_another_querys_place_only_warns(
    searchable: Desk, index: WhooshIndex
) -> None:
    draft = await crowded(searchable, index, is_binding=False)

    article = await publish_article(searchable, SYSTEM, article_id=draft.id)

    assert article.state is ArticleState.PUBLISHED
    run = await GoldenRun.get().prefetch_related("changes")
    assert (run.kept, run.was_stopped) == (0, False)
    assert [(one.before, one.after) for one in run.changes] == [(1, 2)]


async def test_what_publishes_itself_is_tried_too(
    searchable: Desk, index: WhooshIndex, clock: Clock
) -> None:
    draft = await crowded(searchable, index, is_binding=True)
    at = clock() + timedelta(hours=1)
    await schedule_article(searchable, SYSTEM, article_id=draft.id, publish_at=at, retire_at=None)
    clock.advance(timedelta(hours=2))

    assert await keep_schedules(searchable) == 0

    article = await Article.get(id=draft.id)
    assert (article.state, article.publish_at) == (ArticleState.DRAFT, None)


async def test_an_article_that_askers_cannot_find_is_published_without_a_run(
    searchable: Desk, index: WhooshIndex
) -> None:
    await crowded(searchable, index, is_binding=True)

    await publish(searchable, "VPN drops", "VPN drops.", audience=Audience.AGENTS)

    assert not await GoldenRun.exists()


def blinding(value: SearchFacts) -> SearchFacts:
    return replace(value, text="nothing at all")


async def test_a_plugin_that_costs_an_answer_stays_as_it_was(
    searchable: Desk, index: WhooshIndex
) -> None:
    acme = await make_organization(searchable)
    desk = replace(searchable, hooks=host_with(made("blinder", rewrite_query=blinding)))
    await disable_plugin(desk, SYSTEM, organization_id=acme.id, plugin="blinder")
    article = await publish_for(desk, acme.id, "Badge")
    await index.catch_up()
    await add_golden_query(desk, SYSTEM, text="badge", article_id=article.id, is_binding=True)

    with pytest.raises(SearchRegression):
        await enable_plugin(desk, SYSTEM, organization_id=acme.id, plugin="blinder")

    assert [row.enabled for row in await PluginSetting.all()] == [False]
    run = await GoldenRun.get()
    assert (run.occasion, run.subject) == (Occasion.PLUGIN_CHANGED, "blinder")
    assert (run.organization_id, run.was_stopped) == (acme.id, True)
    assert (await run_golden_queries(desk, SYSTEM)).changes == ()


async def test_an_upgrade_runs_them_once_and_stops_nothing(
    searchable: Desk, index: WhooshIndex
) -> None:
    article = await publish(searchable, "Badge")
    await index.catch_up()
    golden = await add_golden_query(
        searchable, SYSTEM, text="badge", article_id=article.id, is_binding=True
    )
    await retire_article(searchable, SYSTEM, article_id=article.id)

    tried = await run_after_upgrade(searchable)

    assert tried is not None
    assert [(one.before, one.after) for one in tried.losses] == [(1, None)]
    assert await run_after_upgrade(searchable) is None
    run = await GoldenRun.get()
    assert (run.occasion, run.was_stopped) == (Occasion.ANALYSIS_CHANGED, False)
    assert run.subject == index.status()["analysis"]
    await golden.refresh_from_db()
    assert golden.rank is None
