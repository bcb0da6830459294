"""replayAgreement: for those who may sign, of what they may see, and within bounds."""

from tests.api.asking import Api
from tests.api.world import World

FILE = """agreement: Gold
organization: %s
calendar: {name: Munich, time_zone: UTC, hours: {monday: [00:00-24:00], tuesday: [00:00-24:00]}}
clocks:
  response:
    targets: {critical: {target: 1m}, high: {target: 1m}, normal: {target: 1m}, low: {target: 1m}}
"""
QUERY = """query ($text: String!) { replayAgreement(text: $text, since: "2000-01-01T00:00:00Z") {
  name replaces ticketCount clocks { clock priority target { decidedCount openCount keptCount } }
  breaches { ticket { number } clock reason } penalties { total months { month } } } }"""
ODD = '{ replayAgreement(text: "a: b", since: "2000-01-01T00:00:00Z") { name } }'


async def test_managers_replay_the_requests_of_the_organizations_that_they_serve(
    furnished: World, api: Api
) -> None:
    world = furnished
    text = FILE % world.acme.organization.slug

    answer = await api.answer(world.acme.max, QUERY, text=text)

    found = answer["data"]["replayAgreement"]
    assert (found["name"], found["replaces"]) == ("Gold", None)
    assert found["ticketCount"] > 0
    assert found["clocks"][0]["priority"] is None
    assert found["penalties"] == {"total": "0", "months": []}


async def test_nobody_else_replays_and_files_are_refused_with_their_line(
    world: World, api: Api
) -> None:
    text = FILE % world.acme.organization.slug
    for viewer in (world.acme.ada, world.acme.grace):
        refused = await api.answer(viewer, QUERY, text=text)
        assert refused["data"] == {"replayAgreement": None}

    odd = await api.answer(world.acme.max, ODD)
    assert odd["errors"][0]["extensions"]["code"] == "BAD_USER_INPUT"
    assert "Line 1, a: there is no such key" in odd["errors"][0]["message"]
