"""Replaying the very agreement in force gives what is stored: exactly, whatever happened."""

from datetime import timedelta

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from foredesk.desk import Desk
from foredesk.people.viewer import SYSTEM
from foredesk.replay.run import replay_agreement
from foredesk.replay.tally import Tally
from foredesk.replay.verdicts import levels
from foredesk.sla.models import ClockState, TicketClock
from tests.clock import Clock
from tests.replay.lived import COURSES, ever, in_force, live
from tests.tickets import make_agreement, make_crowd
from tests.tickets.test_projection import EXAMPLES

steps = st.lists(
    st.tuples(
        st.sampled_from([*sorted(COURSES), "merge"]),
        st.sampled_from(["ada", "grace", "grace", "grace"]),
        st.sampled_from([0, 1, 60, 600, 3 * 24 * 60]),
    ),
    max_size=12,
)
STOPPED = (ClockState.MET, ClockState.LATE, ClockState.MISSED)


@settings(
    max_examples=max(5, EXAMPLES // 4),
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(histories=st.lists(steps, min_size=1, max_size=3))
async def test_the_agreement_in_force_gives_the_stored_verdicts(
    desk: Desk, clock: Clock, histories: list[list[tuple[str, str, int]]]
) -> None:
    crowd = await make_crowd(desk)
    agreement = await make_agreement(desk, crowd.acme)
    begun = desk.now()
    for history in histories:
        await live(desk, clock, crowd, history)
        clock.advance(timedelta(minutes=7))

    found = await replay_agreement(
        desk,
        SYSTEM,
        proposal=await in_force(agreement),
        since=begun,
        organization_id=crowd.acme.id,
    )

    tally = found.tally
    stored = await TicketClock.filter(ticket__opened_at__gte=begun, ticket__merged_into_id=None)
    assert _counts(tally) == _stored(stored, desk)
    for change in tally.changes.values():
        assert (change.newly_missed, change.newly_kept) == (0, 0)
    due = sorted((row.target_due_at, row.name) for row in stored if _missed(row, desk))
    assert [(breach.at, breach.clock) for breach in sorted(tally.breaches)] == due


async def test_requests_from_before_the_agreement_are_covered_from_their_beginning(
    desk: Desk, clock: Clock
) -> None:
    crowd = await make_crowd(desk)
    await live(desk, clock, crowd, [("reply", "grace", 30), ("resolve", "grace", 600)])
    agreement = await make_agreement(desk, crowd.acme)
    clock.advance(timedelta(minutes=1))

    found = await replay_agreement(
        desk, SYSTEM, proposal=await in_force(agreement), since=ever(desk.now())
    )

    assert await TicketClock.all().count() == 0
    assert (found.tally.tickets, found.tally.covered) == (1, 1)
    assert found.tally.changes == {}
    shares = {clock: cell.target for (clock, _), cell in found.tally.cells.items()}
    assert {name: (share.kept, share.missed) for name, share in shares.items()} == {
        "response": (1, 0),
        "resolution": (1, 0),
    }


Counts = dict[tuple[str, str], tuple[int, int, int]]


def _counts(tally: Tally) -> Counts:
    return {
        (clock, priority): (cell.target.kept, cell.target.missed, cell.target.open)
        for (clock, priority), cell in tally.cells.items()
    }


def _stored(rows: list[TicketClock], desk: Desk) -> Counts:
    counts: dict[tuple[str, str], list[int]] = {}
    for row in rows:
        kept = levels(
            is_stopped=row.state in STOPPED,
            has_minimum=True,
            target_due_at=row.target_due_at,
            minimum_due_at=row.minimum_due_at,
            now=desk.now(),
        ).target
        cell = counts.setdefault((row.name, row.priority), [0, 0, 0])
        cell[2 if kept is None else 0 if kept else 1] += 1
    return {place: (kept, missed, open_) for place, (kept, missed, open_) in counts.items()}


def _missed(row: TicketClock, desk: Desk) -> bool:
    due = row.target_due_at
    return due is not None and (row.state in STOPPED or due <= desk.now())
