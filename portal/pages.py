"""Pages: one template, one context, the desk behind it."""

from pathlib import Path
from typing import Any
from uuid import uuid4

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup
from starlette.requests import Request
from starlette.responses import HTMLResponse, RedirectResponse, Response

from foredesk.desk import Desk
from foredesk.measures.queries import sees_measures
from foredesk.oidc import Providers
from foredesk.people.policy import Act, may
from foredesk.people.sign_in import Device
from foredesk.self_service.searches import sees_figures
from portal import assets, guard, words
from portal.visits import Visit, visit_of

templates = Environment(
    loader=FileSystemLoader(Path(__file__).parent / "templates"),
    autoescape=True,
    undefined=StrictUndefined,
    trim_blocks=True,
    lstrip_blocks=True,
    extensions=["jinja2.ext.i18n", "jinja2.ext.do"],
)
words.install_in(templates)
templates.globals.update(
    asset=assets.address,
    languages=words.NAMES,
    language_name=words.language_name,
    direction=words.direction,
)


def desk_of(request: Request) -> Desk:
    desk = request.app.state.desk
    assert isinstance(desk, Desk)
    return desk


def providers_of(request: Request) -> Providers:
    found = request.app.state.providers
    assert isinstance(found, Providers)
    return found


def device_of(request: Request) -> Device:
    address = request.client.host if request.client else ""
    return Device(address, request.headers.get("user-agent", ""))


def page(request: Request, template: str, *, status: int = 200, **context: Any) -> Response:
    """A whole page, with or without JavaScript: htmx takes the piece it wants out of it."""
    visit = visit_of(request)
    html = templates.get_template(template).render(_shell(request, visit) | context)
    return HTMLResponse(
        html,
        status_code=status,
        headers={
            "Cache-Control": "no-store" if visit.is_signed_in else "private, no-cache",
            "Content-Language": visit.words.locale,
            "Vary": "Accept-Language, Cookie",
        },
    )


def see_other(address: str) -> Response:
    return RedirectResponse(address, status_code=303)


def is_own_address(address: str) -> bool:
    """Whether a redirect there stays with us: no other host, no control character."""
    return (
        address.startswith("/")
        and not address.startswith(("//", "/\\"))
        and address.isprintable()
        and "\\" not in address
    )


def _shell(request: Request, visit: Visit) -> dict[str, Any]:
    path = request.url.path
    phone = desk_of(request).settings.phone
    return {
        "words": visit.words,
        "visit": visit,
        "viewer": visit.viewer,
        "measures": sees_measures(visit.viewer),
        "answers": sees_figures(visit.viewer),
        "writes": may(visit.viewer, Act.WRITE_ARTICLE),
        "manages": may(visit.viewer, Act.MANAGE_REQUESTERS),
        "here": path,
        "address": _address(request),
        "now": desk_of(request).now(),
        "phone": Markup('<a href="tel:{}">{}</a>').format("".join(phone.split()), phone),
        "form_token": lambda: guard.form_token(visit.form_secret),
        "new_key": lambda: str(uuid4()),
        "problems": {},
        "providers": list(providers_of(request)),
        "takes_passwords": desk_of(request).settings.takes_passwords,
    }


def _address(request: Request) -> str:
    """Where this page can be had again: the answer to a form can't."""
    if request.method not in ("GET", "HEAD"):
        return "/"
    return request.url.path + (f"?{request.url.query}" if request.url.query else "")
