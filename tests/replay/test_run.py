"""A replay as a whole: what it adds up, within which bounds, for whom, and by how many."""

from dataclasses import replace
from datetime import timedelta
from decimal import Decimal

import pytest

from foredesk.desk import Desk
from foredesk.errors import InvalidInput, NotPermitted
from foredesk.people.roles import Role
from foredesk.people.viewer import SYSTEM
from foredesk.replay.proposal import Proposal
from foredesk.replay.reading import Extent
from foredesk.replay.run import Bounds, replay_agreement
from foredesk.replay.told import as_json, reason_for, rows_of
from foredesk.sla.definitions import RESOLUTION, RESPONSE
from foredesk.sla.penalties import Billing, PenaltyRule
from foredesk.sla.rulebook import Goal
from foredesk.tickets.models import Ticket
from tests.clock import Clock
from tests.people import make_agent
from tests.replay.lived import ever, in_force, live
from tests.tickets import Crowd, make_agreement, make_crowd

HOUR = 3600


async def three_requests(desk: Desk, clock: Clock) -> tuple[Crowd, Proposal]:
    """Answered after 30 min each, and resolved after 2, 6 and 12 working hours."""
    crowd = await make_crowd(desk)
    agreement = await make_agreement(desk, crowd.acme)
    proposal = await in_force(agreement)
    for minutes in (90, 330, 1650):
        clock.now = clock.now.replace(hour=8, minute=0)
        await live(desk, clock, crowd, [("reply", "grace", 30), ("resolve", "grace", minutes)])
        clock.advance(timedelta(days=7))
    return crowd, proposal


def with_targets(proposal: Proposal, clock: str, goal: Goal) -> Proposal:
    goals = {
        place: goal if place[0] == clock else before
        for place, before in proposal.terms.goals.items()
    }
    return replace(proposal, terms=replace(proposal.terms, goals=goals))


async def test_shorter_targets_are_missed_more_often_and_it_says_by_whom(
    desk: Desk, clock: Clock
) -> None:
    _, proposal = await three_requests(desk, clock)
    shorter = with_targets(proposal, RESOLUTION, Goal(4 * HOUR, 10 * HOUR))

    before = await replay_agreement(desk, SYSTEM, proposal=proposal, since=ever(desk.now()))
    after = await replay_agreement(desk, SYSTEM, proposal=shorter, since=ever(desk.now()))

    assert [breach.number for breach in before.tally.breaches] == [3]
    assert [breach.number for breach in after.tally.breaches] == [2, 3]
    assert [reason_for(breach) for breach in after.tally.breaches] == [
        "It took 6 h of working time, 2 h more than 4 h.",
        "It took 12 h of working time, 8 h more than 4 h.",
    ]
    change = after.tally.changes[RESOLUTION, "target"]
    assert (change.newly_missed, change.numbers_missed, change.both_missed) == (1, [2], 1)
    assert after.tally.changes[RESPONSE, "target"].both_kept == 2, "one came before the agreement"
    (whole, *_) = [row for row in rows_of(after) if row.clock == RESOLUTION]
    assert (whole.priority, whole.target.kept, whole.target.n) == (None, 1, 3)
    assert (whole.minimum.kept, whole.median_late) == (2, 5 * HOUR)


async def test_hours_that_made_it_miss_are_named(desk: Desk, clock: Clock) -> None:
    _, proposal = await three_requests(desk, clock)
    shorter = with_targets(proposal, RESOLUTION, Goal(5 * HOUR + 1800, 20 * HOUR))

    found = await replay_agreement(desk, SYSTEM, proposal=shorter, since=ever(desk.now()))

    causes = found.tally.causes[RESOLUTION]
    assert causes.missed == 2
    assert sum(causes.late) == 1800 + 6 * HOUR + 1800
    assert causes.without["09:00-10:00"] == 1
    assert causes.without["monday"] == 2
    assert "saturday and sunday" not in causes.without


async def test_penalties_are_those_of_the_missed_minimums(desk: Desk, clock: Clock) -> None:
    _, proposal = await three_requests(desk, clock)
    dear = with_targets(proposal, RESOLUTION, Goal(HOUR, 4 * HOUR))
    rules = (PenaltyRule(RESOLUTION, None, Decimal(50)),)
    dear = replace(
        dear, terms=replace(dear.terms, penalties=rules, billing=Billing("EUR", cap=Decimal(75)))
    )

    found = await replay_agreement(desk, SYSTEM, proposal=dear, since=ever(desk.now()))

    assert [(f"{one.month:%Y-%m}", one.gross, one.amount) for one in found.statement.months] == [
        ("2026-03", Decimal(100), Decimal(75))
    ]
    assert as_json(found)["penalties"]["total"] == "75"


@pytest.mark.parametrize("processes", [1, 2])
async def test_the_result_does_not_depend_on_how_many_work_on_it(
    desk: Desk, clock: Clock, processes: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("foredesk.replay.run.A_FEW", 0)
    monkeypatch.setattr("foredesk.replay.reading.BATCH", 1)
    _, proposal = await three_requests(desk, clock)
    shorter = with_targets(proposal, RESOLUTION, Goal(HOUR, 4 * HOUR))
    heard: list[tuple[int, int]] = []

    here = await replay_agreement(desk, SYSTEM, proposal=shorter, since=ever(desk.now()))
    there = await replay_agreement(
        desk,
        SYSTEM,
        proposal=shorter,
        since=ever(desk.now()),
        bounds=Bounds(processes=processes, seconds=120),
        progress=lambda done, all_: heard.append((done, all_)),
    )

    assert as_json(there) == as_json(here)
    assert there.tally.breaches == here.tally.breaches
    assert heard == [(1, 3), (2, 3), (3, 3)]


async def test_what_takes_too_long_or_is_too_much_is_refused(
    desk: Desk, clock: Clock, monkeypatch: pytest.MonkeyPatch
) -> None:
    _, proposal = await three_requests(desk, clock)
    since = ever(desk.now())

    with pytest.raises(InvalidInput, match="3 requests are too many here"):
        await replay_agreement(
            desk, SYSTEM, proposal=proposal, since=since, bounds=Bounds(tickets=2)
        )
    monkeypatch.setattr("foredesk.replay.run.A_FEW", 0)
    with pytest.raises(InvalidInput, match="takes too long here"):
        await replay_agreement(
            desk, SYSTEM, proposal=proposal, since=since, bounds=Bounds(processes=1, seconds=0.01)
        )
    with pytest.raises(InvalidInput, match="Begin before the end"):
        await replay_agreement(desk, SYSTEM, proposal=proposal, since=desk.now())


async def test_only_the_time_and_the_organization_that_were_asked_for_are_replayed(
    desk: Desk, clock: Clock
) -> None:
    crowd, proposal = await three_requests(desk, clock)
    second = (await Ticket.get(number=2)).opened_at

    later = await replay_agreement(desk, SYSTEM, proposal=proposal, since=second)
    earlier = await replay_agreement(
        desk, SYSTEM, proposal=proposal, since=ever(desk.now()), until=second
    )
    elsewhere = await replay_agreement(
        desk,
        SYSTEM,
        proposal=proposal,
        since=ever(desk.now()),
        organization_id=crowd.zenith.id,
    )

    assert (later.tally.tickets, earlier.tally.tickets) == (2, 1)
    assert elsewhere.tally.tickets == 0


async def test_managers_replay_what_they_may_sign_and_nobody_else_does(
    desk: Desk, clock: Clock
) -> None:
    crowd, proposal = await three_requests(desk, clock)
    manager = await make_agent(desk, crowd.acme, role=Role.CUSTOMER_SERVICE_MANAGER)
    stranger = await make_agent(desk, crowd.zenith, role=Role.CUSTOMER_SERVICE_MANAGER)
    since, acme = ever(desk.now()), crowd.acme.id

    found = await replay_agreement(
        desk, manager, proposal=proposal, since=since, organization_id=acme
    )

    assert found.tally.tickets == 3
    for viewer in (stranger, crowd.grace, crowd.ada):
        with pytest.raises(NotPermitted):
            await replay_agreement(
                desk, viewer, proposal=proposal, since=since, organization_id=acme
            )
    with pytest.raises(NotPermitted):
        await replay_agreement(desk, manager, proposal=proposal, since=since)


async def test_what_confidential_teams_have_is_left_out_for_others(
    desk: Desk, clock: Clock
) -> None:
    crowd, proposal = await three_requests(desk, clock)
    manager = await make_agent(desk, crowd.acme, role=Role.CUSTOMER_SERVICE_MANAGER)
    await Ticket.filter(number=2).update(is_confidential=True, team_id=crowd.network_team.id)

    found = await replay_agreement(
        desk,
        manager,
        proposal=proposal,
        since=ever(desk.now()),
        organization_id=crowd.acme.id,
    )

    assert found.tally.tickets == 2


def test_no_tickets_are_no_work() -> None:
    assert list(Extent(0, 0, -1).parts()) == []
