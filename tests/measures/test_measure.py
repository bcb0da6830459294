"""The figures of a week, each counted by hand from the story."""

from dataclasses import replace
from datetime import date, timedelta
from uuid import uuid4

import pytest

from foredesk.database import transaction
from foredesk.desk import Desk
from foredesk.errors import InvalidInput
from foredesk.measures import rows
from foredesk.measures.facts import Cut
from foredesk.measures.figures import figures_of, sigma_of
from foredesk.measures.measure import Measures, service_measures
from foredesk.measures.periods import Period
from foredesk.measures.selection import Selection
from foredesk.measures.sigma import Defect
from foredesk.people.viewer import SYSTEM
from foredesk.tickets.merge import merge_ticket, unmerge_ticket
from foredesk.tickets.models import Ticket
from tests.clock import Clock
from tests.measures.story import HOUR, WEEK, Office, berlin, open_office, play_the_week


@pytest.fixture
async def office(desk: Desk, clock: Clock) -> Office:
    office = await open_office(desk, clock)
    await play_the_week(office)
    return office


async def measured(office: Office, selection: Selection = WEEK, **more: object) -> Measures:
    return await service_measures(office.desk, office.grace, selection=selection, **more)  # type: ignore[arg-type]


async def test_the_figures_of_the_week_are_those_counted_by_hand(office: Office) -> None:
    (group,) = (await measured(office)).groups

    found = figures_of(group.tally)
    assert (found.opened, found.imported, found.resolved, found.undecided) == (7, 1, 6, 0)
    response, resolution = found.clocks
    assert (response.name, resolution.name) == ("response", "resolution")
    assert (response.target.met.hits, response.target.met.n) == (3, 6)
    assert (response.minimum.met.hits, response.minimum.met.n) == (4, 6)
    assert (resolution.target.met.hits, resolution.target.met.n) == (3, 5)
    assert (resolution.minimum.met.hits, resolution.minimum.met.n) == (5, 5)
    assert found.acknowledgement.clock_time.mean == pytest.approx(17.75 * HOUR)
    assert found.acknowledgement.clock_time.median == pytest.approx(3.5 * HOUR)
    assert found.acknowledgement.clock_time.percentile_90 is None
    assert found.acknowledgement.business_time.n == 5
    assert found.acknowledgement.business_time.mean == pytest.approx(4.9 * HOUR)
    assert found.resolution.clock_time.mean == pytest.approx(43.25 * HOUR)
    assert found.resolution.business_time.mean == pytest.approx(15.3 * HOUR)
    assert found.resolution.business_time.median == pytest.approx(14 * HOUR)
    assert (found.first_contact.hits, found.first_contact.n) == (2, 6)
    assert (found.came_back.hits, found.came_back.n) == (1, 6)
    assert found.hand_offs.mean == pytest.approx(2 / 6)
    assert (found.without_hand_off.hits, found.without_hand_off.n) == (5, 6)


async def test_misses_have_the_size_of_business_time_beyond_the_goal(office: Office) -> None:
    (group,) = (await measured(office)).groups

    clocks = group.tally.clocks
    assert sorted(clocks["response"].target.sizes) == [2 * HOUR, 12 * HOUR]
    assert sorted(clocks["response"].minimum.sizes) == [8 * HOUR]
    assert sorted(clocks["resolution"].target.sizes) == [8 * HOUR, int(15.5 * HOUR)]
    assert sorted(clocks["resolution"].minimum.sizes) == []


async def test_a_promise_that_is_broken_while_nobody_answers_counts_when_its_time_is_over(
    office: Office,
) -> None:
    following = replace(WEEK, since=berlin("03-09"), until=berlin("03-16"))

    (group,) = (await measured(office, following)).groups

    found = figures_of(group.tally)
    (resolution,) = found.clocks
    assert (resolution.target.met.hits, resolution.target.met.n) == (0, 1)
    assert (resolution.minimum.met.hits, resolution.minimum.met.n) == (0, 1)
    assert (found.opened, found.resolved) == (0, 0)


async def test_defects_are_counted_over_tickets_with_every_opportunity(office: Office) -> None:
    (group,) = (await measured(office)).groups

    found = sigma_of(group.tally, tuple(Defect))
    assert (found.units, found.left_out, found.defects) == (5, 1, 3)
    assert found.dpmo.value == pytest.approx(150_000)
    assert found.level == pytest.approx(1.5 + 1.0364333895)


async def test_the_backlog_of_each_day_is_that_counted_by_hand(office: Office) -> None:
    days = (await measured(office)).backlog

    assert [day.day for day in days] == [date(2026, 3, 2) + timedelta(days=n) for n in range(7)]
    assert [day.opened for day in days] == [4, 2, 0, 0, 1, 0, 0]
    assert [day.came_back for day in days] == [0, 0, 1, 0, 0, 0, 0]
    assert [day.resolved for day in days] == [1, 2, 2, 1, 1, 0, 0]
    assert [day.open_at_end for day in days] == [3, 3, 2, 1, 1, 1, 1]


async def test_what_was_open_before_is_in_the_backlog(office: Office) -> None:
    later = replace(WEEK, since=berlin("03-04"), until=berlin("03-06"))

    days = (await measured(office, later)).backlog

    assert [day.open_at_end for day in days] == [2, 1]


async def test_each_day_has_what_was_decided_on_it(office: Office) -> None:
    groups = (await measured(office, period=Period.DAY)).groups

    found = [figures_of(group.tally) for group in groups]
    assert [one.opened for one in found] == [4, 2, 0, 0, 1, 0, 0]
    assert [one.resolved for one in found] == [1, 1, 2, 1, 1, 0, 0]
    assert [group.is_complete for group in groups] == [True] * 7
    decided = [
        {clock.name: clock.target.met.n for clock in one.clocks if clock.target.met.n}
        for one in found
    ]
    assert decided == [
        {"response": 3, "resolution": 1},
        {"response": 2, "resolution": 1},
        {"resolution": 3},
        {},
        {"response": 1},
        {},
        {},
    ]


async def test_a_window_that_is_open_decides_nothing_yet(office: Office) -> None:
    office.clock.now = berlin("03-10")

    (group,) = (await measured(office)).groups
    (week,) = (await measured(office, replace(WEEK, reopen_window_days=5))).groups

    assert (group.tally.settled, group.tally.undecided) == (0, 6)
    # resolved by Thursday 00:00, so that five days are over
    assert (week.tally.settled, week.tally.undecided) == (4, 2)
    assert (week.tally.at_first_contact, week.tally.came_back) == (2, 1)


async def test_what_came_back_after_the_window_counts_as_solved(office: Office) -> None:
    (group,) = (await measured(office, replace(WEEK, reopen_window_days=0))).groups

    assert (group.tally.came_back, group.tally.settled) == (0, 6)


async def test_cuts_have_the_most_first(office: Office) -> None:
    by_priority = await measured(office, by=Cut.PRIORITY)
    by_team = await measured(office, by=Cut.TEAM)
    by_organization = await measured(office, by=Cut.ORGANIZATION)

    assert [group.value for group in by_priority.groups] == ["normal"]
    assert [(group.value, group.tally.opened) for group in by_team.groups] == [
        (office.team.id, 6),
        (None, 1),
    ]
    assert [group.value for group in by_organization.groups] == [office.organization.id]


async def test_beyond_twenty_values_the_smallest_are_together(office: Office) -> None:
    tickets = await Ticket.all().order_by("number")
    for place in range(24):
        ticket = await office.recorded("03-02", "12:00")
        await Ticket.filter(id=ticket.id).update(category=f"c{place:02}")
    await Ticket.filter(id__in=[one.id for one in tickets]).update(category="big")
    office.clock.now = berlin("04-06")

    groups = (await measured(office, by=Cut.CATEGORY)).groups

    assert len(groups) == 21
    assert (groups[0].value, groups[0].tally.opened) == ("big", 7)
    assert [group.value for group in groups[1:20]] == [f"c{place:02}" for place in range(19)]
    assert (groups[20].is_rest, groups[20].value, groups[20].tally.opened) == (True, None, 5)
    assert (await measured(office)).groups[0].tally.opened == 31


async def test_conditions_choose_the_tickets(office: Office) -> None:
    for selection, opened in (
        (replace(WEEK, is_imported=True), 1),
        (replace(WEEK, is_imported=False), 6),
        (replace(WEEK, team_ids=[office.team.id]), 6),
        (replace(WEEK, team_ids=[uuid4()]), 0),
        (replace(WEEK, priorities=["critical"]), 0),
        (replace(WEEK, organization_ids=[office.organization.id]), 7),
        (replace(WEEK, service_ids=[uuid4()]), 0),
        (replace(WEEK, kinds=["incident"]), 0),
        (replace(WEEK, categories=["network"]), 0),
    ):
        assert (await measured(office, selection)).opened == opened, selection


async def test_merged_tickets_are_left_out_until_they_are_taken_out_again(office: Office) -> None:
    forgotten = await Ticket.get(subject="Forgotten")
    again = await office.recorded("03-06", "12:00", "Forgotten, again")
    office.clock.now = berlin("04-06")
    before = await measured(office)

    await merge_ticket(office.desk, office.grace, ticket_id=again.id, into_id=forgotten.id)
    merged = await measured(office)
    await unmerge_ticket(office.desk, office.grace, ticket_id=again.id)

    assert (before.opened, merged.opened) == (8, 7)
    assert [day.open_at_end for day in before.backlog[4:]] == [2, 2, 2]
    assert [day.open_at_end for day in merged.backlog[4:]] == [1, 1, 1]
    assert (await measured(office)).backlog == before.backlog


async def test_tickets_are_read_part_by_part(
    office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    whole = await measured(office, by=Cut.TEAM, period=Period.DAY)
    monkeypatch.setattr(rows, "AT_ONCE", 2)

    assert await measured(office, by=Cut.TEAM, period=Period.DAY) == whole


async def test_too_many_tickets_are_refused(
    office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(rows, "MOST_TICKETS", 6)

    with pytest.raises(InvalidInput):
        await measured(office)


async def test_figures_are_the_same_within_a_transaction(office: Office) -> None:
    outside = await measured(office)
    async with transaction():
        assert await measured(office) == outside


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"until": berlin("03-02")}, "from"),
        ({"since": berlin("03-02").replace(year=1900)}, "from"),
        ({"time_zone": "Nowhere"}, "timeZone"),
        ({"reopen_window_days": -1}, "reopenWindowDays"),
        ({"reopen_window_days": 366}, "reopenWindowDays"),
        ({"categories": ["x"] * 101}, "categories"),
        ({"since": berlin("03-02").replace(year=2024)}, "period"),
    ],
)
async def test_what_can_not_be_is_refused(desk: Desk, wrong: dict[str, object], field: str) -> None:
    with pytest.raises(InvalidInput) as refusal:
        await service_measures(desk, SYSTEM, selection=replace(WEEK, **wrong))  # type: ignore[arg-type]

    assert refusal.value.field == field
