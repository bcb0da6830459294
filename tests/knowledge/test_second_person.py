"""Four eyes: where an organization asks for it, nobody publishes what they wrote themselves."""

import pytest

from foredesk.desk import Desk
from foredesk.errors import NotPermitted, SecondPersonNeeded, StaleVersion
from foredesk.knowledge.authoring import PublishingRule
from foredesk.knowledge.care import place_article
from foredesk.knowledge.models import Article, ArticleState, Audience
from foredesk.knowledge.publish import publish_article, retire_article
from foredesk.knowledge.second_person import set_publishing_rule, visible_rules
from foredesk.knowledge.versions import restore_version
from foredesk.knowledge.write import revise_article, write_article
from foredesk.people.roles import Role
from foredesk.people.viewer import ANONYMOUS, SYSTEM
from tests.people import make_agent, make_organization

MANAGER = Role.CUSTOMER_SERVICE_MANAGER


async def test_without_a_rule_authors_publish_what_they_wrote(desk: Desk) -> None:
    grace = await make_agent(desk, await make_organization(desk), role=MANAGER)
    article = await write_article(desk, grace, title="Ink", body="B")

    assert (await publish_article(desk, grace, article_id=article.id)).state is (
        ArticleState.PUBLISHED
    )


async def test_where_the_rule_holds_somebody_else_publishes(desk: Desk) -> None:
    acme, other = await make_organization(desk), await make_organization(desk)
    grace = await make_agent(desk, acme, other, role=MANAGER)
    alan = await make_agent(desk, acme, role=MANAGER)
    await set_publishing_rule(desk, SYSTEM, organization_id=acme.id, needs_second_person=True)
    placed = {"audience": Audience.ORGANIZATION, "title": "Ink", "body": "B"}
    ours = await write_article(desk, grace, organization_id=acme.id, **placed)
    theirs = await write_article(desk, grace, organization_id=other.id, **placed)
    await revise_article(desk, alan, article_id=ours.id, body="Better")

    await publish_article(desk, grace, article_id=theirs.id)
    for author in (grace, alan):
        with pytest.raises(SecondPersonNeeded):
            await publish_article(desk, author, article_id=ours.id)
    assert (await Article.get(id=ours.id)).state is ArticleState.DRAFT

    third = await make_agent(desk, acme, role=MANAGER)
    assert (await publish_article(desk, third, article_id=ours.id)).published_version == 2


async def test_only_what_is_not_published_yet_counts(desk: Desk) -> None:
    acme = await make_organization(desk)
    grace = await make_agent(desk, acme, role=MANAGER)
    alan = await make_agent(desk, acme, role=MANAGER)
    await set_publishing_rule(desk, SYSTEM, organization_id=None, needs_second_person=True)
    article = await write_article(desk, grace, title="Ink", body="B")
    await publish_article(desk, alan, article_id=article.id)
    await retire_article(desk, alan, article_id=article.id)

    await publish_article(desk, grace, article_id=article.id)
    await retire_article(desk, alan, article_id=article.id)
    await revise_article(desk, alan, article_id=article.id, body="New")

    with pytest.raises(SecondPersonNeeded):
        await publish_article(desk, alan, article_id=article.id)
    await publish_article(desk, grace, article_id=article.id)


async def test_a_published_text_is_not_changed_by_one_person_in_any_way(desk: Desk) -> None:
    acme = await make_organization(desk)
    grace = await make_agent(desk, acme, role=MANAGER)
    article = await write_article(desk, grace, title="Ink", body="One", audience=Audience.AGENTS)
    await revise_article(desk, grace, article_id=article.id, body="Two")
    await publish_article(desk, grace, article_id=article.id)
    await set_publishing_rule(desk, SYSTEM, organization_id=None, needs_second_person=True)

    with pytest.raises(SecondPersonNeeded):
        await revise_article(desk, grace, article_id=article.id, body="Three")
    with pytest.raises(SecondPersonNeeded):
        await restore_version(desk, grace, article_id=article.id, version=1)
    with pytest.raises(SecondPersonNeeded):
        await place_article(desk, grace, article_id=article.id, audience=Audience.PUBLIC)

    stored = await Article.get(id=article.id)
    assert (stored.body, stored.audience, stored.version) == ("Two", Audience.AGENTS, 2)


async def test_administrators_set_the_rule_and_authors_know_it(desk: Desk) -> None:
    acme, other = await make_organization(desk), await make_organization(desk)
    manager = await make_agent(desk, acme, role=MANAGER)
    administrator = await make_agent(desk, acme, role=Role.ADMINISTRATOR)

    with pytest.raises(NotPermitted):
        await set_publishing_rule(desk, manager, organization_id=acme.id, needs_second_person=True)
    rule = await set_publishing_rule(
        desk, administrator, organization_id=other.id, needs_second_person=True, expected_version=0
    )
    with pytest.raises(StaleVersion):
        await set_publishing_rule(
            desk,
            administrator,
            organization_id=other.id,
            needs_second_person=False,
            expected_version=0,
        )
    await set_publishing_rule(desk, administrator, organization_id=None, needs_second_person=False)

    assert rule.version == 1
    assert await PublishingRule.filter(needs_second_person=True).count() == 1
    assert await visible_rules(ANONYMOUS).count() == 0
    assert [one.key for one in await visible_rules(manager)] == ["everybody"]
    assert await visible_rules(administrator).count() == 2
