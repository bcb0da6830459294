"""Which text both databases can keep. PostgreSQL refuses NUL; so SQLite must not let it in."""

from collections.abc import Iterable
from typing import Any

from foredesk.database.problems import UnstorableText


def refuse_unstorable(values: Iterable[Any] | None) -> None:
    """Raises UnstorableText, before the statement is sent, so that nothing of it is written."""
    for value in values or ():
        if isinstance(value, str):
            _refuse(value)
        elif isinstance(value, list | tuple):
            refuse_unstorable(value)


def _refuse(text: str) -> None:
    if "\x00" in text:
        raise UnstorableText("text with a NUL character cannot be stored")
    if not text.isascii():
        try:
            text.encode()
        except UnicodeEncodeError as error:
            raise UnstorableText("text with half a surrogate pair cannot be stored") from error
