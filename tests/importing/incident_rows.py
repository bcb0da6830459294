"""Logs of incidents for tests, written row by row."""

import csv
import io
from datetime import UTC, datetime, timedelta
from itertools import count
from pathlib import Path
from zoneinfo import ZoneInfo

from foredesk.importing.incidents.entries import COLUMNS, MISSING, TIME_FORMAT

UTC_ZONE = ZoneInfo("UTC")
BEGIN = datetime(2016, 2, 29, 8, 0, tzinfo=UTC)
ALL_COLUMNS = (*COLUMNS, "subcategory", "u_symptom", "location", "contact_type", "sys_mod_count")


def at(minutes: int) -> str:
    return (BEGIN + timedelta(minutes=minutes)).strftime(TIME_FORMAT)


class Log:
    """Each update repeats what the one before it of the same incident said."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.rows: list[dict[str, str]] = []
        self._numbers = count(1)

    def next_number(self) -> str:
        return f"INC{next(self._numbers):07}"

    def update(self, number: str, minutes: int, **changed: str) -> None:
        before = next((row for row in reversed(self.rows) if row["number"] == number), None)
        self.rows.append((before or _first(number)) | {"sys_updated_at": at(minutes)} | changed)

    def written(self) -> Path:
        text = io.StringIO()
        writer = csv.DictWriter(text, ALL_COLUMNS)
        writer.writeheader()
        writer.writerows(self.rows)
        self.path.write_text(text.getvalue(), encoding="utf-8")
        return self.path


def _first(number: str) -> dict[str, str]:
    return dict.fromkeys(ALL_COLUMNS, MISSING) | {
        "number": number,
        "incident_state": "New",
        "reassignment_count": "0",
        "reopen_count": "0",
        "made_sla": "TRUE",
        "caller_id": "Caller 1",
        "opened_at": at(0),
        "category": "Category 5",
        "impact": "2 - Medium",
        "urgency": "2 - Medium",
        "priority": "3 - Moderate",
        "assignment_group": "Group 7",
    }
