"""The files of articles: sent to whoever reads the article, so that a browser runs none of them."""

from urllib.parse import quote

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response

from foredesk.knowledge.attach import attached_file
from foredesk.knowledge.authoring import ArticleAttachment
from foredesk.knowledge.file_types import SHOWN
from portal.forms import uuid_in
from portal.visits import visit_of


async def send(request: Request) -> Response:
    """Pictures are shown, everything else is saved. Not there and not theirs look the same."""
    id = uuid_in(request.path_params["id"])
    file = await attached_file(visit_of(request).viewer, id) if id else None
    if file is None:
        raise HTTPException(404)
    tag = f'"{file.attachment.digest}"'
    headers = {
        "Cache-Control": "private, no-cache",
        "Content-Disposition": _disposition(file.attachment),
        "Content-Security-Policy": "default-src 'none'; sandbox",
        "Cross-Origin-Resource-Policy": "same-origin",
        "ETag": tag,
    }
    if request.headers.get("if-none-match") == tag:
        return Response(status_code=304, headers=headers)
    return Response(file.content, media_type=_media_type(file.attachment), headers=headers)


def _disposition(attachment: ArticleAttachment) -> str:
    way = "inline" if attachment.media_type in SHOWN else "attachment"
    return f"{way}; filename*=utf-8''{quote(attachment.name, safe='')}"


def _media_type(attachment: ArticleAttachment) -> str:
    if attachment.media_type.startswith("text/"):
        return "text/plain"  # Starlette says that it is UTF-8
    return attachment.media_type
