import gzip
import json
from datetime import UTC, datetime
from hashlib import sha256
from pathlib import Path

import pytest

from foredesk.desk import Desk
from foredesk.errors import NotPermitted
from foredesk.importing.report import Report, UnusableCall
from foredesk.importing.ticket_map import TicketMap
from foredesk.importing.tickets import import_tickets
from foredesk.people.models import Organization, Person
from foredesk.people.viewer import ANONYMOUS, SYSTEM
from foredesk.sla.priority import Impact, Urgency
from foredesk.tickets.models import Ticket, TicketEvent, TicketKind
from foredesk.tickets.states import TicketState
from foredesk.tickets.verify import differences
from tests.clock import NOW
from tests.people import make_organization, make_person

MAP = """
name = "old-desk"
organization = "acme"

[file]
empty = ["-"]

[requester]
email = "Caller"
name = { columns = ["Name", "Caller"] }

[fields]
external_key = "Number"
subject = { columns = ["Title", "Text"], cut = 20 }
details = "Text"
category = { template = "{Group}-{Area}" }
resolution = { constant = "Solved there." }

[fields.kind]
column = "Type"
values = { R = "service_fulfillment", I = "incident" }

[fields.impact]
column = "Impact"
values = { 1 = "high" }
default = "low"

[fields.urgency]
column = "Impact"
values = { 1 = "HIGH" }
default = ""

[fields.opened_at]
column = "Opened"
formats = ["%d.%m.%Y %H:%M", "iso"]
zone = "Europe/Berlin"

[fields.closed_at]
column = "Closed"
formats = ["unix"]
"""

HEADER = "Number,Caller,Name,Title,Text,Group,Area,Type,Impact,Opened,Closed"
ROWS = [
    'A1,ada@acme.example,Ada,Printer offline,"Two\nlines, ""quoted""",hw,print,I,1,'
    "01.03.2026 10:30,1772445600",
    "A2,bob@acme.example,-,-,A long text that stands in for its title,hw,-,R,7,"
    "2026-03-01T10:30:00Z,",
    "A3,ada@acme.example,Ada,Принтер 日本語,Не печатает,-,-,-,-,-,-",
]


async def brought_in(
    desk: Desk, directory: Path, *rows: str, header: str = HEADER, map_: str = MAP, **options: bool
) -> Report:
    file = directory / "tickets.csv"
    file.write_text("\n".join([header, *rows]) + "\n", encoding="utf-8")
    return await import_tickets(
        desk, SYSTEM, file=file, ticket_map=mapped(directory, map_), **options
    )


def mapped(directory: Path, text: str) -> TicketMap:
    file = directory / "map.toml"
    file.write_text(text, encoding="utf-8")
    return TicketMap.read(file)


async def test_every_row_becomes_a_request_with_its_times_and_people(
    desk: Desk, tmp_path: Path
) -> None:
    acme = await make_organization(desk, "acme")
    ada = await make_person(desk, acme, name="Ada", email="ada@acme.example")

    report = await brought_in(desk, tmp_path, *ROWS)

    assert report.refused == []
    assert dict(report.taken["tickets.csv"]) == {"added": 3}
    first, second, third = [await Ticket.get(external_key=f"old-desk:A{n}") for n in (1, 2, 3)]
    assert (first.subject, first.details) == ("Printer offline", 'Two\nlines, "quoted"')
    assert (first.kind, first.category) == (TicketKind.INCIDENT, "hw-print")
    assert (first.impact, first.urgency) == (Impact.HIGH, Urgency.HIGH)
    assert first.opened_at == datetime(2026, 3, 1, 9, 30, tzinfo=UTC)
    assert first.closed_at == datetime(2026, 3, 2, 10, 0, tzinfo=UTC)
    assert (first.state, first.resolution) == (TicketState.CLOSED, "Solved there.")
    assert first.requester_id == ada.id
    assert (first.channel, first.organization_id) == ("import", acme.id)
    assert second.subject == "A long text that…"
    assert (second.kind, second.impact, second.urgency) == (
        TicketKind.SERVICE_FULFILLMENT,
        Impact.LOW,
        None,
    )
    assert second.opened_at == datetime(2026, 3, 1, 10, 30, tzinfo=UTC)
    assert second.state is TicketState.OPEN
    assert (await Person.get(id=second.requester_id)).name == "bob@acme.example"
    assert (third.subject, third.category, third.opened_at) == ("Принтер 日本語", None, NOW)
    for ticket in (first, second, third):
        assert await differences(ticket) == []


async def test_a_second_run_brings_in_nothing(desk: Desk, tmp_path: Path) -> None:
    await brought_in(desk, tmp_path, *ROWS)
    events = await TicketEvent.all().count()

    report = await brought_in(desk, tmp_path, *ROWS)

    assert dict(report.taken["tickets.csv"]) == {"unchanged": 3}
    assert await TicketEvent.all().count() == events
    assert await Person.all().count() == 2


async def test_bad_rows_are_listed_with_line_and_reason_and_the_rest_goes_in(
    desk: Desk, tmp_path: Path
) -> None:
    report = await brought_in(
        desk,
        tmp_path,
        ROWS[0],
        "B1,eve@acme.example,Eve,T,x,-,-,X,1,-,-",
        "B2,eve@acme.example,Eve,T,x,-,-,I,1,31.02.2026 10:00,-",
        "B3,eve@acme.example,Eve,T,x",
        "B4,nobody,Eve,T,x,-,-,I,1,-,-",
        "B5,-,Eve,T,x,-,-,I,1,-,-",
        "B6,eve@acme.example,Eve,-,-,-,-,I,1,-,-",
        "B7,eve@acme.example,Eve,a\x00b,x,-,-,I,1,-,-",
        "B8,eve@acme.example,Eve,T,x,-,-,I,1,01.03.2026 10:00,1",
        "",
        ROWS[1],
    )

    assert report.exit_code == 1
    assert [(remark.line, remark.reason.split(":")[0]) for remark in report.refused] == [
        (4, "kind"),
        (5, "opened_at"),
        (6, "has 5 columns and not 11"),
        (7, "requester"),
        (8, "email"),
        (9, "subject"),
        (10, "subject"),
        (11, "opened_at"),
    ]
    assert await Ticket.all().order_by("number").values_list("number", "external_key") == [
        (1, "old-desk:A1"),
        (2, "old-desk:A2"),
    ]
    assert set(await Person.all().values_list("email", flat=True)) == {
        "ada@acme.example",
        "bob@acme.example",
    }


async def test_after_mending_only_what_is_missing_is_taken(desk: Desk, tmp_path: Path) -> None:
    bad = ROWS[1].replace(",R,", ",WRONG,")
    await brought_in(desk, tmp_path, ROWS[0], bad, ROWS[2])

    report = await brought_in(desk, tmp_path, *ROWS)

    assert dict(report.taken["tickets.csv"]) == {"added": 1, "unchanged": 2}
    assert report.exit_code == 0


async def test_a_dry_run_tells_everything_and_stores_nothing(desk: Desk, tmp_path: Path) -> None:
    bad = ROWS[1].replace(",R,", ",WRONG,")

    report = await brought_in(desk, tmp_path, ROWS[0], bad, ROWS[0], dry_run=True)

    assert dict(report.taken["tickets.csv"]) == {"added": 1, "repeated": 1}
    assert [remark.line for remark in report.refused] == [4]
    assert not await Ticket.exists()
    assert not await TicketEvent.exists()
    assert not await Person.exists()
    assert not await Organization.exists()


async def test_rows_without_a_key_are_known_by_what_they_say(desk: Desk, tmp_path: Path) -> None:
    unkeyed = MAP.replace('external_key = "Number"\n', "")
    other = ROWS[0].replace("Printer offline", "Printer jammed")

    report = await brought_in(desk, tmp_path, ROWS[0], ROWS[0], other, map_=unkeyed)
    again = await brought_in(desk, tmp_path, other, ROWS[0], map_=unkeyed)

    assert dict(report.taken["tickets.csv"]) == {"added": 2, "repeated": 1}
    assert dict(again.taken["tickets.csv"]) == {"unchanged": 2}


async def test_a_row_that_is_refused_does_not_stand_in_the_way_of_its_like(
    desk: Desk, tmp_path: Path
) -> None:
    bad = ROWS[0].replace(",I,", ",WRONG,")

    report = await brought_in(desk, tmp_path, bad, ROWS[0], ROWS[0])

    assert dict(report.taken["tickets.csv"]) == {"added": 1, "repeated": 1}
    assert len(report.refused) == 1


async def test_more_rows_than_one_transaction_holds_come_in(desk: Desk, tmp_path: Path) -> None:
    rows = [f"N{n},ada@acme.example,Ada,T{n},x,-,-,I,1,-,-" for n in range(250)]
    steps: list[tuple[int, int]] = []
    file = tmp_path / "tickets.csv.gz"
    file.write_bytes(gzip.compress("\n".join([HEADER, *rows]).encode()))

    report = await import_tickets(
        desk,
        SYSTEM,
        file=file,
        ticket_map=mapped(tmp_path, MAP),
        progress=lambda done, all_: steps.append((done, all_)),
    )

    assert report.count("added") == 250
    assert steps == sorted(steps)
    assert steps[-1] == (file.stat().st_size, file.stat().st_size)


async def test_json_lines_come_in_too_and_name_their_bad_lines(desk: Desk, tmp_path: Path) -> None:
    file = tmp_path / "tickets.jsonl"
    good = {"id": 7, "title": "Printer", "who": {"mail": "ada@acme.example"}, "tags": ["a", "b"]}
    lines = [json.dumps(good), "", "{nonsense", "[1]", '"x"', '{"id": 8, "title": null}']
    file.write_text("\n".join(lines))
    ticket_map = mapped(
        tmp_path,
        'name = "j"\norganization = "acme"\n[requester]\nemail = "who.mail"\n'
        '[fields]\nexternal_key = "id"\nsubject = "title"\ndetails = "tags"\n',
    )

    report = await import_tickets(desk, SYSTEM, file=file, ticket_map=ticket_map)

    assert [remark.line for remark in report.refused] == [3, 4, 5, 6]
    ticket = await Ticket.get()
    assert (ticket.external_key, ticket.subject, ticket.details) == ("j:7", "Printer", "a, b")


async def test_a_damaged_archive_gives_what_it_can_and_says_so(desk: Desk, tmp_path: Path) -> None:
    rows = [
        f"N{n},ada@acme.example,Ada,T{n},{sha256(str(n).encode()).hexdigest()},-,-,I,1,-,-"
        for n in range(600)
    ]
    file = tmp_path / "tickets.csv.gz"
    whole = gzip.compress("\n".join([HEADER, *rows]).encode())
    file.write_bytes(whole[: len(whole) // 2])

    report = await import_tickets(desk, SYSTEM, file=file, ticket_map=mapped(tmp_path, MAP))

    assert 0 < report.count("added") < 600
    assert report.exit_code == 1
    assert "damaged" in report.refused[0].reason


async def test_bytes_that_are_no_text_cost_one_row(desk: Desk, tmp_path: Path) -> None:
    file = tmp_path / "tickets.csv"
    latin = "L1,ada@acme.example,Ada,Café,x,-,-,I,1,-,-".encode("latin-1")
    file.write_bytes(b"\n".join([HEADER.encode(), latin, ROWS[0].encode()]))

    report = await import_tickets(desk, SYSTEM, file=file, ticket_map=mapped(tmp_path, MAP))

    assert [(remark.line, remark.reason) for remark in report.refused] == [
        (2, "Title is not in the file's encoding")
    ]
    assert report.count("added") == 1

    right = mapped(tmp_path, MAP.replace("[file]", '[file]\nencoding = "latin-1"'))
    again = await import_tickets(desk, SYSTEM, file=file, ticket_map=right)

    assert again.refused == []
    assert (await Ticket.get(external_key="old-desk:L1")).subject == "Café"


@pytest.mark.parametrize(
    ("wrong", "right", "reason"),
    [
        ('name = "old-desk"', "", "'name' is missing"),
        ('organization = "acme"', "", "'organization' is missing"),
        ('subject = { columns = ["Title", "Text"], cut = 20 }', "", "'subject' is missing"),
        ('email = "Caller"', "", "'email' is missing"),
        ('details = "Text"', 'detials = "Text"', "knows no 'detials'"),
        ('empty = ["-"]', 'void = ["-"]', "knows no 'void'"),
        ('empty = ["-"]', 'format = "xml"', "format is csv or jsonl"),
        ('empty = ["-"]', 'encoding = "klingon"', "unknown encoding"),
        ('constant = "Solved there."', 'column = "A", constant = "B"', "needs one of"),
        ('zone = "Europe/Berlin"', 'zone = "Mars/Base"', "Mars/Base"),
        ("[fields]", "[fields", "map.toml"),
    ],
)
def test_a_map_that_makes_no_sense_is_refused(
    tmp_path: Path, wrong: str, right: str, reason: str
) -> None:
    assert wrong in MAP

    with pytest.raises(UnusableCall, match=reason.replace("[", r"\[")):
        mapped(tmp_path, MAP.replace(wrong, right))


async def test_a_call_that_makes_no_sense_stores_nothing(desk: Desk, tmp_path: Path) -> None:
    with pytest.raises(UnusableCall, match="no column 'Number'"):
        await brought_in(desk, tmp_path, "x,y", header="a,b")
    with pytest.raises(UnusableCall, match="is not a file"):
        await import_tickets(desk, SYSTEM, file=tmp_path / "none", ticket_map=mapped(tmp_path, MAP))
    with pytest.raises(UnusableCall, match="organization 'Not a slug'"):
        await brought_in(desk, tmp_path, *ROWS, map_=MAP.replace('"acme"', '"Not a slug"'))
    with pytest.raises(NotPermitted):
        await import_tickets(
            desk, ANONYMOUS, file=tmp_path / "none", ticket_map=mapped(tmp_path, MAP)
        )

    assert not await Ticket.exists()
    assert not await Person.exists()
