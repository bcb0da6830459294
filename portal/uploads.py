"""Uploads: a form that brings a file along."""

from collections.abc import AsyncGenerator, Mapping
from dataclasses import dataclass, field

from starlette.datastructures import UploadFile
from starlette.exceptions import HTTPException
from starlette.formparsers import MultiPartException, MultiPartParser
from starlette.requests import Request

from portal.forms import FIELD_LIMIT, Form, form_of, read_form

ROOM_FOR_FIELDS = 64 * 1024


@dataclass(frozen=True, slots=True)
class SentFile:
    """What it was called where it comes from, and its bytes. Neither is to be believed."""

    name: str
    content: bytes


@dataclass(frozen=True, slots=True)
class FilesForm(Form):
    """A form with its files, by the names of their fields; a field left empty has none."""

    files: Mapping[str, SentFile] = field(default_factory=dict)


async def read_upload(request: Request, at_most: int) -> FilesForm:
    """`at_most` so many bytes of files. Raises HTTPException 413, 415 or 400 for what no form of
    ours sends. One without a file may come as any other form does."""
    if not request.headers.get("content-type", "").lower().startswith("multipart/form-data"):
        plain = await read_form(request)
        return FilesForm(plain.fields, plain.unreadable)
    stream = _limited(request, at_most + ROOM_FOR_FIELDS)
    parser = MultiPartParser(
        request.headers,
        stream,
        max_files=1,
        max_fields=FIELD_LIMIT,
        max_part_size=ROOM_FOR_FIELDS,
    )
    try:
        data = await parser.parse()
    except (MultiPartException, UnicodeError) as problem:
        raise HTTPException(400) from problem
    try:
        read = form_of([(n, v) for n, v in data.multi_items() if isinstance(v, str)])
        files = {
            name: SentFile(sent.filename or "", await sent.read())
            for name, sent in data.multi_items()
            if isinstance(sent, UploadFile) and sent.filename
        }
    finally:
        await data.close()
    return FilesForm(read.fields, read.unreadable, files)


async def _limited(request: Request, at_most: int) -> AsyncGenerator[bytes, None]:
    read = 0
    async for chunk in request.stream():
        read += len(chunk)
        if read > at_most:
            raise HTTPException(413)
        yield chunk
