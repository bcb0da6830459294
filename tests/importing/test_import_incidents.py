"""Logs of incidents: nothing of them is lost, nothing is taken twice, and nobody is told."""

import gzip
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from foredesk.desk import Desk
from foredesk.errors import NotPermitted
from foredesk.importing.incidents.parity import HANDED_ON, compare_with_log
from foredesk.importing.incidents.take import external_key, import_incidents
from foredesk.importing.report import Report, UnusableCall
from foredesk.people.models import Person, Team
from foredesk.people.viewer import ANONYMOUS, SYSTEM
from foredesk.sla.models import TicketClock
from foredesk.sla.priority import Priority
from foredesk.tickets.models import Ticket, TicketEvent
from foredesk.tickets.states import EventKind, TicketState, WaitingFor
from foredesk.tickets.verify import differences
from tests.importing.incident_rows import BEGIN, Log

REAL = Path(__file__).parents[3] / "shared/data/service_levels/incident_events.csv.gz"


@pytest.fixture
def log(tmp_path: Path) -> Log:
    return Log(tmp_path / "log.csv")


async def taken(desk: Desk, file: Path, zone: str = "UTC") -> Report:
    return await import_incidents(desk, SYSTEM, file=file, organization="elsewhere", time_zone=zone)


async def is_whole(file: Path, zone: str = "UTC") -> bool:
    parity = await compare_with_log(SYSTEM, file=file, organization="elsewhere", time_zone=zone)
    return parity.is_whole


async def the_ticket(number: str = "INC0000001") -> Ticket:
    return await Ticket.get(external_key=external_key("elsewhere", number))


async def told(ticket: Ticket) -> list[tuple[EventKind, int]]:
    """What happened, and how many minutes after the beginning, without the rows as written."""
    return [
        (event.kind, int((event.occurred_at - BEGIN).total_seconds() // 60))
        for event in await TicketEvent.filter(ticket_id=ticket.id).order_by("sequence")
        if event.kind is not EventKind.IMPORTED
    ]


def story(log: Log) -> str:
    """An incident that waits, is resolved, taken up again, and closed."""
    number = log.next_number()
    log.update(number, 5)
    log.update(number, 10, incident_state="Active", assigned_to="Resolver 3")
    log.update(number, 20, incident_state="Awaiting User Info")
    log.update(number, 30, incident_state="Awaiting Vendor", impact="1 - High")
    log.update(number, 40, incident_state="Active", priority="2 - High")
    log.update(number, 50, assignment_group="Group 8", assigned_to="?", reassignment_count="1")
    log.update(number, 60, incident_state="Resolved", closed_code="code 6")
    log.update(number, 70, incident_state="Active", reopen_count="1")
    log.update(number, 80, incident_state="Resolved", resolved_at="29-02-2016 09:20")
    closing = {
        "made_sla": "FALSE",
        "closed_at": "29-02-2016 10:40",
        "resolved_at": "29-02-2016 09:20",
    }
    log.update(number, 160, incident_state="Closed", **closing)
    return number


async def test_an_incident_becomes_a_ticket_with_everything_that_happened_to_it(
    desk: Desk, log: Log
) -> None:
    story(log)

    report = await taken(desk, log.written())

    assert report.refused == []
    ticket = await the_ticket()
    assert await told(ticket) == [
        (EventKind.RECORDED, 0),
        (EventKind.CLASSIFIED, 5),
        (EventKind.ASSIGNED, 5),
        (EventKind.ASSIGNED, 10),
        (EventKind.PAUSED, 20),
        (EventKind.CLASSIFIED, 30),
        (EventKind.PAUSED, 30),
        (EventKind.CLASSIFIED, 40),
        (EventKind.RESUMED, 40),
        (EventKind.ASSIGNED, 50),
        (EventKind.RESOLVED, 60),
        (EventKind.REOPENED, 70),
        (EventKind.RESOLVED, 80),
        (EventKind.CLOSED, 160),
    ]
    assert ticket.state is TicketState.CLOSED
    assert ticket.priority is Priority.HIGH
    assert (ticket.opened_at, ticket.reopen_count) == (BEGIN, 1)
    assert ticket.resolved_at == BEGIN + timedelta(minutes=80)
    assert ticket.closed_at == BEGIN + timedelta(minutes=160)
    assert ticket.imported_made_sla is False
    assert ticket.resolution == "code 6"
    paused = await TicketEvent.filter(ticket_id=ticket.id, kind=EventKind.PAUSED)
    assert [event.data["waiting_for"] for event in paused] == [
        WaitingFor.REQUESTER,
        WaitingFor.VENDOR,
    ]
    assert (await Team.get(id=ticket.team_id)).name == "Group 8"
    assert await differences(ticket) == []


async def test_every_row_can_be_read_back_as_it_was_written(desk: Desk, log: Log) -> None:
    number = story(log)
    await taken(desk, log.written())

    rows: list[dict[str, str]] = []
    written: dict[str, str] = {}
    ticket = await the_ticket(number)
    for event in await TicketEvent.filter(ticket_id=ticket.id).order_by("sequence"):
        if event.kind is EventKind.IMPORTED:
            written = {**written, **event.data["values"]}  # type: ignore[dict-item]
            rows.append(written)

    assert rows == log.rows
    assert await is_whole(log.path)


async def test_no_clock_runs_and_nobody_hears_of_it(desk: Desk, log: Log) -> None:
    story(log)

    await taken(desk, log.written())

    assert await TicketClock.all().count() == 0
    assert desk.jobs.enqueued == []  # type: ignore[attr-defined]
    assert await Person.filter(password_hash__not="").count() == 0


async def test_a_second_time_nothing_is_taken(desk: Desk, log: Log) -> None:
    story(log)
    await taken(desk, log.written())
    events = await TicketEvent.all().count()

    again = await taken(desk, log.path)

    assert dict(again.taken["incidents"]) == {"unchanged": 1}
    assert await TicketEvent.all().count() == events


async def test_rows_of_incidents_may_be_mixed(desk: Desk, log: Log) -> None:
    one, other = story(log), story(log)
    log.rows = [row for pair in zip(log.rows[:10], log.rows[10:], strict=True) for row in pair]

    report = await taken(desk, log.written())

    assert dict(report.taken["incidents"]) == {"added": 2}
    assert await told(await the_ticket(one)) == await told(await the_ticket(other))
    assert await is_whole(log.path)


@pytest.mark.parametrize(
    ("column", "value", "reason"),
    [
        ("opened_at", "2016-02-29", "opened_at: '2016-02-29' is no time like 29-02-2016 17:05"),
        ("sys_updated_at", "?", "sys_updated_at: is missing"),
        ("sys_updated_at", "30-02-2016 10:00", "sys_updated_at: '30-02-2016 10:00' is no time"),
        ("incident_state", "Lost", "incident_state: 'Lost' is none of New, Active"),
        ("priority", "?", "priority: '' is none of 1 - Critical"),
        ("reopen_count", "-1", "reopen_count: '-1' is no count"),
        ("made_sla", "maybe", "made_sla: 'maybe' is none of TRUE, FALSE"),
    ],
)
async def test_a_bad_row_is_refused_by_name_and_its_incident_waits_until_it_is_mended(
    desk: Desk, log: Log, column: str, value: str, reason: str
) -> None:
    bad, good = story(log), story(log)
    right = log.rows[3][column]
    log.rows[3][column] = value

    report = await taken(desk, log.written())

    (refused,) = report.refused
    assert str(refused).startswith(f"log.csv:5: {bad}: {reason}")
    assert [notice.reason for notice in report.notices] == [
        "9 good rows stayed out with the bad ones of their incidents"
    ]
    assert await Ticket.all().values_list("external_key", flat=True) == [
        external_key("elsewhere", good)
    ]
    assert await is_whole(log.path)

    log.rows[3][column] = right
    mended = await taken(desk, log.written())

    assert dict(mended.taken["incidents"]) == {"added": 1, "unchanged": 1}
    assert await is_whole(log.path)


async def test_an_incident_that_has_grown_is_refused_and_not_passed_over(
    desk: Desk, log: Log
) -> None:
    number = story(log)
    await taken(desk, log.written())
    log.update(number, 200)

    report = await taken(desk, log.written())

    assert [remark.reason for remark in report.refused] == [
        f"{number}: 10 updates of it are here, and the file has 11"
    ]
    assert not await is_whole(log.path)


async def test_what_is_lost_shows(desk: Desk, log: Log) -> None:
    number = story(log)
    await taken(desk, log.written())
    await Ticket.filter(external_key=external_key("elsewhere", number)).update(reopen_count=0)

    parity = await compare_with_log(
        SYSTEM, file=log.path, organization="elsewhere", time_zone="UTC"
    )

    assert not parity.is_whole
    assert parity.checks["reopen_count"].differing == [f"{number}: 1 in the log, 0 here"]


async def test_a_state_that_is_not_told_leaves_the_ticket_as_it_was(desk: Desk, log: Log) -> None:
    number = log.next_number()
    log.update(number, 5, incident_state="Active")
    log.update(number, 10, incident_state="-100")
    log.update(number, 20, incident_state="Closed")

    await taken(desk, log.written())

    kinds = [kind for kind, _ in await told(await the_ticket(number))]
    assert kinds[-2:] == [EventKind.RESOLVED, EventKind.CLOSED]
    assert EventKind.PAUSED not in kinds
    assert await is_whole(log.path)


async def test_what_happens_after_the_end_is_kept(desk: Desk, log: Log) -> None:
    number = log.next_number()
    log.update(number, 5, incident_state="Resolved")
    log.update(number, 10, assignment_group="Group 9", resolved_at="29-02-2016 08:10")
    log.update(number, 20, incident_state="Closed")
    log.update(number, 30, incident_state="Resolved")
    log.update(number, 40, incident_state="Awaiting Problem")
    log.update(number, 50, incident_state="Closed", reopen_count="2")

    await taken(desk, log.written())

    ticket = await the_ticket(number)
    assert ticket.reopen_count == 2
    assert ticket.resolved_at == BEGIN + timedelta(minutes=10)
    assert await is_whole(log.path)


async def test_times_are_read_in_the_zone_that_is_named(desk: Desk, log: Log) -> None:
    number = story(log)

    await taken(desk, log.written(), zone="America/New_York")

    assert (await the_ticket(number)).opened_at == datetime(2016, 2, 29, 13, 0, tzinfo=UTC)
    assert await is_whole(log.path, zone="America/New_York")
    assert not await is_whole(log.path, zone="UTC")


async def test_a_file_without_a_column_and_a_zone_that_is_none_are_unusable(
    desk: Desk, log: Log, tmp_path: Path
) -> None:
    story(log)
    short = tmp_path / "short.csv"
    short.write_text("number,incident_state\nINC1,New\n")

    with pytest.raises(UnusableCall, match="has no column reassignment_count"):
        await taken(desk, short)
    with pytest.raises(UnusableCall, match="'Mars' is no time zone"):
        await taken(desk, log.written(), zone="Mars")
    with pytest.raises(UnusableCall, match="is not a file"):
        await taken(desk, tmp_path / "nowhere.csv")


async def test_only_those_who_may_import_do(desk: Desk, log: Log) -> None:
    story(log)

    with pytest.raises(NotPermitted):
        await import_incidents(
            desk, ANONYMOUS, file=log.written(), organization="elsewhere", time_zone="UTC"
        )
    with pytest.raises(NotPermitted):
        await compare_with_log(ANONYMOUS, file=log.path, organization="elsewhere", time_zone="UTC")


async def test_nothing_of_the_real_log_is_lost(desk: Desk) -> None:
    if not REAL.is_file():
        pytest.skip(f"the real log is not at {REAL}")
    with gzip.open(REAL, "rt") as rows:
        lines = sum(1 for _ in rows) - 1

    report = await taken(desk, REAL)
    parity = await compare_with_log(SYSTEM, file=REAL, organization="elsewhere", time_zone="UTC")

    assert (report.refused, dict(report.taken["incidents"])) == ([], {"added": 445})
    counts = {name: (one.in_log, one.here, one.differing) for name, one in parity.checks.items()}
    assert counts["updates"] == (lines, lines, []) == (3019, 3019, [])
    assert counts["values as written"] == (36 * 3019, 36 * 3019, [])
    assert counts["resolved_at"] == (429, 429, [])
    for name in ("opened_at", "closed_at", "made_sla", "reopen_count", "incidents"):
        assert counts[name] == (445, 445, []), name
    for name in ("state", "priority", "impact", "urgency", "reassignment_count"):
        assert counts[name] == (3019, 3019, []), name
    assert parity.is_whole
    assert len(parity.remarks[HANDED_ON].differing) == 13
    assert await Ticket.filter(imported_made_sla=False).count() == 199
