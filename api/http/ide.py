"""The GraphQL IDE: our own page, which loads nothing from anywhere else."""

from functools import cache
from pathlib import Path

from starlette.requests import Request
from starlette.responses import Response

FOLDER = Path(__file__).parent / "ide"
MEDIA = {".html": "text/html", ".js": "text/javascript", ".css": "text/css"}
POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; "
    "img-src 'self' data:; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
)
HEADERS = {
    "content-security-policy": POLICY,
    "x-content-type-options": "nosniff",
    "referrer-policy": "no-referrer",
    "cache-control": "no-cache",
    "vary": "accept",
}


def ide_page() -> Response:
    return _file("index.html")


async def ide_file(request: Request) -> Response:
    """Only what lies in the folder, by its exact name."""
    return _file(request.path_params["name"])


def _file(name: str) -> Response:
    text = _texts().get(name)
    if text is None:
        return Response("There is no such file.", 404, HEADERS, media_type="text/plain")
    return Response(text, 200, HEADERS, media_type=MEDIA[Path(name).suffix])


@cache
def _texts() -> dict[str, str]:
    return {file.name: file.read_text("utf-8") for file in FOLDER.iterdir() if file.suffix in MEDIA}
