"""`foredesk import incidents` and `foredesk replay` as people call them, one after the other."""

import json
from pathlib import Path

import pytest

from tests.importing.incident_rows import Log, at
from tests.importing.test_command import Desk

pytestmark = pytest.mark.process

FILE = """agreement: Gold
organization: elsewhere
calendar: {name: Always, time_zone: UTC, hours: {HOURS}}
clocks:
  resolution:
    targets: {critical: {target: 1h}, high: {target: 1h}, normal: {target: 1h}, low: {target: 1h}}
"""
DAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
HOURS = ", ".join(f"{day}: [00:00-24:00]" for day in DAYS)


def test_another_desks_log_is_taken_and_an_agreement_replayed_on_it(tmp_path: Path) -> None:
    desk, log = Desk(tmp_path), Log(tmp_path / "log.csv")
    for minutes in (30, 90, 120):
        number = log.next_number()
        log.update(number, 0)
        log.update(number, minutes, incident_state="Resolved", resolved_at=at(minutes))
    taken = desk.run("import", "incidents", log.written(), "--organization", "elsewhere")
    assert taken.returncode == 0, taken.stderr
    assert "Nothing was lost.\nincidents: 3 added; 0 rows were refused.\n" in taken.stdout

    agreement = tmp_path / "gold.yaml"
    agreement.write_text(FILE.replace("HOURS", HOURS), "utf-8")
    call = ("replay", "--agreement", agreement, "--since", "2016-01-01")
    told, counted = desk.run(*call), desk.run(*call, "--json")

    assert told.returncode == counted.returncode == 0, told.stderr + counted.stderr
    assert "3 requests, 3 of them covered." in told.stdout
    assert "2 targets would have been missed; the first of them:" in told.stdout
    assert "33.3% of 3" in told.stdout
    found = json.loads(counted.stdout)
    assert (found["agreement"], found["tickets"], found["covered"]) == ("Gold", 3, 3)
    assert [(one["clock"], one["ticket"]) for one in found["breaches"]] == [
        ("resolution", 2),
        ("resolution", 3),
    ]
    assert found["penalties"] == {"currency": None, "total": "0", "months": []}


def test_a_file_that_cannot_be_read_is_refused_with_its_line(tmp_path: Path) -> None:
    desk, odd = Desk(tmp_path), tmp_path / "odd.yaml"
    odd.write_text("a: b\n", "utf-8")

    refused = desk.run("replay", "--agreement", odd, "--since", "2016-01-01")

    assert refused.returncode == 2
    assert "Line 1, a: there is no such key" in refused.stderr
