"""Text from outside: what can be kept and shown, and a clear refusal of the rest."""

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


def _short_enough(field: str, text: str, limit: int) -> str:
    if len(text) > limit:
        raise InvalidInput(field, f"Use at most {limit} characters; this has {len(text)}.")
    return text


def _whole(field: str, text: str) -> str:
    if "\x00" in text or any("\ud800" <= character <= "\udfff" for character in text):
        raise InvalidInput(field, "This holds characters that are not text. Remove them.")
    return text
