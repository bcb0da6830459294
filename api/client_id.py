"""Client ids: a program names itself, to be spared what it caused itself."""

import re

HEADER = "foredesk-client-id"
_FORM = re.compile(r"[A-Za-z0-9._:-]{1,64}")


class MalformedClientId(Exception):
    """Not 1 to 64 letters, digits and `._:-`."""

    message = "Foredesk-Client-Id must be 1 to 64 letters, digits or any of . _ : -"


def read_client_id(text: object) -> str:
    """Empty for a client that has none. Raises MalformedClientId."""
    if text is None or text == "":
        return ""
    if not isinstance(text, str) or not _FORM.fullmatch(text):
        raise MalformedClientId(MalformedClientId.message)
    return text
