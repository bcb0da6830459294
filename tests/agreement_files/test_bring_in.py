"""Files become agreements, or the next versions of those that they name."""

from datetime import timedelta

import pytest

from foredesk.agreement_files.bring_in import (
    Outcome,
    compare_agreement_file,
    import_agreement,
    import_calendar_file,
)
from foredesk.agreement_files.read_stored import agreement_file, version_differences
from foredesk.agreement_files.store import stored_agreement, stored_calendar
from foredesk.agreement_files.tree import FileFormat
from foredesk.catalog.models import Service, ServiceKind
from foredesk.desk import Desk
from foredesk.errors import InvalidInput, NotFound, NotPermitted
from foredesk.people.enroll import form_team
from foredesk.people.models import Organization
from foredesk.people.roles import Role
from foredesk.people.viewer import SYSTEM
from foredesk.sla.models import Agreement, AgreementVersion, Calendar, CalendarVersion
from tests.agreement_files.test_files import EXAMPLE
from tests.clock import NOW, Clock
from tests.people import make_agent, make_organization, make_person, make_requester
from tests.sla.agreements import make_agreement

MINUTE = timedelta(minutes=1)


@pytest.fixture
async def tannquell(desk: Desk) -> Organization:
    """Everything that the file of the page names."""
    organization = await make_organization(desk, "tannquell")
    await Service.create(key="email", name="E-mail", kind=ServiceKind.TECHNICAL)
    await form_team(desk, SYSTEM, key="network", name="Network", serves=[organization])
    await make_person(
        desk, organization, Role.INCIDENT_RESOLVER, name="Grace", email="grace@example.org"
    )
    return organization


async def test_the_file_of_the_page_becomes_an_agreement_that_says_the_same(
    desk: Desk, tannquell: Organization
) -> None:
    done = await import_agreement(desk, SYSTEM, text=EXAMPLE)

    assert (done.outcome, done.differences) == (Outcome.DEFINED, ())
    agreement = await Agreement.get()
    assert (agreement.organization_id, agreement.name) == (tannquell.id, "Tannquell, e-mail")
    version = await AgreementVersion.get().prefetch_related("clocks", "penalties", "escalations")
    assert [clock.name for clock in version.clocks if clock.team_id] == ["network_work"]
    assert [float(one.monthly_cap or 0) for one in version.penalties] == [0, 1000]
    assert [bool(one.team_id or one.person_id or one.role) for one in version.escalations] == [
        True
    ] * 3
    for format in FileFormat:
        text = await agreement_file(SYSTEM, agreement_id=agreement.id, format=format)
        compared = await compare_agreement_file(desk, SYSTEM, text=text)
        assert (compared.agreement, compared.differences) == (agreement, ())


async def test_what_holds_already_changes_nothing_and_what_differs_is_a_new_version(
    desk: Desk, tannquell: Organization, clock: Clock
) -> None:
    await import_agreement(desk, SYSTEM, text=EXAMPLE)
    clock.advance(MINUTE)
    same = await import_agreement(desk, SYSTEM, text=EXAMPLE)
    assert same.outcome is Outcome.UNCHANGED
    assert await AgreementVersion.all().count() == 1

    text = EXAMPLE.replace("high: {target: 1d, minimum: 12h}", "high: {target: 6h, minimum: 12h}")
    text = text.replace("amount: 250", "amount: 300")
    done = await import_agreement(desk, SYSTEM, text=text, valid_from=NOW + timedelta(days=30))

    assert done.outcome is Outcome.REVISED
    assert [one.words for one in done.differences] == [
        "resolution high: target 8h → 6h",
        "penalty resolution critical amount 250 → amount 300",
    ]
    newest = await AgreementVersion.get(number=2)
    assert newest.valid_from == NOW + timedelta(days=30)
    assert await CalendarVersion.all().count() == 1
    between = await version_differences(SYSTEM, done.agreement.id, 1, 2)
    assert tuple(between) == done.differences


async def test_other_hours_revise_the_calendar_and_not_the_agreement(
    desk: Desk, tannquell: Organization, clock: Clock
) -> None:
    await import_agreement(desk, SYSTEM, text=EXAMPLE)
    clock.advance(MINUTE)
    text = EXAMPLE.replace("  2026-12-28: []", "  2026-12-28: [09:00-12:00]")

    done = await import_agreement(desk, SYSTEM, text=text)

    assert [one.words for one in done.differences] == ["2026-12-28 closed → 09:00-12:00"]
    assert await AgreementVersion.all().count() == 1
    assert await CalendarVersion.all().count() == 2
    assert (await stored_calendar((await Calendar.get()).id)).written.exceptions["2026-12-28"] == [
        "09:00-12:00"
    ]


async def test_a_shorter_working_day_is_a_difference_of_every_promise_in_days(
    desk: Desk, tannquell: Organization
) -> None:
    await import_agreement(desk, SYSTEM, text=EXAMPLE)

    compared = await compare_agreement_file(
        desk, SYSTEM, text=EXAMPLE.replace("12:45-16:45", "12:45-15:45")
    )

    words = [one.words for one in compared.differences if one.part == "target"]
    assert "resolution low: target 4d (32h) → 4d (28h)" in words


@pytest.mark.parametrize(
    ("before", "after", "message"),
    [
        ("organization: tannquell", "organization: nobody", "There is no organization 'nobody'."),
        ("service: email", "service: fax", "There is no service 'fax'."),
        ("team: network", "team: night", "There is no team 'night'."),
        ("grace@example.org", "who@example.org", "There is no person 'who@example.org'."),
    ],
)
async def test_a_name_that_nobody_knows_is_refused_and_nothing_stored(
    desk: Desk, tannquell: Organization, before: str, after: str, message: str
) -> None:
    with pytest.raises(InvalidInput) as refusal:
        await import_agreement(desk, SYSTEM, text=EXAMPLE.replace(before, after))

    assert refusal.value.message == message
    assert (await Agreement.all().count(), await Calendar.all().count()) == (0, 0)


async def test_an_agreement_keeps_its_scope(desk: Desk, tannquell: Organization) -> None:
    await import_agreement(desk, SYSTEM, text=EXAMPLE)

    with pytest.raises(InvalidInput, match="keeps its service and kind"):
        await import_agreement(desk, SYSTEM, text=EXAMPLE + "kind: incident\n")


async def test_all_of_it_is_undone_where_a_part_is_refused(
    desk: Desk, tannquell: Organization
) -> None:
    text = EXAMPLE.replace("low: {target: 4d, minimum: 6d}", "low: {target: 4d, minimum: 7000d}")

    with pytest.raises(InvalidInput):
        await import_agreement(desk, SYSTEM, text=text)

    assert (await Agreement.all().count(), await Calendar.all().count()) == (0, 0)


async def test_managers_bring_in_files_for_whom_they_serve_and_requesters_see_none(
    desk: Desk, tannquell: Organization
) -> None:
    role = Role.CUSTOMER_SERVICE_MANAGER
    manager = await make_agent(desk, tannquell, role=role)
    stranger = await make_agent(desk, await make_organization(desk), role=role)
    requester = await make_requester(desk, tannquell)
    for viewer in (stranger, requester):
        with pytest.raises((NotPermitted, InvalidInput)):
            await import_agreement(desk, viewer, text=EXAMPLE)
    done = await import_agreement(desk, manager, text=EXAMPLE)

    id = done.agreement.id
    with pytest.raises(NotPermitted):
        await agreement_file(requester, agreement_id=id)
    with pytest.raises(NotFound):
        await agreement_file(stranger, agreement_id=id)
    with pytest.raises(NotFound):
        await version_differences(manager, id, 1, 2)


async def test_a_calendar_alone_is_defined_and_revised(desk: Desk, clock: Clock) -> None:
    text = "calendar: {name: Kiel, time_zone: UTC, hours: {monday: [09:00-12:00]}}"
    first = await import_calendar_file(desk, SYSTEM, text=text)
    clock.advance(MINUTE)
    again = await import_calendar_file(desk, SYSTEM, text=text.replace("12:00", "13:00"))
    same = await import_calendar_file(desk, SYSTEM, text=text.replace("12:00", "13:00"))

    assert first.id == again.id == same.id
    assert await CalendarVersion.all().count() == 2


async def test_what_was_defined_without_a_file_can_be_written_as_one(desk: Desk) -> None:
    agreement = await make_agreement(desk)

    text = await agreement_file(SYSTEM, agreement_id=agreement.id)

    compared = await compare_agreement_file(desk, SYSTEM, text=text)
    assert compared.differences == ()
    assert compared.proposed == await stored_agreement(agreement)
