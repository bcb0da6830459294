"""Lines: what people, teams and organizations are called, checked and tidied."""

import re
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from foredesk.errors import InvalidInput

_PART = r"[^@\s,;<>\"\x00-\x1f]+"
_EMAIL = re.compile(rf"{_PART}@{_PART}\.{_PART}")
"""An address that a mail can be sent to, and only one."""

_KEY = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
_LOCALE = re.compile(r"[a-z]{2,3}(-[A-Za-z0-9]{2,8})*")


def email_address(email: str) -> str:
    email = email.strip().lower()
    if len(email) > 254 or not _EMAIL.fullmatch(email):
        raise InvalidInput("email", "Write an e-mail address such as ada@example.org.")
    return email


def name_line(field: str, text: str) -> str:
    text = " ".join(text.split())
    if not 0 < len(text) <= 120 or "\x00" in text:
        raise InvalidInput(field, "Use 1 to 120 characters.")
    return text


def key_line(field: str, text: str) -> str:
    if len(text) > 64 or not _KEY.fullmatch(text):
        raise InvalidInput(field, "Use lower-case letters, digits and single hyphens.")
    return text


def phone_line(phone: str) -> str:
    if not phone.isprintable():
        raise InvalidInput("phone", "Use 40 characters at most, without control characters.")
    return " ".join(phone.split())[:40]


def locale_tag(locale: str) -> str:
    if len(locale) > 16 or not _LOCALE.fullmatch(locale):
        raise InvalidInput("locale", "Name a language such as en or de.")
    return locale


def zone_name(time_zone: str) -> str:
    try:
        ZoneInfo(time_zone)
    except (ZoneInfoNotFoundError, ValueError, OSError) as unknown:
        raise InvalidInput("timeZone", "Name a zone such as Europe/Berlin.") from unknown
    return time_zone
