"""What people need help with: how often, how pressing, who solves it, and the words for it."""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from foredesk.demo.people import DESK, INFRASTRUCTURE
from foredesk.sla.priority import Impact, Urgency
from foredesk.tickets.models import TicketKind

FOLDER = Path(__file__).parent / "wording"


@dataclass(frozen=True, slots=True)
class Topic:
    """`share` is how often it comes up beside the others; `hours` are typical working hours to
    the solution; `article` is the translation key of the page that answers it."""

    key: str
    service: str
    share: int
    kind: TicketKind
    impacts: tuple[Impact, ...]
    urgencies: tuple[Urgency, ...]
    hours: tuple[float, float]
    article: str = ""
    solved_by: str = DESK
    at_any_hour: bool = False


@dataclass(frozen=True, slots=True)
class Case:
    """Words that belong together: what is asked, asked back, found and done."""

    subjects: tuple[str, ...]
    details: tuple[str, ...]
    ask: str
    answer: str
    note: str
    solution: str


@dataclass(frozen=True, slots=True)
class Wording:
    """All words of one language."""

    slots: Mapping[str, tuple[str, ...]]
    days: tuple[str, ...]
    phrases: Mapping[str, tuple[str, ...]]
    cases: Mapping[str, tuple[Case, ...]]
    searches: Mapping[str, tuple[str, ...]]


_HIGH, _MEDIUM, _LOW = Impact.HIGH, Impact.MEDIUM, Impact.LOW
_NOW, _SOON, _WHENEVER = Urgency.HIGH, Urgency.MEDIUM, Urgency.LOW
_QUESTION, _ORDER, _WISH, _FAULT = (
    TicketKind.INFORMATION,
    TicketKind.SERVICE_FULFILLMENT,
    TicketKind.NEW_SERVICE,
    TicketKind.INCIDENT,
)
_ONE = (_LOW, _LOW, _MEDIUM)
_TEAM = (_MEDIUM, _MEDIUM, _HIGH)
_PRESSING = (_NOW, _NOW, _SOON)
_USUAL = (_NOW, _SOON, _SOON, _WHENEVER)
_PATIENT = (_SOON, _WHENEVER, _WHENEVER)

TOPICS = (
    Topic("password", "accounts", 14, _FAULT, _ONE, _PRESSING, (0.2, 1.5), "password-reset"),
    Topic("new-phone", "accounts", 9, _FAULT, _ONE, _PRESSING, (0.4, 3), "new-phone"),
    Topic("vpn", "network", 12, _FAULT, _ONE, _USUAL, (0.7, 9), "vpn", INFRASTRUCTURE),
    Topic("wifi", "network", 7, _FAULT, _ONE, _USUAL, (0.5, 7), "office-wifi", INFRASTRUCTURE),
    Topic("shared-mailbox", "mail", 9, _ORDER, _ONE, _PATIENT, (1, 12), "shared-mailbox"),
    Topic("out-of-office", "mail", 5, _QUESTION, _ONE, _USUAL, (0.3, 3), "out-of-office"),
    Topic("meeting-sound", "mail", 8, _FAULT, _ONE, _PRESSING, (0.3, 3), "meeting-sound"),
    Topic("printer", "printing", 11, _FAULT, (_LOW, _MEDIUM, _MEDIUM), _USUAL, (0.5, 9), "printer"),
    Topic("slow-computer", "computers", 7, _FAULT, _ONE, _PATIENT, (2, 16), "slow-computer"),
    Topic("disk-full", "computers", 5, _FAULT, _ONE, _USUAL, (0.5, 4), "disk-full"),
    Topic("two-screens", "computers", 6, _FAULT, _ONE, _PATIENT, (0.5, 8), "two-screens"),
    Topic("usb-stick", "files", 4, _QUESTION, _ONE, _USUAL, (0.3, 4), "usb-stick"),
    Topic("phishing", "files", 8, _FAULT, _TEAM, _PRESSING, (0.3, 3), "phishing", INFRASTRUCTURE),
    Topic("restore", "files", 6, _ORDER, _ONE, _USUAL, (0.5, 6), "restore", INFRASTRUCTURE),
    Topic("laptop", "orders", 8, _ORDER, _ONE, _PATIENT, (16, 44), "laptop"),
    Topic("software", "orders", 10, _ORDER, _ONE, _PATIENT, (3, 30), "software"),
    Topic("expenses", "expenses", 6, _QUESTION, _ONE, _PATIENT, (0.7, 10), "expenses"),
    Topic("badge", "people", 6, _ORDER, _ONE, _USUAL, (0.4, 7), "badge"),
    Topic("new-starter", "people", 5, _ORDER, _ONE, _PATIENT, (16, 40), "new-starter"),
    Topic("leaver", "people", 4, _ORDER, _ONE, _PATIENT, (8, 36)),
    Topic("time-sheets", "time-sheets", 9, _QUESTION, _ONE, _USUAL, (0.5, 8), "time-sheets"),
    Topic("invoices", "invoices", 9, _FAULT, _ONE, _USUAL, (0.5, 8), "invoice-portal"),
    Topic(
        "cold-store",
        "cold-store",
        7,
        _FAULT,
        (_MEDIUM, _HIGH),
        _PRESSING,
        (0.4, 4),
        solved_by=INFRASTRUCTURE,
        at_any_hour=True,
    ),
    Topic("outage", "network", 3, _FAULT, (_HIGH,), (_NOW,), (0.6, 5), solved_by=INFRASTRUCTURE),
    Topic("wish", "orders", 4, _WISH, (_MEDIUM, _LOW), _PATIENT, (14, 60)),
)


@cache
def wording(locale: str) -> Wording:
    tables: dict[str, Any] = {}
    for file in sorted((FOLDER / locale).glob("*.toml")):
        tables |= tomllib.loads(file.read_text(encoding="utf-8"))
    slots, phrases, days = tables.pop("slots"), tables.pop("phrases"), tables.pop("days")
    return Wording(
        slots={name: tuple(values) for name, values in slots.items()},
        days=tuple(days["names"]),
        phrases={name: tuple(values) for name, values in phrases.items()},
        cases={key: tuple(_case(case) for case in table["cases"]) for key, table in tables.items()},
        searches={key: tuple(table["searches"]) for key, table in tables.items()},
    )


def _case(written: Mapping[str, Any]) -> Case:
    return Case(
        subjects=tuple(written["subjects"]),
        details=tuple(written["details"]),
        ask=written["ask"],
        answer=written["answer"],
        note=written["note"],
        solution=written["solution"],
    )
