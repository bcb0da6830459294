"""Named crash points: where a test, and nobody else, may stop the process dead.

`FOREDESK_FAULT=name` (or `name:3` for the third time) kills the process with SIGKILL when it
passes `point(name)`. Without the variable a point costs one comparison.
"""

import os
import signal

POINTS = (
    "before-commit",
    "after-commit",
    "after-commit-before-index",
    "after-commit-before-classification",
    "after-classification",
    "before-index-commit",
    "after-index-commit",
    "before-job-handled",
    "after-job-handled",
    "after-mail-sent",
)

_name, _, _count = os.environ.get("FOREDESK_FAULT", "").partition(":")
_left = int(_count or 1)


def point(name: str) -> None:
    """Die here if a test asked for it. Raises ValueError for a name that `POINTS` lacks."""
    if not _name:
        return
    if name not in POINTS:
        raise ValueError(f"unknown crash point {name!r}")
    if name == _name:
        _count_down()


def _count_down() -> None:
    global _left
    _left -= 1
    if _left == 0:
        os.kill(os.getpid(), signal.SIGKILL)
