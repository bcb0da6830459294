"""A browser without JavaScript: it follows links and fills in the forms that a page really has."""

from dataclasses import dataclass, field
from html.parser import HTMLParser
from urllib.parse import urlencode

import httpx
from starlette.types import ASGIApp

FORM = "application/x-www-form-urlencoded"


@dataclass
class FoundForm:
    action: str
    method: str
    id: str = ""
    fields: list[tuple[str, str]] = field(default_factory=list)
    buttons: list[tuple[str, str, str]] = field(default_factory=list)
    actions: dict[str, str] = field(default_factory=dict)
    """Where a button sends the form, if not to its own address."""
    """Label, name and value."""


@dataclass
class Page:
    status: int
    address: str
    text: str
    headers: httpx.Headers
    forms: list[FoundForm]
    links: list[tuple[str, str]]
    """Label and address."""
    said: str
    """What a person reads: the text without markup."""

    def form(self, button: str) -> FoundForm:
        """The form that has this button."""
        for form in self.forms:
            if any(label == button for label, _, _ in form.buttons):
                return form
        raise AssertionError(f"no button {button!r} on {self.address}: {self.said}")

    def value(self, name: str) -> str:
        """What the field shows."""
        return [v for form in self.forms for n, v in form.fields if n == name][-1]


class Walker:
    """One browser with its cookies."""

    def __init__(self, app: ASGIApp, *, language: str = "en", base: str = "http://desk.example"):
        self.client = httpx.AsyncClient(
            transport=httpx.ASGITransport(app=app),
            base_url=base,
            follow_redirects=True,
            headers={"Accept-Language": language},
        )

    async def get(self, address: str) -> Page:
        return _page(await self.client.get(address))

    async def press(self, page: Page, button: str, **typed: str) -> Page:
        """Press a button of the page, with these fields filled in first."""
        form = page.form(button)
        fields = [(name, typed.pop(name, value)) for name, value in form.fields]
        _, name, value = next(found for found in form.buttons if found[0] == button)
        sent = [*fields, *typed.items(), *([(name, value)] if name else [])]
        if form.method == "get":
            return await self.get(f"{form.action}?{urlencode(sent)}")
        action = form.actions.get(button, form.action)
        return await self.post(action, urlencode(sent).encode())

    async def post(self, address: str, body: bytes, **headers: str) -> Page:
        headers = {"Content-Type": FORM, "Sec-Fetch-Site": "same-origin"} | headers
        return _page(await self.client.post(address, content=body, headers=headers))

    async def upload(self, address: str, fields: dict[str, str], name: str, content: bytes) -> Page:
        """Send a form with a file, as a browser does it; without a name none was chosen."""
        files = {"file": (name, content)}
        headers = {"Sec-Fetch-Site": "same-origin"}
        return _page(await self.client.post(address, data=fields, files=files, headers=headers))

    async def follow(self, page: Page, link: str) -> Page:
        """The last one of that name: the header comes first and is on every page."""
        addresses = [address for label, address in page.links if label == link]
        assert addresses, f"no link {link!r} on {page.address}: {page.links}"
        return await self.get(addresses[-1])

    async def sign_in(self, email: str, password: str) -> Page:
        page = await self.get("/sign-in")
        return await self.press(page, "Sign in", _email=email, _password=password)


def _page(response: httpx.Response) -> Page:
    reader = _Reader()
    if "html" in response.headers.get("content-type", ""):
        reader.feed(response.text)
    return Page(
        status=response.status_code,
        address=response.url.raw_path.decode(),
        text=response.text,
        headers=response.headers,
        forms=reader.forms,
        links=reader.links,
        said=" ".join("".join(reader.said).split()),
    )


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.forms: list[FoundForm] = []
        self.links: list[tuple[str, str]] = []
        self.said: list[str] = []
        self._form: FoundForm | None = None
        self._open: tuple[str, dict[str, str]] | None = None
        self._label: list[str] = []
        self._select: str = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        found = {name: value or "" for name, value in attrs}
        match tag:
            case "form":
                self._form = FoundForm(
                    found.get("action", ""), found.get("method", "get"), found.get("id", "")
                )
                self.forms.append(self._form)
            case "input" if self._form and found.get("name"):
                self._input(self._form, found)
            case "select":
                self._select = found.get("name", "")
            case "option" if self._form and "selected" in found:
                self._form.fields.append((self._select, found.get("value", "")))
            case "a" | "button" | "textarea":
                self._open, self._label = (tag, found), []

    def _input(self, form: FoundForm, found: dict[str, str]) -> None:
        if found.get("type") not in ("radio", "checkbox") or "checked" in found:
            form.fields.append((found["name"], found.get("value", "")))

    def handle_data(self, data: str) -> None:
        self.said.append(data)
        if self._open:
            self._label.append(data)

    def handle_endtag(self, tag: str) -> None:
        if tag == "form":
            self._form = None
        if tag == "option" or self._open is None or self._open[0] != tag:
            return
        _, found = self._open
        label = " ".join("".join(self._label).split())
        if tag == "a":
            self.links.append((label, found.get("href", "")))
        elif tag == "textarea" and self._form:
            typed = "".join(self._label)
            self._form.fields.append((found["name"], typed.removeprefix("\n")))
        elif tag == "button":
            self._button(label, found)
        self._open = None

    def _button(self, label: str, found: dict[str, str]) -> None:
        owner = self._form
        if "form" in found:
            owner = next(form for form in self.forms if form.id == found["form"])
        if owner:
            owner.buttons.append((label, found.get("name", ""), found.get("value", "")))
            if "formaction" in found:
                owner.actions[label] = found["formaction"]
