"""Calendars and agreements by GraphQL: who may do what, what is refused, what is hidden."""

from typing import Any

from api.identifiers import global_id
from foredesk.sla.models import AgreementVersion, Calendar, CalendarVersion
from tests.api.asking import Api
from tests.api.world import World

WEEK = [{"weekday": "MONDAY", "openings": ["09:00-17:00"]}]
FILE = """agreement: Gold
organization: acme
calendar: {name: Munich, time_zone: UTC, hours: {monday: [09:00-17:00]}}
clocks:
  response: {targets: {high: {target: 1h, minimum: 2h}}}
  second_line:
    start: [recorded]
    stop: [closed]
    team: TEAM
    targets: {high: {target: 3h}}
penalties: {currency: EUR, rules: [{clock: response, amount: 250}]}
"""
VERSIONS = """query ($id: ID!) { node(id: $id) { ... on ServiceLevelAgreement {
  versions { clocks { name } targets { clock } currency penalties { amount } } } } }"""


async def test_managers_and_administrators_define_calendars_and_others_do_not(
    world: World, api: Api
) -> None:
    given: dict[str, Any] = {"name": "Munich", "timeZone": "Europe/Berlin", "week": WEEK}
    for viewer in (world.acme.ada, world.acme.grace):
        refused = await api.act(viewer, "defineCalendar", "calendar { id }", **given)
        assert refused["errors"] == [("NotPermitted", "NOT_PERMITTED", "")]

    key = {"idempotencyKey": "munich"}
    made = await api.act(
        world.acme.max, "defineCalendar", "calendar { id version }", **given, **key
    )
    again = await api.act(
        world.acme.max, "defineCalendar", "calendar { id version }", **given, **key
    )
    assert made == again
    assert made["calendar"]["version"] == 1
    assert await Calendar.filter(name="Munich").count() == 1


async def test_what_is_wrong_is_told_by_the_path_of_the_input(world: World, api: Api) -> None:
    async def problem(**given: Any) -> Any:
        said = {"name": "Odd", "timeZone": "UTC", "week": WEEK} | given
        done = await api.act(world.root, "defineCalendar", "calendar { id }", **said)
        return done["errors"]

    def at(path: str) -> list[tuple[str, str, str]]:
        return [("InvalidInput", "INVALID_INPUT", path)]

    assert await problem(week=[]) == at("week")
    assert await problem(week=[*WEEK, *WEEK]) == at("week")
    assert await problem(week=[{"weekday": "MONDAY", "openings": ["9-5"]}]) == at("week")
    assert await problem(timeZone="Mars") == at("timeZone")
    assert await problem(name=" ") == at("name")
    assert await problem(
        exceptions=[{"date": "2026-12-25", "openings": [], "name": "x" * 200}]
    ) == at("names")


async def test_a_calendar_of_another_organization_is_not_there(world: World, api: Api) -> None:
    theirs = await AgreementVersion.get(agreement_id=world.globex.agreement.id)
    id = global_id("Calendar", theirs.calendar_id)

    answer = await api.answer(
        world.acme.max, "query ($id: ID!) { calendar(id: $id) { name } }", id=id
    )
    assert answer["data"] == {"calendar": None}
    done = await api.act(
        world.acme.max,
        "takeHolidays",
        "calendar { id }",
        calendarId=id,
        source={"country": "DE", "years": [2027]},
    )
    assert done["errors"] == [("NotFound", "NOT_FOUND", "calendarId")]
    revised = await api.act(world.acme.max, "reviseCalendar", "calendar { id }", calendarId=id)
    assert revised["errors"] == [("NotPermitted", "NOT_PERMITTED", "")]
    assert await CalendarVersion.filter(calendar_id=theirs.calendar_id).count() == 1


async def test_only_who_manages_agreements_looks_through_holidays_and_files(
    world: World, api: Api
) -> None:
    own = global_id("ServiceLevelAgreement", world.acme.agreement.id)
    for query in (
        '{ previewHolidays(source: {country: "DE", years: [2027]}) { name } }',
        f'{{ agreementFile(agreementId: "{own}") }}',
        '{ compareAgreementFile(text: "a: b") { name } }',
    ):
        refused = await api.ask(world.acme.grace, query)
        assert list(refused.values()) == [None]
    theirs = global_id("ServiceLevelAgreement", world.globex.agreement.id)
    hidden = f'{{ agreementFile(agreementId: "{theirs}") }}'
    assert await api.ask(world.acme.max, hidden) == {"agreementFile": None}
    odd = await api.answer(world.acme.max, '{ compareAgreementFile(text: "a: b") { name } }')
    assert odd["errors"][0]["extensions"]["code"] == "BAD_USER_INPUT"
    assert "Line 1, a: there is no such key" in odd["errors"][0]["message"]


async def test_customers_see_neither_penalties_nor_what_teams_promise_one_another(
    world: World, api: Api
) -> None:
    text = FILE.replace("TEAM", world.acme.team.key)
    done = await api.act(
        world.acme.max,
        "importAgreement",
        "outcome agreement { id }",
        text=text,
    )
    assert (done["errors"], done["outcome"]) == ([], "DEFINED")
    id = done["agreement"]["id"]

    async def seen(viewer: Any) -> Any:
        answer = await api.answer(viewer, VERSIONS, id=id)
        (version,) = answer["data"]["node"]["versions"]
        return version

    response = [{"clock": "response"}]
    assert await seen(world.acme.ada) == {
        "clocks": [{"name": "response"}],
        "targets": response,
        "currency": None,
        "penalties": [],
    }
    assert (await seen(world.acme.grace))["targets"] == [*response, {"clock": "second_line"}]
    assert await seen(world.acme.max) == {
        "clocks": [{"name": "second_line"}, {"name": "response"}],
        "targets": [*response, {"clock": "second_line"}],
        "currency": "EUR",
        "penalties": [{"amount": "250"}],
    }


async def test_an_agreement_is_revised_by_its_version(world: World, api: Api) -> None:
    agreement = world.acme.agreement
    version = await AgreementVersion.get(agreement_id=agreement.id)
    terms = {
        "calendarId": global_id("Calendar", version.calendar_id),
        "targets": [{"clock": "response", "priority": "LOW", "targetSeconds": 3600}],
    }
    given: dict[str, Any] = {
        "agreementId": global_id("ServiceLevelAgreement", agreement.id),
        "terms": terms,
        "beginsAt": "2026-09-01T00:00:00Z",
    }
    shown = "agreement { versions { number } }"

    stale = await api.act(world.acme.max, "reviseAgreement", shown, **given, expectedVersion=2)
    assert stale["errors"] == [("StaleVersion", "STALE_VERSION", "")]
    done = await api.act(
        world.acme.max, "reviseAgreement", shown, **given, expectedVersion=1, idempotencyKey="r"
    )
    again = await api.act(
        world.acme.max, "reviseAgreement", shown, **given, expectedVersion=1, idempotencyKey="r"
    )
    assert done == again
    assert done["agreement"]["versions"] == [{"number": 1}, {"number": 2}]
    bad = terms | {"billing": {"currency": "EUR", "monthlyFee": "a lot"}}
    refused = await api.act(world.acme.max, "reviseAgreement", shown, **given | {"terms": bad})
    assert refused["errors"] == [("InvalidInput", "INVALID_INPUT", "monthlyFee")]
    assert await AgreementVersion.filter(agreement_id=agreement.id).count() == 2
