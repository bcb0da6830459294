"""`foredesk agreements` and `foredesk calendars` as people call them: processes of their own."""

from pathlib import Path

import pytest

from tests.importing.test_command import Desk

pytestmark = pytest.mark.process

GOLD = """agreement: Gold
calendar:
  name: Office
  time_zone: Europe/Berlin
  hours:
    monday: [09:00-17:00]
    friday: [09:00-17:00]
clocks:
  resolution:
    targets:
      high: {target: 4h, minimum: 2d}
"""
OUTING = """BEGIN:VCALENDAR
VERSION:2.0
PRODID:-//test//EN
BEGIN:VEVENT
UID:1
DTSTAMP:20260101T000000Z
DTSTART;VALUE=DATE:19900101
RRULE:FREQ=WEEKLY
SUMMARY:Mondays off
END:VEVENT
END:VCALENDAR
"""


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Desk:
    return Desk(tmp_path_factory.mktemp("installation"))


@pytest.fixture
def gold(tmp_path: Path) -> Path:
    file = tmp_path / "gold.yaml"
    file.write_text(GOLD, encoding="utf-8")
    return file


def said(desk: Desk, *words: str | Path, code: int = 0) -> list[str]:
    done = desk.run(*words)
    assert done.returncode == code, done.stderr
    return (done.stdout if code < 2 else done.stderr).splitlines()


def test_a_file_is_checked_compared_imported_exported_and_its_holidays_taken(
    desk: Desk, gold: Path, tmp_path: Path
) -> None:
    assert said(desk, "agreements", "check", gold) == ["Gold: 1 promises, new."]
    assert said(desk, "agreements", "diff", gold, code=1) == [
        "The desk has no such agreement: all of it is new."
    ]
    assert said(desk, "agreements", "import", gold) == ["Gold is new."]
    assert said(desk, "agreements", "list") == ["Gold (everybody)"]
    assert said(desk, "agreements", "diff", gold) == []

    other = tmp_path / "other.toml"
    other.write_text(
        desk.run("agreements", "export", "Gold", "--format", "toml").stdout.replace("4h", "3h"),
        encoding="utf-8",
    )
    change = ["resolution high: target 4h → 3h"]
    assert said(desk, "agreements", "diff", other, code=1) == change
    assert said(desk, "agreements", "diff", gold, other, code=1) == change
    assert said(desk, "agreements", "import", other) == [*change, "Gold was revised."]
    assert said(desk, "agreements", "import", other) == ["Gold says this already."]

    shown = said(
        desk, "calendars", "holidays", "Office", "--country", "de", "--region", "BE",
        "--year", "2020",
    )  # fmt: skip
    assert "Fri 2020-05-01  Labor Day: closed" in shown
    assert shown[-1] == "Nothing was stored: --take takes them, --date single ones."
    said(
        desk, "calendars", "holidays", "Office", "--country", "DE", "--year", "2020",
        "--date", "2020-05-01",
    )  # fmt: skip
    assert said(desk, "calendars", "list") == ["Office: Europe/Berlin, holidays until 2020"]
    assert any(
        line.startswith("Holidays of the calendar Office end on 2020-12-31")
        for line in said(desk, "doctor")
    )
    assert said(desk, "calendars", "propose", "--take")[0] == "Office: holidays end on 2020-12-31"
    exported = desk.run("calendars", "export", "Office").stdout
    assert "'2020-05-01':" in exported
    calendar = tmp_path / "calendar.yaml"
    calendar.write_text(exported.replace("17:00", "16:00"), encoding="utf-8")
    assert said(desk, "calendars", "import", calendar) == ["Office is as the file says."]

    ics = tmp_path / "outing.ics"
    ics.write_text(OUTING, encoding="utf-8")
    days = said(desk, "calendars", "ical", "Office", ics, "--take")
    assert days[0].startswith("Mon ")
    assert days[0].endswith("Mondays off: closed")


def test_what_cannot_be_read_or_found_ends_with_2_and_says_why(desk: Desk, tmp_path: Path) -> None:
    broken = tmp_path / "broken.yaml"
    broken.write_text(GOLD.replace("4h", "soon"), encoding="utf-8")

    assert said(desk, "agreements", "check", broken, code=2) == [
        "Line 11, clocks.resolution.targets.high.target: write a time like 30m, 4h, 1h 30m or 2d."
    ]
    assert "can't be read" in said(desk, "agreements", "check", tmp_path / "none", code=2)[0]
    assert "There is no agreement 'X'" in said(desk, "agreements", "export", "X", code=2)[0]
    assert "There is no calendar 'X'" in said(desk, "calendars", "export", "X", code=2)[0]
