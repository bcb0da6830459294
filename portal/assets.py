"""Static files: read once, named by their content, kept by browsers for good."""

import gzip
import hashlib
import mimetypes
from dataclasses import dataclass
from pathlib import Path

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response

FOLDER = Path(__file__).parent / "static"


@dataclass(frozen=True, slots=True)
class Asset:
    """`name` carries the first digits of the content's hash, so new content has a new address."""

    name: str
    media_type: str
    plain: bytes
    packed: bytes


async def asset(request: Request) -> Response:
    """Answer one file. Raises HTTPException 404 for any other name."""
    found = _BY_NAME.get(request.path_params["name"])
    if found is None:
        raise HTTPException(404)
    packed = "gzip" in request.headers.get("accept-encoding", "")
    headers = {
        "Cache-Control": "public, max-age=31536000, immutable",
        "Vary": "Accept-Encoding",
    }
    if packed:
        headers["Content-Encoding"] = "gzip"
    return Response(
        found.packed if packed else found.plain, media_type=found.media_type, headers=headers
    )


def address(file: str) -> str:
    """The address of a file of `portal/static`, for templates."""
    return f"/static/{_BY_FILE[file].name}"


def _read(file: Path) -> Asset:
    content = file.read_bytes()
    digest = hashlib.sha256(content).hexdigest()[:10]
    return Asset(
        name=f"{file.stem}.{digest}{file.suffix}",
        media_type=mimetypes.types_map[file.suffix],
        plain=content,
        packed=gzip.compress(content, 9, mtime=0),
    )


_BY_FILE = {file.name: _read(file) for file in sorted(FOLDER.iterdir()) if file.suffix}
_BY_NAME = {found.name: found for found in _BY_FILE.values()}
