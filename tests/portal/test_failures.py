import re
from dataclasses import replace

import pytest
import structlog

from foredesk.ports import SearchQuery, SearchResult
from foredesk.request_id import without_secrets
from portal.app import create
from portal.assets import address
from tests.portal.furnished import Furnished
from tests.portal.walker import Walker
from tests.quiet_parts import NoIndex


class BrokenIndex(NoIndex):
    async def search(self, query: SearchQuery) -> SearchResult:
        raise RuntimeError("secret details of the index")


async def test_a_bug_is_a_page_with_a_reference_that_the_log_has_too(site: Furnished) -> None:
    walker = Walker(create(replace(site.desk, knowledge=BrokenIndex())))

    with structlog.testing.capture_logs() as logs:
        page = await walker.get("/search?q=vpn")

    assert page.status == 500
    assert "Something went wrong on our side" in page.said
    assert "secret details" not in page.text
    reference = re.search(r"[A-Z2-9]{4}-[A-Z2-9]{4}", page.said)
    assert reference
    assert [log["reference"] for log in logs] == [reference[0]]
    assert "script-src 'self'" in page.headers["content-security-policy"]


async def test_an_unknown_address_leads_to_a_search_and_to_people(visitor: Walker) -> None:
    page = await visitor.get("/nowhere")

    assert page.status == 404
    assert page.form("Search").action == "/search"
    assert ("Ask for help", "/ask") in page.links


@pytest.mark.parametrize("address", ["/requests/{}", "/board/{}", "/search?q=vpn&first={}"])
async def test_a_number_of_thousands_of_digits_is_no_bug_of_ours(
    grace: Walker, address: str
) -> None:
    page = await grace.get(address.format("9" * 5000))

    assert page.status == (200 if "search" in address else 404)


async def test_a_method_that_an_address_does_not_know_is_refused(ada: Walker) -> None:
    response = await ada.client.post("/requests")

    assert response.status_code == 405
    assert set(response.headers["allow"].split(", ")) == {"GET", "HEAD"}


@pytest.mark.parametrize("file", ["portal.css", "portal.js", "htmx-4.0.1.min.js"])
async def test_static_files_are_named_by_content_and_kept_for_good(
    visitor: Walker, file: str
) -> None:
    response = await visitor.client.get(address(file))

    assert response.status_code == 200
    assert response.headers["cache-control"] == "public, max-age=31536000, immutable"
    assert response.headers["content-encoding"] == "gzip"
    assert "set-cookie" not in response.headers
    plain = await visitor.client.get(address(file), headers={"Accept-Encoding": "identity"})
    assert plain.text == response.text
    assert "content-encoding" not in plain.headers


@pytest.mark.parametrize("name", ["portal.css", "../app.py", "..%2Fapp.py", "portal.0.css", ""])
async def test_no_other_file_is_given_away(visitor: Walker, name: str) -> None:
    assert (await visitor.get(f"/static/{name}")).status == 404


async def test_pages_of_people_are_kept_by_nobody(ada: Walker, visitor: Walker) -> None:
    assert (await ada.get("/requests")).headers["cache-control"] == "no-store"
    assert (await visitor.get("/")).headers["cache-control"] == "private, no-cache"


def test_a_surveys_secret_is_in_no_log() -> None:
    assert without_secrets("/survey/secret-of-the-link/stop") == "/survey/…/stop"
    assert without_secrets("/requests/1") == "/requests/1"
