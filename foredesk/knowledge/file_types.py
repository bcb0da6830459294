"""File types: which files articles may have. What a browser would run is not among them."""

from foredesk.errors import InvalidInput

_ZIP = (b"PK\x03\x04", b"PK\x05\x06")
_OFFICE = "application/vnd.openxmlformats-officedocument"
_OPEN = "application/vnd.oasis.opendocument"

_TYPES: dict[str, tuple[str, tuple[bytes, ...]]] = {
    "png": ("image/png", (b"\x89PNG\r\n\x1a\n",)),
    "jpg": ("image/jpeg", (b"\xff\xd8\xff",)),
    "jpeg": ("image/jpeg", (b"\xff\xd8\xff",)),
    "gif": ("image/gif", (b"GIF87a", b"GIF89a")),
    "webp": ("image/webp", (b"RIFF",)),
    "pdf": ("application/pdf", (b"%PDF-",)),
    "zip": ("application/zip", _ZIP),
    "docx": (f"{_OFFICE}.wordprocessingml.document", _ZIP),
    "xlsx": (f"{_OFFICE}.spreadsheetml.sheet", _ZIP),
    "pptx": (f"{_OFFICE}.presentationml.presentation", _ZIP),
    "odt": (f"{_OPEN}.text", _ZIP),
    "ods": (f"{_OPEN}.spreadsheet", _ZIP),
    "odp": (f"{_OPEN}.presentation", _ZIP),
    "txt": ("text/plain", ()),
    "log": ("text/plain", ()),
    "csv": ("text/csv", ()),
    "md": ("text/markdown", ()),
    "json": ("application/json", ()),
    "ics": ("text/calendar", ()),
}
"""By the end of the name: media type, and how such a file begins; text has no beginning."""

SHOWN = frozenset({"image/png", "image/jpeg", "image/gif", "image/webp"})
"""What a browser may show in its place; everything else it only saves."""


def media_type_of(name: str, content: bytes) -> str:
    """Raises InvalidInput for a kind that is not taken, or content that is of another."""
    ending = name.rpartition(".")[2].lower() if "." in name else ""
    if ending not in _TYPES:
        raise InvalidInput("name", f"Attach files that end in {', '.join(sorted(_TYPES))}.")
    media_type, beginnings = _TYPES[ending]
    fits = content.startswith(beginnings) if beginnings else _is_text(content)
    if not fits or (ending == "webp" and content[8:12] != b"WEBP"):
        raise InvalidInput("content", f"This is not what a file that ends in {ending} holds.")
    return media_type


def _is_text(content: bytes) -> bool:
    if b"\x00" in content:
        return False
    try:
        content.decode("utf-8")
    except UnicodeDecodeError:
        return False
    return True
