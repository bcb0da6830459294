import subprocess
import sys

import pytest

CRASH = """
import logging
from foredesk.logs import configure_logs
from foredesk.settings import Settings

def sign_in(password):
    raise RuntimeError("out of order")

configure_logs(Settings(log_format="{format}"))
try:
    sign_in("correct horse " + "battery")
except RuntimeError:
    logging.getLogger("foredesk").exception("It failed")
"""


@pytest.mark.parametrize("format", ["console", "json"])
def test_a_logged_error_tells_where_but_not_what_was_in_hand(format: str) -> None:
    ran = subprocess.run(
        [sys.executable, "-c", CRASH.replace("{format}", format)],
        capture_output=True,
        text=True,
        check=True,
    )

    assert "RuntimeError: out of order" in ran.stderr
    assert "in sign_in" in ran.stderr
    assert "correct horse battery" not in ran.stderr
