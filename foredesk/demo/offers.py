"""The dozen services of the demo's catalog."""

from dataclasses import dataclass

from foredesk.catalog.models import ServiceKind


@dataclass(frozen=True, slots=True)
class Offer:
    """Without a company it is for all."""

    key: str
    name: str
    kind: ServiceKind
    description: str
    company: str = ""


_TECHNICAL, _ORGANIZATIONAL, _APPLICATION = (
    ServiceKind.TECHNICAL,
    ServiceKind.ORGANIZATIONAL,
    ServiceKind.APPLICATION,
)

OFFERS = (
    Offer(
        "accounts",
        "Accounts and sign-in",
        _TECHNICAL,
        "Passwords, multi-factor sign-in, locked accounts.",
    ),
    Offer(
        "network",
        "Network, Wi-Fi and VPN",
        _TECHNICAL,
        "The connection at the office, at home and on the road.",
    ),
    Offer(
        "mail",
        "Mail, calendar and meetings",
        _APPLICATION,
        "Mailboxes, shared mailboxes, calendars, video meetings and meeting rooms.",
    ),
    Offer("printing", "Printing", _TECHNICAL, "Printers, scanners and badge release."),
    Offer(
        "computers",
        "Computers and screens",
        _TECHNICAL,
        "Laptops, docks, screens and everything that is plugged into them.",
    ),
    Offer(
        "files",
        "Files, backup and security",
        _TECHNICAL,
        "Drives, restores, encrypted sticks, suspicious messages.",
    ),
    Offer(
        "orders",
        "Hardware and software orders",
        _ORGANIZATIONAL,
        "New and replacement devices, programs and licenses.",
    ),
    Offer(
        "people",
        "Joining, moving and leaving",
        _ORGANIZATIONAL,
        "New colleagues, badges and doors, and what to do when somebody leaves.",
    ),
    Offer("expenses", "Expense app", _APPLICATION, "Receipts and travel, on phone and computer."),
    Offer(
        "time-sheets",
        "Zeiterfassung",
        _APPLICATION,
        "Terminals und Zeitkonto.",
        company="tannquell",
    ),
    Offer(
        "invoices",
        "Invoice portal",
        _APPLICATION,
        "Arrival, approval and payment of supplier invoices.",
        company="larkmeadow",
    ),
    Offer(
        "cold-store",
        "Cold-store monitoring",
        _APPLICATION,
        "Temperatures and alarms of the cold stores, around the clock.",
        company="larkmeadow",
    ),
)
