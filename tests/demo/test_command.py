"""`foredesk demo` as people call it."""

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from foredesk.demo import EVERYBODY

DOCUMENT = Path(__file__).parents[2] / "docs" / "demo.md"
SHOWN = [player for player in EVERYBODY if player.signs_in]


def foredesk(*words: str, folder: Path, **settings: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "foredesk", *words],
        env={**os.environ, "FOREDESK_DATA_DIR": str(folder), **settings},
        capture_output=True,
        text=True,
        timeout=240,
        check=False,
    )


@pytest.mark.process
def test_the_demo_is_loaded_once_and_tells_its_log_ins_each_time(tmp_path: Path) -> None:
    first = foredesk("demo", "--requests", "2", folder=tmp_path)
    assert first.returncode == 0, first.stderr
    assert "The demo is ready: 3 organizations, 39 people, 40 articles, 22 requests" in first.stdout
    assert "Demo: Six months of requests …" in first.stderr

    second = foredesk("demo", folder=tmp_path)
    assert second.returncode == 0, second.stderr
    assert second.stdout.startswith("The demo is loaded already.")
    for told in (first.stdout, second.stdout):
        for player in SHOWN:
            assert re.search(f"{player.email} +{player.password} ", told)

    checked = foredesk("doctor", folder=tmp_path)
    assert "22 tickets rebuilt from their events, 0 differences." in checked.stdout


@pytest.mark.process
def test_the_demo_is_not_for_production(tmp_path: Path) -> None:
    refused = foredesk("demo", folder=tmp_path, FOREDESK_ENVIRONMENT="production")
    assert refused.returncode == 2
    assert "not in production" in refused.stderr


def test_the_document_names_everyone_who_can_sign_in_and_nobody_else() -> None:
    text = DOCUMENT.read_text(encoding="utf-8")
    named = set(re.findall(r"`([\w.]+@[\w.]+)`", text))
    assert named == {player.email for player in SHOWN}
    for player in SHOWN:
        role = player.roles[0].value.replace("_", " ") if player.roles else ""
        assert re.search(f"`{player.email}`.*{role}", text)
