from datetime import datetime, timedelta

import pytest

from foredesk.desk import Desk
from foredesk.errors import InvalidInput, NotPermitted, SecondPersonNeeded
from foredesk.knowledge.authoring import ArticleAct, ArticleEvent, ArticleNotice, ArticleNoticeKind
from foredesk.knowledge.models import Article, ArticleState
from foredesk.knowledge.publish import publish_article, return_article, submit_article
from foredesk.knowledge.schedule import keep_schedules, schedule_article
from foredesk.knowledge.second_person import set_publishing_rule
from foredesk.knowledge.write import revise_article, write_article
from foredesk.people.roles import Role
from foredesk.people.viewer import SYSTEM
from tests.clock import NOW, Clock
from tests.knowledge.desks import publish
from tests.people import make_agent, make_organization

HOUR = timedelta(hours=1)
MANAGER = Role.CUSTOMER_SERVICE_MANAGER


async def test_an_article_publishes_and_retires_itself_when_it_is_time(
    desk: Desk, clock: Clock
) -> None:
    grace = await make_agent(desk, await make_organization(desk), role=MANAGER)
    article = await write_article(desk, grace, title="Ink", body="B")
    await schedule_article(
        desk, grace, article_id=article.id, publish_at=NOW + HOUR, retire_at=NOW + 3 * HOUR
    )

    states = []
    for _ in range(4):
        await keep_schedules(desk)
        states.append((await Article.get(id=article.id)).state.value)
        clock.advance(HOUR)

    assert states == ["draft", "published", "published", "retired"]
    stored = await Article.get(id=article.id)
    assert (stored.published_at, stored.publish_at, stored.retire_at) == (NOW + HOUR, None, None)
    events = await ArticleEvent.filter(article_id=article.id).values_list("act", "actor_id")
    assert events == [
        (ArticleAct.SCHEDULED, grace.person_id),
        (ArticleAct.PUBLISHED, grace.person_id),
        (ArticleAct.RETIRED, grace.person_id),
    ]
    assert await keep_schedules(desk) == 0


@pytest.mark.parametrize(
    ("publish_at", "retire_at", "field"),
    [
        (NOW, None, "publishAt"),
        (None, NOW + HOUR, "retireAt"),
        (NOW + HOUR, NOW + HOUR, "retireAt"),
        (NOW + HOUR, NOW - HOUR, "retireAt"),
        ((NOW + HOUR).replace(tzinfo=None), None, "publishAt"),
    ],
)
async def test_times_that_make_no_sense_are_refused(
    desk: Desk, publish_at: datetime | None, retire_at: datetime | None, field: str
) -> None:
    article = await write_article(desk, SYSTEM, title="Ink", body="B")

    with pytest.raises(InvalidInput) as refusal:
        await schedule_article(
            desk, SYSTEM, article_id=article.id, publish_at=publish_at, retire_at=retire_at
        )

    assert refusal.value.field == field
    assert (await Article.get(id=article.id)).publish_at is None


async def test_who_may_not_publish_may_not_schedule(desk: Desk) -> None:
    acme = await make_organization(desk)
    resolver = await make_agent(desk, acme)
    grace = await make_agent(desk, acme, role=MANAGER)
    article = await write_article(desk, grace, title="Ink", body="B")
    times = {"article_id": article.id, "publish_at": NOW + HOUR, "retire_at": None}

    with pytest.raises(NotPermitted):
        await schedule_article(desk, resolver, **times)
    await set_publishing_rule(desk, SYSTEM, organization_id=None, needs_second_person=True)
    with pytest.raises(SecondPersonNeeded):
        await schedule_article(desk, grace, **times)


async def test_what_was_revised_after_the_second_look_is_not_published(
    desk: Desk, clock: Clock
) -> None:
    acme = await make_organization(desk)
    grace = await make_agent(desk, acme, role=MANAGER)
    alan = await make_agent(desk, acme, role=MANAGER)
    await set_publishing_rule(desk, SYSTEM, organization_id=None, needs_second_person=True)
    article = await write_article(desk, grace, title="Ink", body="B")
    await schedule_article(desk, alan, article_id=article.id, publish_at=NOW + HOUR, retire_at=None)
    await revise_article(desk, grace, article_id=article.id, body="Unseen")
    clock.advance(HOUR)

    assert await keep_schedules(desk) == 0

    stored = await Article.get(id=article.id)
    assert (stored.state, stored.publish_at) == (ArticleState.DRAFT, None)
    notices = await ArticleNotice.filter(kind=ArticleNoticeKind.NOT_PUBLISHED)
    assert {one.person_id for one in notices} == {grace.person_id, alan.person_id}
    assert notices[0].note == "It was revised after somebody had looked at it."
    assert len(desk.mailer.sent) == 2  # type: ignore[attr-defined]


async def test_what_goes_back_to_its_author_is_off_the_schedule(desk: Desk) -> None:
    article = await write_article(desk, SYSTEM, title="Ink", body="B")
    await submit_article(desk, SYSTEM, article_id=article.id)
    await schedule_article(
        desk, SYSTEM, article_id=article.id, publish_at=NOW + HOUR, retire_at=NOW + 2 * HOUR
    )

    returned = await return_article(desk, SYSTEM, article_id=article.id)

    assert (returned.publish_at, returned.retire_at) == (None, None)


async def test_publishing_at_once_leaves_the_time_of_retirement(desk: Desk) -> None:
    article = await write_article(desk, SYSTEM, title="Ink", body="B")
    await schedule_article(
        desk, SYSTEM, article_id=article.id, publish_at=NOW + HOUR, retire_at=NOW + 2 * HOUR
    )

    published = await publish_article(desk, SYSTEM, article_id=article.id)

    assert (published.publish_at, published.retire_at) == (None, NOW + 2 * HOUR)
    assert (await publish(desk, "Other")).retire_at is None
