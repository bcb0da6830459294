"""Fixtures of the API's tests."""

import shutil
from pathlib import Path

HAS_NODE = shutil.which("node") and (Path(__file__).parent / "audits/node_modules").exists()

collect_ignore = [] if HAS_NODE else ["test_audits.py"]


def pytest_report_header() -> str:
    if HAS_NODE:
        return "api: with the audits in Node"
    return "api: WITHOUT the audits; they need Node and `npm ci` in tests/api/audits"
