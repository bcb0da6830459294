import csv
from datetime import timedelta
from io import StringIO

import pytest

from foredesk.desk import Desk
from foredesk.errors import InvalidInput, NotPermitted
from foredesk.identity import new_id
from foredesk.knowledge.deflection import file_after_search
from foredesk.knowledge.feedback import Votes, rate_article
from foredesk.knowledge.models import DeflectionOutcome, SearchChannel
from foredesk.measures.figures import Share
from foredesk.people.roles import Role, Scope
from foredesk.people.viewer import ANONYMOUS, SYSTEM
from foredesk.self_service.figures import deflection_figures
from foredesk.self_service.searches import Span
from foredesk.self_service.table import deflections_csv
from foredesk.self_service.tally import share_of
from foredesk.tickets.record import record_ticket
from tests.clock import Clock
from tests.knowledge.desks import publish
from tests.people import make_agent, make_organization, make_requester
from tests.self_service.searches import searched, told

OPENED, SOLVED, NOT_HELPFUL = DeflectionOutcome


async def test_figures_stand_side_by_side_and_flatter_nobody(desk: Desk, clock: Clock) -> None:
    acme = await make_organization(desk)
    ada = await make_requester(desk, acme)
    manager = await make_agent(desk, acme, role=Role.CUSTOMER_SERVICE_MANAGER)
    first, second = await publish(desk, "First"), await publish(desk, "=Second")
    await told(desk, ada, await searched(desk, ada, first), first, OPENED, SOLVED)
    both = await searched(desk, ada, first, second)
    await told(desk, ada, both, first, OPENED, SOLVED)
    await told(desk, ada, both, second, OPENED, NOT_HELPFUL)
    failed = await searched(desk, ada, first, channel=SearchChannel.ASK_FORM)
    await told(desk, ada, failed, first, OPENED, SOLVED)
    await file_after_search(desk, ada, search_id=failed.id, ticket_id=new_id())
    await told(desk, ada, await searched(desk, ada, first), first, OPENED)
    await told(desk, ada, await searched(desk, ada, first), first, OPENED, NOT_HELPFUL)
    await searched(desk, ada)
    await searched(desk, ada, first, shown=False)
    agents = await searched(desk, manager, first, channel=SearchChannel.TICKET)
    await told(desk, manager, agents, first, SOLVED)
    await rate_article(desk, ada, article_id=second.id, helpful=False)
    clock.advance(timedelta(days=7))
    await told(desk, ada, await searched(desk, ada, first), first, OPENED)
    clock.advance(timedelta(hours=1))

    found = await deflection_figures(desk, manager, span=Span())

    whole = found.whole
    assert (whole.searches, whole.offered, whole.held_out, whole.pending) == (8, 6, 1, 1)
    assert (whole.zero_result.hits, whole.zero_result.n) == (1, 8)
    assert whole.click_through == share_of(6, 6)
    assert (whole.confirmed.count, whole.confirmed.share) == (2, share_of(2, 5))
    assert (whole.potential.count, whole.failed.count, whole.refused.count) == (1, 1, 1)
    assert {channel: one.searches for channel, one in found.channels.items()} == {
        SearchChannel.SEARCH: 7,
        SearchChannel.ASK_FORM: 1,
    }
    assert found.channels[SearchChannel.ASK_FORM].failed.count == 1
    top, other = found.articles
    assert (top.article, top.figures.offered, top.figures.held_out) == (first, 6, 1)
    assert (top.figures.confirmed.count, top.figures.failed.count) == (2, 1)
    assert (other.article, other.figures.refused.count) == (second, 1)
    assert other.votes == Votes(0, 1)
    lines = list(csv.DictReader(StringIO(deflections_csv(found))))
    assert {line["title"] for line in lines} == {"", "First", "'=Second"}
    assert [
        (line["count"], line["hits"], line["n"], line["share"], line["low"])
        for line in lines
        if line["figure"] == "confirmed" and not line["channel"] and not line["article"]
    ] == [("2", "2", "5", "0.4", "0.117621")]
    assert await deflection_figures(desk, SYSTEM, span=Span()) == found


async def test_a_share_of_too_few_has_no_figure() -> None:
    few, enough = share_of(1, 4), share_of(1, 5)

    assert (few.hits, few.n, few.estimate.value, few.estimate.low) == (1, 4, None, None)
    assert enough == Share(1, 5, enough.estimate)
    assert enough.estimate.value == 0.2


async def test_whoever_asks_the_desk_within_seven_days_was_not_deflected(
    desk: Desk, clock: Clock
) -> None:
    acme = await make_organization(desk)
    ada, bob = await make_requester(desk, acme), await make_requester(desk, acme)
    article = await publish(desk, "T")
    for viewer, outcomes in [(ada, [OPENED]), (ada, [OPENED, SOLVED]), (bob, [OPENED])]:
        await told(desk, viewer, await searched(desk, viewer, article), article, *outcomes)
    clock.advance(timedelta(days=6, hours=23))
    await record_ticket(desk, ada, subject="By another way", channel="mail")
    clock.advance(timedelta(hours=1))
    await record_ticket(desk, bob, subject="Too late to count")

    whole = (await deflection_figures(desk, SYSTEM, span=Span())).whole

    assert (whole.failed.count, whole.confirmed.count, whole.potential.count) == (1, 1, 1)


async def test_only_who_manages_the_organization_counts_its_searches(
    desk: Desk, clock: Clock
) -> None:
    acme, other = await make_organization(desk), await make_organization(desk)
    ada = await make_requester(desk, acme)
    await searched(desk, ada)
    clock.advance(timedelta(hours=1))
    manager = await make_agent(desk, acme, role=Role.CUSTOMER_SERVICE_MANAGER)
    stranger = await make_agent(desk, other, role=Role.CUSTOMER_SERVICE_MANAGER)

    for viewer, searches in [(manager, 1), (stranger, 0), (SYSTEM, 1)]:
        assert (await deflection_figures(desk, viewer, span=Span())).whole.searches == searches
    for viewer in (
        ada,
        ANONYMOUS,
        await make_agent(desk, acme),
        manager.with_scopes(frozenset({Scope.SURVEYS})),
    ):
        with pytest.raises(NotPermitted):
            await deflection_figures(desk, viewer, span=Span())
    with pytest.raises(InvalidInput):
        await deflection_figures(desk, SYSTEM, span=Span(since=clock.now, until=clock.now))
