from datetime import timedelta

import pytest

from foredesk.desk import Desk
from foredesk.errors import NotPermitted
from foredesk.knowledge.feedback import rate_article
from foredesk.knowledge.models import DeflectionOutcome
from foredesk.people.roles import Role
from foredesk.people.viewer import ANONYMOUS, SYSTEM
from foredesk.self_service.likeness import alike
from foredesk.self_service.missing import missing_content
from foredesk.self_service.searches import Span
from foredesk.self_service.table import missing_csv, upkeep_csv
from foredesk.self_service.upkeep import Concern, neglected_articles
from foredesk.tickets.record import record_ticket
from foredesk.tickets.resolve import resolve_ticket
from tests.clock import Clock
from tests.knowledge.desks import publish
from tests.people import make_agent, make_organization, make_requester
from tests.self_service.searches import searched, told


def test_texts_that_ask_for_the_same_come_together_in_any_script() -> None:
    texts = [
        "parking permit",
        "Parking permits for visitors",
        "принтер не печатает",
        "не печатает принтер!",
        "パスワード リセット",
        "パスワードのリセット",
        "Büro Schlüssel",
        "buro schlussel verloren",
        "vpn",
        "?",
        "!",
    ]

    assert alike(texts) == [[0, 1], [2, 3], [4, 5], [6, 7], [8], [9], [10]]


async def test_gaps_are_ranked_by_the_people_they_cost(desk: Desk, clock: Clock) -> None:
    acme = await make_organization(desk)
    ada, bob = await make_requester(desk, acme), await make_requester(desk, acme)
    manager = await make_agent(desk, acme, role=Role.CUSTOMER_SERVICE_MANAGER)
    article = await publish(desk, "Printer")
    for _ in range(3):
        await searched(desk, ada, text="lunch menu")
    await searched(desk, ada, text="Parking permit")
    await searched(desk, bob, article, text="parking permits")
    await searched(desk, bob, article, text="kept back", shown=False)
    opened = await searched(desk, bob, article, text="printer")
    await told(desk, bob, opened, article, DeflectionOutcome.OPENED)
    for subject, articles in [("Parking permit for my guest", []), ("Printer", [article.id])]:
        ticket = await record_ticket(desk, ada, subject=subject)
        await resolve_ticket(
            desk, manager, ticket_id=ticket.id, resolution="Done.", article_ids=articles
        )
    await record_ticket(desk, ada, subject="Still open")
    clock.advance(timedelta(hours=1))

    found = await missing_content(desk, manager, span=Span())

    parking, lunch = found.gaps
    assert (parking.text, parking.people, parking.searches, parking.tickets) == (
        "Parking permit",
        2,
        2,
        1,
    )
    assert set(parking.examples) == {"parking permits", "Parking permit for my guest"}
    assert (lunch.text, lunch.people, lunch.searches) == ("lunch menu", 1, 3)
    assert [
        (one.text, one.people, one.without_result, one.without_click) for one in found.queries
    ] == [("lunch menu", 1, 3, 0), ("Parking permit", 1, 1, 0), ("parking permits", 1, 0, 1)]
    assert missing_csv(found).splitlines()[1] == "gap,Parking permit,,2,2,,,1"
    for viewer in (ada, ANONYMOUS, await make_agent(desk, acme)):
        with pytest.raises(NotPermitted):
            await missing_content(desk, viewer, span=Span())


async def test_articles_to_look_after_say_why(desk: Desk, clock: Clock) -> None:
    acme = await make_organization(desk)
    agent = await make_agent(desk, acme)
    old = await publish(desk, "Old")
    clock.advance(timedelta(days=364))
    low = await publish(desk, "Low", review_at=desk.now() + timedelta(days=1))
    await publish(desk, "Good")
    for number in range(5):
        await rate_article(
            desk, ANONYMOUS, article_id=low.id, helpful=number < 2, visitor=f"v{number}"
        )
    clock.advance(timedelta(days=1))

    found = await neglected_articles(desk, agent)

    assert [(one.article, one.concerns) for one in found] == [
        (low, (Concern.LOW_VOTES, Concern.REVIEW_DUE)),
        (old, (Concern.OLD,)),
    ]
    assert upkeep_csv(found).splitlines()[1].startswith("low,Low,low_votes review_due,2,3,0,")
    assert len(await neglected_articles(desk, SYSTEM)) == 2
    for viewer in (ANONYMOUS, await make_requester(desk, acme)):
        with pytest.raises(NotPermitted):
            await neglected_articles(desk, viewer)
