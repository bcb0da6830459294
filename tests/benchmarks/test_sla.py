"""The agreement that is found in a log: the right clock and targets, and honest counts."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

from benchmarks.incidents.candidates import clocks
from benchmarks.incidents.fit import agreeing_with, best_target, fit, verdicts
from benchmarks.incidents.judged import Judged, judged
from benchmarks.sla import report
from foredesk.importing.incidents.log import IncidentLog
from foredesk.sla.priority import Priority
from tests.importing.incident_rows import UTC_ZONE, Log

REAL = Path(__file__).parents[3] / "shared/data/service_levels/incident_events.csv.gz"


def lasting(log: Log, *minutes: int, limit: int, state: str = "Resolved") -> None:
    """An incident for each; the log says that those up to the limit were in time."""
    for one in minutes:
        number = log.next_number()
        made = "TRUE" if one <= limit else "FALSE"
        log.update(number, 0, incident_state="New")
        log.update(number, one, incident_state=state)
        log.update(number, 10_000, incident_state="Closed", made_sla=made)


def read(log: Log) -> list[Judged]:
    return list(judged(IncidentLog(log.written(), UTC_ZONE)))


def test_the_best_target_lies_in_the_middle_of_the_widest_gap_that_agrees() -> None:
    assert best_target([(10, True), (20, True), (60, False), (70, False)]) == (40, 4)
    assert best_target([(10, True), (20, False), (30, True), (90, False)]) == (60, 3)
    assert best_target([(100, False), (200, False)]) == (50, 2)
    assert best_target([(100, True), (100, True)]) == (106, 2)


@pytest.mark.parametrize("target", [1, 15, 40, 100])
def test_no_other_target_agrees_more_often(target: int) -> None:
    lasted = [(10, True), (20, False), (30, True), (35, True), (90, False), (95, True)]

    assert agreeing_with(target, lasted) <= best_target(lasted)[1] == 4
    assert agreeing_with(best_target(lasted)[0], lasted) == best_target(lasted)[1]


def test_the_clock_and_the_target_that_made_a_log_are_found_in_it(tmp_path: Path) -> None:
    log = Log(tmp_path / "log.csv")
    lasting(log, *range(50, 800, 7), limit=400)
    incidents = read(log)

    best = fit(incidents, "UTC", lambda done, all_: None)[0]

    assert (best.fitted.clock, best.fitted.calendar) == ("resolution", "always")
    assert best.agrees == len(incidents) == 108
    assert 400 * 60 <= best.fitted.targets[Priority.NORMAL] <= 407 * 60
    assert verdicts(best.fitted, "UTC", incidents) == [one.made_sla for one in incidents]


def test_halves_are_the_same_every_time_and_all_clocks_have_names_of_their_own(
    tmp_path: Path,
) -> None:
    log = Log(tmp_path / "log.csv")
    lasting(log, *range(50, 800, 7), limit=400)
    halves = [one.is_fitted_on for one in read(log)]

    assert halves == [one.is_fitted_on for one in read(log)]
    assert 40 < sum(halves) < 68
    assert all(clock.name == name for name, clock in clocks().items())
    assert len(clocks()) == 9


def test_what_differs_is_counted_by_its_reason(tmp_path: Path) -> None:
    log = Log(tmp_path / "log.csv")
    lasting(log, *range(50, 800, 7), limit=400)
    for _ in range(12):
        number = log.next_number()
        log.update(number, 0, priority="2 - High", incident_state="New")
        log.update(number, 100, incident_state="Resolved", priority="3 - Moderate")
        log.update(number, 9000, incident_state="Closed", made_sla="FALSE")

    found = report(log.written(), "UTC")

    assert found["n"] + found["fitted_on"] == 120
    assert found["n"] - found["agrees"] == sum(found["differences"].values()) > 0
    reason = "its priority was changed on the way, the log says missed"
    assert found["differences"][reason] == sum(
        one.incident.number > "INC0000108" and not one.is_fitted_on for one in read(log)
    )
    assert sum(row["n"] for row in found["by_priority"]) == found["n"]


@pytest.mark.process
def test_the_real_log_prints_one_line_of_json() -> None:
    if not REAL.is_file():
        pytest.skip(f"the real log is not at {REAL}")

    ran = subprocess.run(
        [sys.executable, "-m", "benchmarks.sla", str(REAL)],
        cwd=Path(__file__).parents[2],
        capture_output=True,
        text=True,
        timeout=300,
        check=True,
    )

    figures = json.loads(ran.stdout)
    assert (figures["fitted_on"], figures["n"]) == (222, 223)
    assert figures["agreement"] > 0.98 > figures["always_the_same"]
    assert len(figures["by_priority"]) == 4
