"""Personal data: taken out of what people wrote, so that it can become an article.

What is known of the people concerned is found however it is written; of everybody else what looks
like an address, a number or a name in its usual place. Rather a word too many than one too few:
an author reads the text before anybody else does.
"""

import re
import unicodedata
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from enum import StrEnum
from ipaddress import ip_address

from foredesk.knowledge import personal_words as words
from foredesk.knowledge.phone_numbers import is_phone_number, phones_in


class PersonalData(StrEnum):
    NAME = "name"
    EMAIL = "email"
    PHONE = "phone"
    ACCOUNT = "account"
    ADDRESS = "address"


@dataclass(frozen=True, slots=True)
class Known:
    """What is known of one of the people concerned."""

    name: str
    email: str = ""
    phone: str = ""


@dataclass(slots=True)
class Impersonal:
    """A text without personal data, and how much of each kind was taken out of it."""

    text: str
    removed: Counter[PersonalData] = field(default_factory=Counter)


def without_personal_data(
    text: str, *, people: Iterable[Known] = (), names: Iterable[str] = (), locale: str = "en"
) -> Impersonal:
    """`people` are those concerned, of whose names every part is taken out; of the other `names`
    only the whole. What stands instead says in the text's language what it was.
    """
    people = tuple(people)
    result = Impersonal(unicodedata.normalize("NFC", text.replace("\r\n", "\n")))
    remove = _Removal(result, locale)
    result.text = _without_frame(result.text)
    remove(PersonalData.EMAIL, _EMAIL)
    remove(PersonalData.ACCOUNT, _IBAN)
    remove(PersonalData.ADDRESS, _IP, _is_public)
    for person in people:
        remove(PersonalData.PHONE, _same_number(person.phone))
    result.text = phones_in(result.text, remove.instead(PersonalData.PHONE))
    remove(PersonalData.NAME, _HOME)
    for name in (*(person.name for person in people), *names):
        remove(PersonalData.NAME, _whole_name(name))
    for person in people:
        for pattern in _parts(person):
            remove(PersonalData.NAME, pattern)
    for pattern in (_TITLED, _INTRODUCED, _HONORED):
        remove(PersonalData.NAME, pattern)
    return result


class _Removal:
    def __init__(self, result: Impersonal, locale: str) -> None:
        language = locale.partition("-")[0].lower()
        marks = words.PLACEHOLDERS.get(language, words.PLACEHOLDERS["en"])
        self._marks = dict(zip(PersonalData, marks, strict=True))
        self._result = result

    def __call__(
        self,
        kind: PersonalData,
        pattern: re.Pattern[str] | None,
        really: Callable[[re.Match[str]], bool] = lambda found: True,
    ) -> None:
        """A group named `it` is what is taken out; without one all that is found."""
        if pattern is None:
            return
        instead = self.instead(kind)

        def replaced(found: re.Match[str]) -> str:
            if not really(found):
                return found[0]
            if "it" not in pattern.groupindex:
                return instead()
            start, end = (place - found.start() for place in found.span("it"))
            return f"{found[0][:start]}{instead()}{found[0][end:]}"

        self._result.text = pattern.sub(replaced, self._result.text)

    def instead(self, kind: PersonalData) -> Callable[[], str]:
        def mark() -> str:
            self._result.removed[kind] += 1
            return self._marks[kind]

        return mark


_NAME = r"[^\W\d_a-zß-öø-ÿ][\w’'-]+"
"""A word that begins with no small Latin letter; the scripts without capitals have none."""

_EMAIL = re.compile(
    r"(?:mailto:)?[\w.!#$%&'*+/=?^`{|}~-]+(?:@|\s?[\[(](?:at|ät)[\])]\s?)[\w-]+(?:\.[\w-]+)+"
)
_IBAN = re.compile(r"\b[A-Z]{2}\d{2}(?:[ ]?[A-Z0-9]{4}){2,7}(?:[ ]?[A-Z0-9]{1,3})?\b")
_IP = re.compile(r"(?<![\w.])(?<!version )(?<!Version )(?P<it>\d{1,3}(?:\.\d{1,3}){3})(?![\w.]\d)")
_HOME = re.compile(
    r"(?:[A-Za-z]:\\Users\\|/home/|/Users/)(?!Public\b|Default\b|Shared\b|\[)(?P<it>[^\\/\s:\"']+)"
)
_TITLED = re.compile(
    rf"(?<!\w)(?P<it>(?i:{words.TITLES})\.?[ ]+{_NAME}(?:[ ]+{_NAME})?)", re.UNICODE
)
_INTRODUCED = re.compile(rf"(?<!\w)(?i:{words.INTRODUCTIONS})[ ]+(?P<it>{_NAME}(?:[ ]+{_NAME})?)")
_HONORED = re.compile(r"(?P<it>(?<![お皆客])(?!お客|皆|客)[\u3400-\u9fff]{1,4})(?=様|さん|さま|氏)")

_GREETING_LINE = re.compile(
    rf"^[ \t]*(?i:{words.GREETINGS})(?:[ ]+(?:(?i:{words.GREETED})\b|{_NAME})\.?){{0,5}}"
    r"[ \t]*[,!.]?[ \t]*(?:\n+|\Z)",
    re.M,
)
_GREETING = re.compile(rf"^[ \t]*(?i:{words.GREETINGS})[ ]+(?:{_NAME}[ ]*){{0,3}}[,!][ \t]*", re.M)
_SIGN_OFF = re.compile(rf"^[ \t]*(?:(?:{words.SIGN_OFFS})[ \t]*[,.!]*|--[ \t]*)$", re.I | re.M)
_SENT_FROM = re.compile(
    r"^(?:sent from|gesendet von|von meinem \w+ gesendet|envoyé de)\b.*$", re.I | re.M
)
_SIGNATURE_LINES = 8
_SIGNATURE_WIDTH = 80


def _without_frame(text: str) -> str:
    """Without greeting, closing words and signature."""
    text = _GREETING.sub("", _GREETING_LINE.sub("", _SENT_FROM.sub("", text)))
    for found in reversed(list(_SIGN_OFF.finditer(text))):
        rest = text[found.end() :]
        text = text[: found.start()] + ("" if _is_signature(rest) else rest)
    return re.sub(r"\n{3,}", "\n\n", text).strip()


def _is_signature(rest: str) -> bool:
    lines = [line.strip() for line in rest.splitlines() if line.strip()]
    return len(lines) <= _SIGNATURE_LINES and not any(
        len(line) > _SIGNATURE_WIDTH or line.endswith((".", "?", "!", ":", "。")) for line in lines
    )


def _is_public(found: re.Match[str]) -> bool:
    try:
        return ip_address(found["it"]).is_global
    except ValueError:
        return False


def _same_number(phone: str) -> re.Pattern[str] | None:
    """The number however its digits are grouped, with or without the country's."""
    digits = re.sub(r"\D", "", phone)
    if not is_phone_number(phone) and len(digits) < 5:
        return None
    apart = r"[\s().\-/]*"
    tail = digits[-7:] if len(digits) > 9 else digits
    before = r"(?:(?:\+|\(\+?)?\d[\d\s().\-/]{0,13}?)?"
    return re.compile(rf"(?<!\d){before}{apart.join(tail)}(?!\d)")


def _whole_name(name: str) -> re.Pattern[str] | None:
    parts = name.split()
    if len(name) < 2 or not parts:
        return None
    orders = {r"\s+".join(map(re.escape, parts))}
    if len(parts) > 1:
        orders.add(rf"{re.escape(parts[-1])},?\s+" + r"\s+".join(map(re.escape, parts[:-1])))
    either = "|".join(sorted(orders, key=len, reverse=True))
    if len(parts) == 1 and name.casefold() in words.ALSO_WORDS:
        return _bounded(either, name, ignores_case=False)
    return _bounded(either, name, ignores_case=True)


def _parts(person: Known) -> Iterator[re.Pattern[str]]:
    """Patterns of what is left of somebody when the whole name is gone, the longest first."""
    found = {part.strip(".,()\"'") for part in re.split(r"[\s\-]+", person.name)}
    mailbox = person.email.partition("@")[0]
    if len(mailbox) > 3 and mailbox.casefold() not in words.GENERIC_MAILBOXES:
        found.add(mailbox)
    for part in sorted(found, key=lambda part: (-len(part), part)):
        if len(part) < 2 or part.casefold() in words.PARTICLES:
            continue
        is_plain = len(part) > 3 and part.casefold() not in words.ALSO_WORDS
        variants = {part, *_transliterated(part)}
        if not is_plain:
            variants |= {part.upper()} if len(part) > 2 else set()
        either = "|".join(_stem(variant) for variant in sorted(variants))
        yield _bounded(either, part, ignores_case=is_plain)


def _bounded(either: str, name: str, *, ignores_case: bool) -> re.Pattern[str]:
    """Words of scripts that are written without spaces have no ends to be seen."""
    has_spaces = not re.search(r"[\u3040-\u30ff\u3400-\u9fff\u0e00-\u0e7f]", name)
    pattern = rf"(?<!\w)(?:{either})(?=['’]?s?(?!\w))" if has_spaces else either
    return re.compile(pattern, re.IGNORECASE if ignores_case else 0)


def _transliterated(part: str) -> set[str]:
    """As it is typed where there are no such letters."""
    folded = "".join(c for c in unicodedata.normalize("NFD", part) if not unicodedata.combining(c))
    german = part.translate(_GERMAN)
    return {folded, german}


_GERMAN = str.maketrans(
    {"ä": "ae", "ö": "oe", "ü": "ue", "ß": "ss", "Ä": "Ae", "Ö": "Oe", "Ü": "Ue"}
)


def _stem(part: str) -> str:
    """A Russian name ends in another way in each case."""
    if len(part) > 3 and re.fullmatch(r"[\u0400-\u04ff]+", part):
        return re.escape(part.rstrip("аеиоуыэюяйь")) + r"[\u0400-\u04ff]{0,3}"
    return re.escape(part)
