"""Replay in the portal: a file on recorded requests, by those who manage agreements."""

from datetime import timedelta

import pytest

from foredesk.sla.models import Agreement, AgreementVersion
from foredesk.tickets.record import record_ticket
from tests.clock import Clock
from tests.portal.conftest import signed_in
from tests.portal.furnished import Furnished
from tests.portal.walker import Walker


@pytest.fixture
async def root(site: Furnished) -> Walker:
    return await signed_in(site, "root@acme.example")


async def test_an_agreement_is_replayed_before_it_is_signed(
    root: Walker, site: Furnished, clock: Clock
) -> None:
    await record_ticket(site.desk, site.ada, subject="VPN drops")
    clock.advance(timedelta(hours=1))
    agreement = await Agreement.get()
    page = await root.get(f"/agreements/{agreement.id}")
    text = (await root.get(f"/agreements/{agreement.id}/file.yaml")).text

    shown = await root.press(
        page, "Replay before you sign", text=text.replace("target: 4h", "target: 1m"), since=""
    )

    assert shown.status == 200
    assert "Nothing was stored." in shown.said
    assert "What would have been kept" in shown.said
    assert "First response" in shown.said
    assert await AgreementVersion.all().count() == 1


async def test_a_file_that_cannot_be_read_and_a_day_that_is_none_are_told_beside_the_form(
    root: Walker,
) -> None:
    page = await root.get("/agreements")

    unreadable = await root.press(
        page, "Replay before you sign", text="agreement: Gold\nclock: {}\n"
    )
    no_day = await root.press(
        page,
        "Replay before you sign",
        text="agreement: Gold\n",
        since="soon",
    )

    assert unreadable.status == no_day.status == 422
    assert "Line 2, clock: there is no such key" in unreadable.said
    assert "Choose a day and a time." in no_day.said


async def test_nobody_else_replays(ada: Walker, grace: Walker) -> None:
    for walker in (ada, grace):
        assert (await walker.get("/agreements/replay")).status in (404, 405)
