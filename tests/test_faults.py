import subprocess
import sys
from pathlib import Path

import pytest

from foredesk.faults import POINTS

ROOT = Path(__file__).parents[1]
PASS_TWICE = "from foredesk import faults; {0}; print('once'); {0}; print('twice')"


def passed(name: str, fault: str) -> subprocess.CompletedProcess[str]:
    code = PASS_TWICE.format(f"faults.point({name!r})")
    environ = {"FOREDESK_FAULT": fault, "PYTHONUNBUFFERED": "1"}
    return subprocess.run([sys.executable, "-c", code], env=environ, capture_output=True, text=True)


def test_without_the_variable_a_point_does_nothing() -> None:
    assert passed("before-commit", "").stdout == "once\ntwice\n"


def test_a_process_dies_at_the_point_it_was_told() -> None:
    first, second = (
        passed("before-commit", "before-commit"),
        passed("after-commit", "after-commit:2"),
    )

    assert (first.returncode, first.stdout) == (-9, "")
    assert (second.returncode, second.stdout) == (-9, "once\n")


def test_a_point_nobody_knows_is_a_mistake() -> None:
    assert "unknown crash point" in passed("befor-commit", "x").stderr


@pytest.mark.parametrize("name", POINTS)
def test_every_point_is_passed_somewhere(name: str) -> None:
    packages = ("foredesk", "api", "portal", "plugins", "search_index")
    sources = [file for package in packages for file in (ROOT / package).rglob("*.py")]

    assert any(f'point("{name}")' in file.read_text("utf-8") for file in sources)
