"""Telephone numbers, told from the dates, versions and error codes of a help desk."""

import re
from collections.abc import Callable

from foredesk.knowledge.personal_words import CALLING

_CANDIDATE = re.compile(r"(?<![\w.:/\\#-])(?:\+|\(\+?)?\d[\d \u00a0().\-/]*\d(?![\w-]|[.:]\d)")
_CALLED = re.compile(rf"(?<!\w)(?i:{CALLING})[.:]*[ ]*(?P<it>\+?\d[\d \u00a0().\-/]*\d)(?!\w)")
_DATE = re.compile(r"\d{4}-\d\d?-\d\d?|\d{1,2}[./-]\d{1,2}[./-](?:\d{4}|\d\d)(?!\d|\.\d)")
_DOTTED = re.compile(r"\d+(?:\.\d+)+")
_FRENCH = re.compile(r"0\d(?:\.\d\d){4}")
_AMERICAN = re.compile(r"\(?\d{3}\)?[ .-]?[ ]?\d{3}[ .-]\d{4}")
_LEAST, _MOST = 7, 15
_UNSEPARATED = 10


def phones_in(text: str, instead: Callable[[], str]) -> str:
    """The text with something else in place of every telephone number."""

    def called(found: re.Match[str]) -> str:
        if _DATE.match(found["it"]):
            return found[0]
        return found[0][: found.start("it") - found.start()] + instead()

    def number(found: re.Match[str]) -> str:
        return instead() if is_phone_number(found[0]) else found[0]

    return _CANDIDATE.sub(number, _CALLED.sub(called, text))


def is_phone_number(text: str) -> bool:
    digits = re.sub(r"\D", "", text)
    if not _LEAST <= len(digits) <= _MOST or _DATE.match(text.strip("( ")):
        return False
    if text.startswith(("+", "(+", "00")):
        return True
    if _FRENCH.fullmatch(text) or _AMERICAN.fullmatch(text):
        return True
    if _DOTTED.fullmatch(text):
        return False
    if text.isdigit():
        return len(digits) >= _UNSEPARATED or (digits[0] == "0" and len(digits) > _LEAST)
    return text[0] in "0(" or len(digits) > _UNSEPARATED
