from collections.abc import Mapping
from typing import Any

import pytest

from foredesk.desk import Desk
from foredesk.knowledge.answering import search_articles
from foredesk.knowledge.deflection import record_deflection
from foredesk.knowledge.events import NotDelivered, deliver_knowledge_event
from foredesk.knowledge.feedback import rate_article
from foredesk.knowledge.models import ArticleRating, DeflectionOutcome
from foredesk.people.viewer import ANONYMOUS
from foredesk.ports import JobContext
from tests.clock import NOW
from tests.knowledge.desks import advised, publish
from tests.quiet_parts import QuietJobs

CONTEXT = JobContext("key", 0, NOW)


def queued(desk: Desk) -> list[tuple[str, Mapping[str, Any]]]:
    assert isinstance(desk.jobs, QuietJobs)
    return [(name, payload) for name, payload, _, _ in desk.jobs.enqueued]


async def test_a_plugin_hears_what_an_article_did_and_hears_it_once(searchable: Desk) -> None:
    desk, hooks = advised(searchable)
    article = await publish(desk, "T")
    found = await search_articles(desk, ANONYMOUS, text="how", visitor="v1")
    assert found.search_id is not None
    for _ in range(2):
        deflection = await record_deflection(
            desk,
            ANONYMOUS,
            search_id=found.search_id,
            article_id=article.id,
            outcome=DeflectionOutcome.SOLVED,
            visitor="v1",
        )

    (of_search, (name, payload)) = queued(desk)
    await deliver_knowledge_event(desk, payload, CONTEXT)

    assert of_search[1]["hook"] == "on_search"
    assert name == "knowledge_event"
    hook, facts = hooks.asked[-1]
    assert hook == "on_deflected"
    assert facts["deflection"].id == deflection.id
    assert (facts["deflection"].outcome, facts["deflection"].text) == ("solved", "how")


async def test_a_plugin_hears_of_a_vote(desk: Desk) -> None:
    desk, hooks = advised(desk)
    article = await publish(desk, "T", tags=["a"])
    await rate_article(
        desk, ANONYMOUS, article_id=article.id, helpful=False, comment="No.", visitor="v1"
    )

    ((_, payload),) = queued(desk)
    await deliver_knowledge_event(desk, payload, CONTEXT)

    hook, facts = hooks.asked[-1]
    assert hook == "on_article_rated"
    assert (facts["rating"].helpful, facts["rating"].comment) == (False, "No.")
    assert (facts["article"].slug, facts["article"].tags) == ("t", ("a",))


async def test_an_event_that_a_plugin_did_not_take_in_is_tried_again(desk: Desk) -> None:
    desk, hooks = advised(desk)
    article = await publish(desk, "T")
    await rate_article(desk, ANONYMOUS, article_id=article.id, helpful=True, visitor="v1")
    ((_, payload),) = queued(desk)
    hooks.error = "timeout"

    with pytest.raises(NotDelivered):
        await deliver_knowledge_event(desk, payload, CONTEXT)


async def test_an_event_whose_vote_is_gone_is_nothing(desk: Desk) -> None:
    desk, hooks = advised(desk)
    article = await publish(desk, "T")
    await rate_article(desk, ANONYMOUS, article_id=article.id, helpful=True, visitor="v1")
    await ArticleRating.all().delete()
    ((_, payload),) = queued(desk)

    await deliver_knowledge_event(desk, payload, CONTEXT)

    assert hooks.asked == []
