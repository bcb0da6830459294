"""Every link that any page shows leads to a page, and every field can be sent and named."""

from html.parser import HTMLParser
from urllib.parse import urlsplit

import pytest

from tests.clock import Clock
from tests.portal.conftest import signed_in
from tests.portal.furnished import Furnished, furnish_requests
from tests.portal.walker import Walker

AT_MOST = 150


@pytest.mark.parametrize("who", ["ada", "grace"])
async def test_every_internal_link_answers(site: Furnished, clock: Clock, who: str) -> None:
    await furnish_requests(site, clock)
    walker = await signed_in(site, f"{who}@acme.example")
    seen, waiting = set(), ["/", "/search?q=vpn", "/ask?subject=printer"]
    while waiting and len(seen) < AT_MOST:
        address = waiting.pop()
        if address in seen:
            continue
        seen.add(address)

        page = await walker.get(address)

        assert page.status == 200, address
        waiting += [link for _, link in page.links if link.startswith("/") and link not in seen]
        _check_names(page.text, address)
    assert len(seen) > 20


async def test_anchors_lead_to_something_on_the_page(walker_page: str) -> None:
    reader = _Ids()
    reader.feed(walker_page)

    assert reader.wanted <= reader.ids
    assert len(reader.listed) == len(reader.ids)


@pytest.fixture(params=["/ask?subject=vpn", "/search?q=vpn", "/articles/vpn-drops", "/requests/1"])
async def walker_page(request: pytest.FixtureRequest, site: Furnished, clock: Clock) -> str:
    await furnish_requests(site, clock)
    walker: Walker = await signed_in(site, "ada@acme.example")
    return (await walker.get(request.param)).text


class _Ids(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.ids: set[str] = set()
        self.listed: list[str] = []
        self.wanted: set[str] = set()
        self.nameless: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        found = {name: value or "" for name, value in attrs}
        if "id" in found:
            self.ids.add(found["id"])
            self.listed.append(found["id"])
        for name in ("aria-describedby", "aria-labelledby", "for", "form"):
            self.wanted.update(found.get(name, "").split())
        if tag == "a" and urlsplit(found.get("href", "")).path == "":
            self.wanted.add(found["href"].removeprefix("#"))
        if tag in ("input", "select", "textarea") and not found.get("name"):
            self.nameless.append(tag)


def _check_names(html: str, address: str) -> None:
    reader = _Ids()
    reader.feed(html)
    assert reader.nameless == [], address
