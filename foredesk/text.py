"""Text from outside: what can be kept and shown, and a clear refusal of the rest."""

import re

from foredesk.errors import InvalidInput


def one_line(field: str, text: str, *, limit: int, blank: str) -> str:
    """The text with its white space folded.

    Raises InvalidInput when it is blank (with `blank` as the message), longer than `limit`
    characters, or not text at all.
    """
    text = " ".join(_whole(field, text).split())
    if not text:
        raise InvalidInput(field, blank)
    return _short_enough(field, text, limit)


def readable(field: str, text: str, *, limit: int) -> str:
    """The text without white space at its ends.

    Raises InvalidInput when it is longer than `limit` characters, or holds a NUL character or
    half a surrogate pair, which no database keeps and no page shows.
    """
    return _whole(field, _short_enough(field, text.strip(), limit))


def harmless_cell(cell: str) -> str:
    """A cell of a table that no spreadsheet takes for a formula."""
    return f"'{cell}" if cell.startswith(_FORMULA) else cell


_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n")


_NOT_TEXT = re.compile("[\x00\ud800-\udfff]")


def _short_enough(field: str, text: str, limit: int) -> str:
    if len(text) > limit:
        raise InvalidInput(field, f"Use at most {limit} characters; this has {len(text)}.")
    return text


def _whole(field: str, text: str) -> str:
    if _NOT_TEXT.search(text):
        raise InvalidInput(field, "This holds characters that are not text. Remove them.")
    return text
