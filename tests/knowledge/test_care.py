from datetime import timedelta

import pytest

from foredesk.desk import Desk
from foredesk.errors import InvalidInput, NotFound, NotPermitted
from foredesk.knowledge.authoring import ArticleNotice, ArticleNoticeKind
from foredesk.knowledge.care import (
    assign_article,
    look_over_article,
    place_article,
    remind_of_reviews,
)
from foredesk.knowledge.models import Article, Audience
from foredesk.knowledge.notices import mark_notices_seen, visible_notices
from foredesk.knowledge.publish import publish_article, return_article, submit_article
from foredesk.knowledge.queries import visible_to
from foredesk.knowledge.write import write_article
from foredesk.people.models import Person
from foredesk.people.roles import Role
from foredesk.people.viewer import SYSTEM
from foredesk.ports import SearchQuery
from search_index import WhooshIndex
from tests.clock import NOW, Clock
from tests.knowledge.desks import publish
from tests.people import make_agent, make_organization, make_requester, make_team
from tests.quiet_parts import QuietMailer

DAY = timedelta(days=1)
MANAGER = Role.CUSTOMER_SERVICE_MANAGER


def mails(desk: Desk) -> list[tuple[str, str]]:
    assert isinstance(desk.mailer, QuietMailer)
    return [(mail.to, mail.subject) for mail in desk.mailer.sent]


async def test_who_answers_for_an_article_is_reminded_until_they_look_it_over(
    desk: Desk, clock: Clock
) -> None:
    grace = await make_agent(desk, await make_organization(desk), role=MANAGER)
    article = await write_article(desk, grace, title="Ink", body="B", review_at=NOW + DAY)
    await publish_article(desk, grace, article_id=article.id)

    told = []
    for _ in range(17):
        told.append(await remind_of_reviews(desk))
        clock.advance(DAY)
    looked = await look_over_article(
        desk, grace, article_id=article.id, review_at=clock.now + 90 * DAY
    )

    assert [day for day, count in enumerate(told) if count] == [1, 15]
    assert [subject for _, subject in mails(desk)] == ["An article is to be looked over: Ink"] * 2
    assert (looked.reviewed_at, looked.review_reminded_at) == (clock.now, None)
    assert await remind_of_reviews(desk) == 0
    notices = await visible_notices(grace)
    assert [one.kind for one in notices] == [ArticleNoticeKind.REVIEW_DUE] * 2
    await mark_notices_seen(desk, grace, notice_ids=[one.id for one in notices])
    assert await ArticleNotice.filter(seen_at=clock.now).count() == 2


async def test_managers_are_reminded_of_what_nobody_answers_for(desk: Desk) -> None:
    acme = await make_organization(desk)
    manager = await make_agent(desk, acme, role=MANAGER, name="Mary")
    gone = await make_agent(desk, acme)
    for owner in (gone.person_id, None):
        article = await publish(desk, "Ink", review_at=NOW, owner_id=gone.person_id)
        await Article.filter(id=article.id).update(owner_id=owner)
    await Person.filter(id=gone.person_id).update(is_active=False)

    assert await remind_of_reviews(desk) == 2

    told = await ArticleNotice.all().values_list("person_id", flat=True)
    assert told == [manager.person_id, manager.person_id]


async def test_a_date_of_review_lies_ahead(desk: Desk) -> None:
    article = await publish(desk, "Ink")

    with pytest.raises(InvalidInput):
        await look_over_article(desk, SYSTEM, article_id=article.id, review_at=NOW)


async def test_who_asked_for_a_review_hears_what_came_of_it(desk: Desk) -> None:
    acme = await make_organization(desk)
    author = await make_agent(desk, acme)
    reviewer = await make_agent(desk, acme, role=MANAGER)
    article = await write_article(desk, author, title="Ink", body="B")

    waiting = await submit_article(desk, author, article_id=article.id)
    assert (waiting.submitted_at, waiting.submitted_by_id) == (NOW, author.person_id)
    returned = await return_article(desk, reviewer, article_id=article.id, note="Which printer?")

    assert (returned.submitted_at, returned.submitted_by_id) == (None, None)
    (notice,) = await visible_notices(author)
    assert (notice.kind, notice.note) == (ArticleNoticeKind.RETURNED, "Which printer?")
    with pytest.raises(NotFound):
        await mark_notices_seen(desk, reviewer, notice_ids=[notice.id])
    assert [subject for _, subject in mails(desk)] == ["An article came back to you: Ink"]


async def test_a_teams_article_is_found_and_read_by_its_members_alone(
    searchable: Desk, index: WhooshIndex
) -> None:
    desk = searchable
    acme = await make_organization(desk)
    network, vault = await make_team(desk, acme), await make_team(desk, acme)
    member = await make_agent(desk, acme, team=network, role=MANAGER)
    outsider = await make_agent(desk, acme, team=vault, role=MANAGER)
    administrator = await make_agent(desk, acme, team=vault, role=Role.ADMINISTRATOR)
    article = await publish(desk, "Cable plan")

    await place_article(
        desk, member, article_id=article.id, audience=Audience.GROUP, team_id=network.id
    )
    await index.catch_up()

    found = {}
    for name, viewer in {"member": member, "outsider": outsider}.items():
        hits = await index.search(SearchQuery("cable", "en", viewer.reader))
        read = await visible_to(viewer).filter(id=article.id).exists()
        found[name] = (len(hits.hits), read)
    assert found == {"member": (1, True), "outsider": (0, False)}
    assert await visible_to(administrator).filter(id=article.id).exists()
    assert not await visible_to(await make_requester(desk, acme)).exists()
    with pytest.raises(NotFound):
        await place_article(desk, outsider, article_id=article.id, audience=Audience.PUBLIC)


async def test_what_a_confidential_team_wrote_no_administrator_reads(desk: Desk) -> None:
    acme = await make_organization(desk)
    team = await make_team(desk, acme)
    await team.filter(id=team.id).update(is_confidential=True)
    member = await make_agent(desk, acme, team=team)
    administrator = await make_agent(desk, acme, role=Role.ADMINISTRATOR)

    article = await write_article(
        desk, member, title="Salaries", body="B", audience=Audience.GROUP, team_id=team.id
    )

    assert article.is_confidential
    assert await visible_to(member).count() == 1
    assert await visible_to(administrator).count() == 0
    with pytest.raises(NotFound):
        await write_article(
            desk, administrator, title="T", body="B", audience=Audience.GROUP, team_id=team.id
        )


async def test_audience_and_team_fit_together(desk: Desk) -> None:
    acme = await make_organization(desk)
    team = await make_team(desk, acme)
    author = await make_agent(desk, acme, team=team)
    article = await publish(desk, "Ink")

    for wrong in ({"audience": Audience.GROUP}, {"audience": Audience.PUBLIC, "team_id": team.id}):
        with pytest.raises(InvalidInput):
            await place_article(desk, SYSTEM, article_id=article.id, **wrong)  # type: ignore[arg-type]
    with pytest.raises(NotPermitted):
        await place_article(desk, author, article_id=article.id, audience=Audience.AGENTS)


async def test_somebody_else_may_answer_for_it(desk: Desk) -> None:
    acme = await make_organization(desk)
    grace, alan = await make_agent(desk, acme), await make_agent(desk, acme)
    article = await write_article(desk, grace, title="Ink", body="B")

    given = await assign_article(desk, grace, article_id=article.id, owner_id=alan.person_id)

    assert given.owner_id == alan.person_id
    stranger = await make_requester(desk, await make_organization(desk))
    with pytest.raises(NotFound):
        await assign_article(desk, grace, article_id=article.id, owner_id=stranger.person_id)
