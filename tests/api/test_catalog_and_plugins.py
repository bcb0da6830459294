"""Services, agreements and plugins."""

from datetime import timedelta

from foredesk.tickets.record import record_ticket
from tests.api.asking import Api
from tests.api.world import World, furnish
from tests.clock import Clock


async def test_services_are_ours_and_everybodys(world: World, api: Api) -> None:
    query = """{ services { totalCount nodes { name kind description isActive
      organization { name } } } }"""

    found = (await api.ask(world.acme.ada, query))["services"]

    assert found["nodes"] == [
        {
            "name": "Mail",
            "kind": "APPLICATION",
            "description": "",
            "isActive": True,
            "organization": None,
        },
        {
            "name": "VPN of acme",
            "kind": "TECHNICAL",
            "description": "The way into acme",
            "isActive": True,
            "organization": {"name": "Acme Inc"},
        },
    ]
    assert (await api.ask(None, query))["services"]["totalCount"] == 0
    assert (await api.ask(world.root, query))["services"]["totalCount"] == 3


async def test_agreements_tell_what_is_promised_now(world: World, api: Api) -> None:
    query = """{ serviceLevelAgreements(first: 5) { nodes { name organization { name }
      service { name } targets { clock priority targetSeconds minimumSeconds } } } }"""

    (gold,) = (await api.ask(world.acme.ada, query))["serviceLevelAgreements"]["nodes"]

    assert (gold["name"], gold["organization"]) == ("Gold of acme", {"name": "Acme Inc"})
    assert {
        "clock": "response",
        "priority": "CRITICAL",
        "targetSeconds": 3600,
        "minimumSeconds": 7200,
    } in gold["targets"]
    assert (await api.ask(None, query))["serviceLevelAgreements"]["nodes"] == []


async def test_a_clock_that_passes_its_target_says_so(world: World, api: Api, clock: Clock) -> None:
    ticket = await record_ticket(world.desk, world.acme.ada, subject="Help")
    clock.advance(timedelta(hours=5))
    query = """query Q($n: Int!) { ticket(by: {number: $n}) { clocks { name remainingSeconds
      target { isMissed } minimum { isMissed } ledger { startedAt endedAt isCounted } } } }"""

    resolution, response = (await api.ask(world.acme.ada, query, n=ticket.number))["ticket"][
        "clocks"
    ]

    assert (resolution["name"], response["name"]) == ("resolution", "response")
    assert response["remainingSeconds"] == (4 - 5) * 3600
    assert (response["target"], response["minimum"]) == ({"isMissed": True}, {"isMissed": False})
    assert resolution["target"] == {"isMissed": False}
    assert response["ledger"][0]["startedAt"] == "2026-03-02T09:00:00.000Z"


async def test_plugins_are_shown_to_those_who_manage_them(
    world: World, api: Api, clock: Clock
) -> None:
    await furnish(world, clock)
    query = """{ plugins { name version state reason source isPaused permissions
      hooks { name callCount errorCount meanMilliseconds breaker lastError } } }"""

    plugins = {plugin["name"]: plugin for plugin in (await api.ask(world.root, query))["plugins"]}

    opinions = plugins["opinions"]
    assert opinions["hooks"][0]["name"] == "suggest_category"
    assert opinions["hooks"][0]["callCount"] == 6
    assert opinions["hooks"][0]["errorCount"] == 4
    assert "no idea" in opinions["hooks"][0]["lastError"]
    seen = (await api.ask(world.acme.max, query))["plugins"]
    assert {hook["lastError"] for plugin in seen for hook in plugin["hooks"]} == {None}
    for viewer in (world.acme.ada, world.acme.grace, None):
        assert await api.ask(viewer, query) == {"plugins": None}
