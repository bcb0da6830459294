import pytest

from foredesk.desk import Desk
from foredesk.errors import (
    InvalidInput,
    InvalidTransition,
    NotPermitted,
    SecondPersonNeeded,
    StaleVersion,
)
from foredesk.knowledge.authoring import ArticleAct, ArticleProposal
from foredesk.knowledge.models import Article, ArticleVersion
from foredesk.knowledge.notices import visible_events, visible_notices
from foredesk.knowledge.propose import (
    accept_proposal,
    decline_proposal,
    proposal_differences,
    propose_revision,
    visible_proposals,
)
from foredesk.knowledge.publish import publish_article
from foredesk.knowledge.second_person import set_publishing_rule
from foredesk.knowledge.write import revise_article, write_article
from foredesk.people.roles import Role
from foredesk.people.viewer import ANONYMOUS, SYSTEM
from tests.clock import Clock
from tests.knowledge.desks import publish
from tests.people import make_agent, make_organization

MANAGER = Role.CUSTOMER_SERVICE_MANAGER


async def test_a_proposal_is_read_by_nobody_until_somebody_else_accepts_it(desk: Desk) -> None:
    acme = await make_organization(desk)
    grace = await make_agent(desk, acme, role=MANAGER, name="Grace")
    alan = await make_agent(desk, acme, role=MANAGER)
    await set_publishing_rule(desk, SYSTEM, organization_id=None, needs_second_person=True)
    article = await write_article(desk, grace, title="Ink", body="Old.")
    await publish_article(desk, alan, article_id=article.id)

    await propose_revision(
        desk, grace, article_id=article.id, body="New.", note="Shorter", expected_version=1
    )

    assert (await Article.get(id=article.id)).body == "Old."
    differences = await proposal_differences(alan, article_id=article.id)
    assert differences is not None
    assert [line.text for line in differences.passages[0].lines] == ["Old.", "New."]
    with pytest.raises(SecondPersonNeeded):
        await accept_proposal(desk, grace, article_id=article.id)
    accepted = await accept_proposal(desk, alan, article_id=article.id)
    assert (accepted.body, accepted.version, accepted.published_version) == ("New.", 2, 2)
    version = await ArticleVersion.get(article_id=article.id, version=2)
    assert (version.author_id, version.note) == (grace.person_id, "Shorter")
    assert not await ArticleProposal.exists()
    acts = [event.act for event in await visible_events(grace).order_by("at", "id")]
    assert acts == [ArticleAct.PUBLISHED, ArticleAct.PROPOSED, ArticleAct.ACCEPTED]


async def test_a_proposal_that_is_declined_comes_back_with_the_reason(desk: Desk) -> None:
    acme = await make_organization(desk)
    grace = await make_agent(desk, acme)
    alan = await make_agent(desk, acme, role=MANAGER)
    other = await make_agent(desk, acme)
    article = await publish(desk, "Ink")
    await propose_revision(desk, grace, article_id=article.id, title="Inks")

    with pytest.raises(InvalidTransition):
        await propose_revision(desk, other, article_id=article.id, title="Toner")
    with pytest.raises(NotPermitted):
        await decline_proposal(desk, other, article_id=article.id)
    with pytest.raises(NotPermitted):
        await accept_proposal(desk, grace, article_id=article.id)
    await decline_proposal(desk, alan, article_id=article.id, note="It has one ink.")

    assert [one.note for one in await visible_notices(grace)] == ["It has one ink."]
    assert not await ArticleProposal.exists()
    await propose_revision(desk, grace, article_id=article.id, title="Toner")
    await decline_proposal(desk, grace, article_id=article.id)
    assert await visible_notices(grace).count() == 1


async def test_what_changed_since_it_was_looked_at_is_not_accepted(
    desk: Desk, clock: Clock
) -> None:
    acme = await make_organization(desk)
    grace = await make_agent(desk, acme)
    alan = await make_agent(desk, acme, role=MANAGER)
    article = await publish(desk, "Ink")
    seen = await propose_revision(desk, grace, article_id=article.id, title="Inks")
    clock.now = clock.now.replace(hour=10)
    again = await propose_revision(desk, grace, article_id=article.id, title="Bad words")

    with pytest.raises(StaleVersion):
        await accept_proposal(desk, alan, article_id=article.id, proposed_at=seen.at)
    await revise_article(desk, alan, article_id=article.id, body="Newer")
    with pytest.raises(StaleVersion):
        await accept_proposal(desk, alan, article_id=article.id, proposed_at=again.at)
    assert (await Article.get(id=article.id)).title == "Ink"


async def test_only_what_is_published_and_says_something_else_takes_a_proposal(desk: Desk) -> None:
    draft = await write_article(desk, SYSTEM, title="Ink", body="B")
    article = await publish(desk, "Toner")

    with pytest.raises(InvalidTransition):
        await propose_revision(desk, SYSTEM, article_id=draft.id, title="Inks")
    with pytest.raises(InvalidInput):
        await propose_revision(desk, SYSTEM, article_id=article.id, title="Toner")
    with pytest.raises(InvalidTransition):
        await accept_proposal(desk, SYSTEM, article_id=article.id)
    assert await visible_proposals(ANONYMOUS).count() == 0
    assert await proposal_differences(SYSTEM, article_id=article.id) is None
