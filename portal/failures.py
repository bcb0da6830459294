"""Failures: every error is a page that says what happened and where to go from there."""

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response

from foredesk.errors import DeskError, Expired, NotFound, NotPermitted
from portal.pages import page
from portal.refusals import say
from portal.visits import visit_of


async def http_failure(request: Request, failure: Exception) -> Response:
    assert isinstance(failure, HTTPException)
    failed = _failed(request, failure.status_code)
    failed.headers.update(failure.headers or {})
    return failed


async def desk_refusal(request: Request, refusal: Exception) -> Response:
    """A refusal that the view had no form to show it in."""
    assert isinstance(refusal, DeskError)
    if isinstance(refusal, NotFound):
        return _failed(request, 404)
    if isinstance(refusal, NotPermitted):
        return _failed(request, 403)
    status = 410 if isinstance(refusal, Expired) else 422
    return _failed(request, status, reason=say(visit_of(request).words, refusal))


def crash(request: Request, reference: str) -> Response:
    return _failed(request, 500, reference=reference)


def _failed(request: Request, status: int, *, reason: str = "", reference: str = "") -> Response:
    return page(
        request, "error.html", status=status, code=status, reason=reason, reference=reference
    )
