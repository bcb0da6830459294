"""Wording: what people wrote, made fit to be kept."""

import re
import unicodedata

from foredesk.errors import InvalidInput

QUERY_LIMIT = 200
VISITOR_LIMIT = 64

_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff]")


def kept(text: str) -> str:
    """The text without what no database keeps: control characters and halves of pairs."""
    return unicodedata.normalize("NFC", _CONTROL.sub(" ", text.replace("\r\n", "\n")))


def query(text: str) -> str:
    """What is searched for: one line, cut where the index would cut it."""
    return " ".join(kept(text).split())[:QUERY_LIMIT].rstrip()


def visitor_token(visitor: str | None) -> str | None:
    """Raises InvalidInput for what cannot be a visitor's token."""
    if not visitor:
        return None
    if len(visitor) > VISITOR_LIMIT or kept(visitor) != visitor:
        raise InvalidInput("visitor", f"Use at most {VISITOR_LIMIT} characters.")
    return visitor


def language_tag(field: str, tag: str) -> str:
    """`EN` and `pt_BR` as `en` and `pt-BR`. Raises InvalidInput for what names no language."""
    language, _, place = tag.strip().replace("_", "-").partition("-")
    if not (language.isascii() and language.isalpha() and 2 <= len(language) <= 3):
        raise InvalidInput(field, "Name a language such as en or pt-BR.")
    if place and not (place.isascii() and place.isalnum() and len(place) <= 8):
        raise InvalidInput(field, "Name a language such as en or pt-BR.")
    return f"{language.lower()}-{place}" if place else language.lower()
