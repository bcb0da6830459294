import asyncio

import pytest

from foredesk.desk import Desk
from foredesk.errors import NotFound, NotPermitted
from foredesk.identity import new_id
from foredesk.knowledge.deflection import file_after_search, open_article, record_deflection
from foredesk.knowledge.models import Article, Deflection, DeflectionOutcome, Search, SearchChannel
from foredesk.knowledge.publish import retire_article
from foredesk.people.roles import Scope
from foredesk.people.viewer import ANONYMOUS, SYSTEM, Viewer
from tests.clock import NOW
from tests.knowledge.desks import publish, publish_for
from tests.people import make_organization, make_requester

OPENED, SOLVED, NOT_HELPFUL = DeflectionOutcome


async def searched(
    desk: Desk, viewer: Viewer, *found: Article, visitor: str | None = None, text: str = "q"
) -> Search:
    return await Search.create(
        text=text,
        locale="en",
        channel=SearchChannel.SEARCH,
        person_id=viewer.person_id,
        organization_id=viewer.organization_id,
        visitor=visitor,
        results=[str(article.id) for article in found],
        total=len(found),
        created_at=desk.now(),
    )


async def test_an_outcome_is_noted_once_however_often_it_is_sent(desk: Desk) -> None:
    article = await publish(desk, "T")
    search = await searched(desk, ANONYMOUS, article, visitor="v1")

    noted = await asyncio.gather(
        *(
            record_deflection(
                desk,
                ANONYMOUS,
                search_id=search.id,
                article_id=article.id,
                outcome=SOLVED,
                visitor="v1",
            )
            for _ in range(5)
        )
    )

    assert len({deflection.id for deflection in noted}) == 1
    stored = await Deflection.get()
    assert (stored.search_id, stored.article_id) == (search.id, article.id)
    assert (stored.outcome, stored.at, stored.ticket_id) == (SOLVED, NOW, None)


async def test_what_is_not_theirs_is_not_found_and_nothing_is_noted(desk: Desk) -> None:
    acme, other = await make_organization(desk), await make_organization(desk)
    ada, eve = await make_requester(desk, acme), await make_requester(desk, other)
    shown = await publish(desk, "T")
    secret = await publish_for(desk, acme.id, "Secret")
    retired = await publish(desk, "Retired")
    await retire_article(desk, SYSTEM, article_id=retired.id)
    adas = await searched(desk, ada, shown)
    visitors = await searched(desk, ANONYMOUS, shown, visitor="v1")
    eves = await searched(desk, eve, shown)

    for viewer, visitor, search_id, article_id in [
        (eve, None, adas.id, shown.id),
        (ANONYMOUS, None, adas.id, shown.id),
        (ANONYMOUS, "v2", visitors.id, shown.id),
        (ANONYMOUS, None, visitors.id, shown.id),
        (ANONYMOUS, "v1", new_id(), shown.id),
        (eve, None, eves.id, secret.id),
        (eve, None, eves.id, retired.id),
        (eve, None, eves.id, new_id()),
    ]:
        with pytest.raises(NotFound):
            await record_deflection(
                desk,
                viewer,
                search_id=search_id,
                article_id=article_id,
                outcome=SOLVED,
                visitor=visitor,
            )

    assert not await Deflection.exists()


async def test_a_token_that_may_only_read_notes_nothing(desk: Desk) -> None:
    ada = await make_requester(desk, await make_organization(desk))
    article = await publish(desk, "T")
    search = await searched(desk, ada, article)
    reading = ada.with_scopes(frozenset({Scope.READ}))

    with pytest.raises(NotPermitted):
        await record_deflection(
            desk, reading, search_id=search.id, article_id=article.id, outcome=SOLVED
        )

    assert not await Deflection.exists()


async def test_who_signs_in_after_searching_still_has_their_search(desk: Desk) -> None:
    ada = await make_requester(desk, await make_organization(desk))
    article = await publish(desk, "T")
    search = await searched(desk, ANONYMOUS, article, visitor="v1")

    await record_deflection(
        desk, ada, search_id=search.id, article_id=article.id, outcome=SOLVED, visitor="v1"
    )

    assert await Deflection.all().count() == 1


async def test_opening_an_article_from_a_search_is_noted(desk: Desk) -> None:
    article = await publish(desk, "Printer")
    search = await searched(desk, ANONYMOUS, article, visitor="v1")

    assert await open_article(desk, ANONYMOUS, slug="printer") == article
    assert not await Deflection.exists()
    for visitor in ("v1", "v1", "v2", None):
        opened = await open_article(
            desk, ANONYMOUS, slug="printer", search_id=search.id, visitor=visitor
        )
        assert opened == article

    assert await Deflection.all().values_list("outcome", flat=True) == [OPENED]
    assert await open_article(desk, ANONYMOUS, slug="nothing", search_id=search.id) is None
    assert await open_article(desk, ANONYMOUS, slug="a\x00b") is None


async def test_a_request_after_a_search_makes_its_outcomes_failures(desk: Desk) -> None:
    article = await publish(desk, "T")
    search = await searched(desk, ANONYMOUS, article, visitor="v1")
    await open_article(desk, ANONYMOUS, slug=article.slug, search_id=search.id, visitor="v1")
    ticket_id = new_id()

    async def filed(ticket: object, visitor: str = "v1") -> bool:
        return await file_after_search(
            desk,
            ANONYMOUS,
            search_id=search.id,
            ticket_id=ticket,  # type: ignore[arg-type]
            visitor=visitor,
        )

    assert await filed(ticket_id, visitor="v2") is False
    assert await filed(ticket_id) is True
    assert await filed(ticket_id) is True
    assert await filed(new_id()) is False

    assert (await Search.get(id=search.id)).ticket_id == ticket_id
    assert (await Deflection.get()).ticket_id == ticket_id
    assert await file_after_search(desk, SYSTEM, search_id=new_id(), ticket_id=ticket_id) is False
