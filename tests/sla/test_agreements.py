from datetime import timedelta
from uuid import UUID, uuid4

import pytest

from foredesk.catalog.models import Service, ServiceKind
from foredesk.desk import Desk
from foredesk.errors import InvalidInput, NotFound, NotPermitted
from foredesk.people.enroll import register_organization
from foredesk.people.roles import Role
from foredesk.people.viewer import ANONYMOUS, SYSTEM, Viewer
from foredesk.sla.agreements import applicable_agreements
from foredesk.sla.calendars import define_calendar, revise_calendar
from foredesk.sla.define import Promised, define_agreement, revise_agreement
from foredesk.sla.definitions import RESOLUTION, RESPONSE
from foredesk.sla.models import Agreement, AgreementVersion, Calendar, CalendarVersion
from foredesk.sla.priority import Impact, Priority, Urgency, priority_of
from foredesk.sla.queries import versions_in_force, visible_to
from tests.clock import NOW, Clock
from tests.people import make_agent, make_organization
from tests.sla.rows import OFFICE, PROMISES, Rows, make_agreement, make_rows
from tests.tickets import make_agreement as make_standard_agreement


@pytest.fixture
async def rows(desk: Desk) -> Rows:
    return await make_rows(desk)


@pytest.fixture
async def service() -> Service:
    return await Service.create(key="vpn", name="VPN", kind=ServiceKind.TECHNICAL)


async def test_the_most_specific_agreement_comes_first_and_says_why(
    desk: Desk, rows: Rows, service: Service
) -> None:
    organization = rows.organization.id
    calendar = rows.calendar.id
    await make_agreement(desk, calendar, name="For all")
    await make_agreement(desk, calendar, name="For the service", service_id=service.id)
    await make_agreement(desk, calendar, organization, name="Both", service_id=service.id)
    await make_agreement(desk, calendar, organization, name="Incidents", kind="incident")

    choices = await applicable_agreements(
        organization_id=organization, service_id=service.id, kind="incident", at=NOW
    )

    assert [(choice.agreement.name, choice.reason) for choice in choices] == [
        ("Both", "It was made for the organization and the service."),
        ("Incidents", "It was made for the organization and this kind of request."),
        ("Standard", "It was made for the organization."),
        ("For the service", "It was made for the service."),
        ("For all", "It is the default for everyone."),
    ]


async def test_what_was_promised_to_others_does_not_apply(desk: Desk, rows: Rows) -> None:
    other = await applicable_agreements(organization_id=uuid4(), service_id=None, kind=None, at=NOW)
    early = await applicable_agreements(
        organization_id=rows.organization.id,
        service_id=None,
        kind=None,
        at=NOW - timedelta(seconds=1),
    )

    assert [*other, *early] == []


async def test_a_revised_agreement_holds_from_its_day_on_and_the_old_terms_stay(
    desk: Desk, rows: Rows
) -> None:
    next_week = NOW + timedelta(days=7)
    shorter = Promised(RESOLUTION, Priority.NORMAL, timedelta(hours=1), timedelta(hours=2))
    await revise_agreement(
        desk,
        SYSTEM,
        agreement_id=rows.agreement.id,
        calendar_id=rows.calendar.id,
        promises=[shorter],
        valid_from=next_week,
    )

    async def number(days: int) -> int:
        choices = await applicable_agreements(
            organization_id=rows.organization.id,
            service_id=None,
            kind=None,
            at=NOW + timedelta(days=days),
        )
        return choices[0].version.number

    assert [await number(days) for days in (0, 6, 7)] == [1, 1, 2]
    in_force = await versions_in_force([rows.agreement.id], next_week)
    assert [target.target_seconds for target in in_force[rows.agreement.id].targets] == [3600]
    assert await AgreementVersion.all().count() == 2


@pytest.mark.parametrize(
    ("promises", "message"),
    [
        ((), "Promise at least one thing."),
        ((PROMISES[0], PROMISES[0]), "Give each clock and priority once."),
        (
            (Promised(RESPONSE, Priority.LOW, timedelta(hours=2), timedelta(hours=1)),),
            "A target is at least a minute, and its minimum no shorter than it.",
        ),
        (
            (Promised(RESPONSE, Priority.LOW, timedelta(0), timedelta(hours=1)),),
            "A target is at least a minute, and its minimum no shorter than it.",
        ),
        (
            (Promised(RESPONSE, Priority.LOW, timedelta(hours=1), timedelta(hours=99_999)),),
            "The calendar is not open long enough in ten years for this.",
        ),
    ],
)
async def test_terms_nobody_could_keep_are_refused(
    desk: Desk, rows: Rows, promises: tuple[Promised, ...], message: str
) -> None:
    with pytest.raises(InvalidInput) as refusal:
        await define_agreement(
            desk, SYSTEM, name="Odd", calendar_id=rows.calendar.id, promises=promises
        )

    assert (refusal.value.field, refusal.value.message) == ("promises", message)
    assert await Agreement.all().count() == 1


@pytest.mark.parametrize(
    ("field", "weekly", "zone", "exceptions"),
    [
        ("weekly", {}, "UTC", {}),
        ("weekly", {"someday": ["09:00-17:00"]}, "UTC", {}),
        ("weekly", {"monday": ["9-5"]}, "UTC", {}),
        ("weekly", {"monday": ["48:00-49:00"]}, "UTC", {}),
        ("weekly", {"monday": ["40:00-39:00"]}, "UTC", {}),
        ("weekly", {"monday": ["09:00-09:00"]}, "UTC", {}),
        ("weekly", {"monday": ["09:00-13:00", "12:00-17:00"]}, "UTC", {}),
        ("timeZone", OFFICE, "Mars/Olympus", {}),
        ("timeZone", OFFICE, "../etc/passwd", {}),
        ("timeZone", OFFICE, "", {}),
        ("exceptions", OFFICE, "UTC", {"Christmas": []}),
        ("exceptions", OFFICE, "UTC", {"2026-12-25": ["all day"]}),
    ],
)
async def test_hours_nobody_can_read_are_refused(
    desk: Desk,
    field: str,
    weekly: dict[str, list[str]],
    zone: str,
    exceptions: dict[str, list[str]],
) -> None:
    with pytest.raises(InvalidInput) as refusal:
        await define_calendar(
            desk, SYSTEM, name="Odd", time_zone=zone, weekly=weekly, exceptions=exceptions
        )

    assert refusal.value.field == field
    assert not await Calendar.exists()


async def test_a_calendar_is_revised_forward_only(desk: Desk, rows: Rows, clock: Clock) -> None:
    async def revise(calendar_id: UUID, days: int) -> CalendarVersion:
        return await revise_calendar(
            desk,
            SYSTEM,
            calendar_id=calendar_id,
            time_zone="Europe/Berlin",
            weekly=OFFICE,
            valid_from=NOW + timedelta(days=days),
        )

    await revise(rows.calendar.id, 7)
    for days in (-1, 7):
        with pytest.raises(InvalidInput, match="Begin now or later"):
            await revise(rows.calendar.id, days)
    with pytest.raises(NotFound):
        await revise(uuid4(), 8)

    assert await CalendarVersion.all().count() == 2
    assert [name for name, *_ in desk.jobs.enqueued] == ["reproject_clocks"]  # type: ignore[attr-defined]


async def test_two_calendars_of_one_name_are_refused(desk: Desk, rows: Rows) -> None:
    with pytest.raises(InvalidInput, match="There is a calendar of this name"):
        await define_calendar(desk, SYSTEM, name=" Office ", time_zone="UTC", weekly=OFFICE)


async def test_managers_promise_to_whom_they_serve_and_requesters_to_nobody(
    desk: Desk, rows: Rows
) -> None:
    organization = rows.organization.id
    manager = Viewer(
        uuid4(), None, frozenset({Role.CUSTOMER_SERVICE_MANAGER}), frozenset({organization})
    )
    requester = Viewer(uuid4(), organization, frozenset({Role.REQUESTER}))

    async def promise(viewer: Viewer, to: UUID | None) -> Agreement:
        return await define_agreement(
            desk,
            viewer,
            name="Special",
            calendar_id=rows.calendar.id,
            promises=PROMISES,
            organization_id=to,
        )

    assert (await promise(manager, organization)).organization_id == organization
    for viewer, to in ((manager, None), (manager, uuid4()), (requester, organization)):
        with pytest.raises(NotPermitted):
            await promise(viewer, to)
    with pytest.raises(NotPermitted):
        await define_calendar(desk, requester, name="Mine", time_zone="UTC", weekly=OFFICE)


async def test_hours_are_changed_only_by_those_who_manage_every_agreement_by_them(
    desk: Desk, clock: Clock
) -> None:
    acme, zenith = await make_organization(desk), await make_organization(desk)
    await make_standard_agreement(desk, acme)
    calendar = await Calendar.get()
    manager = Role.CUSTOMER_SERVICE_MANAGER
    clock.advance(timedelta(hours=1))

    async def revise(viewer: Viewer) -> None:
        hours = {"monday": ["09:00-12:00"]}
        await revise_calendar(desk, viewer, calendar_id=calendar.id, time_zone="UTC", weekly=hours)

    with pytest.raises(NotPermitted):
        await revise(await make_agent(desk, zenith, role=manager))
    assert await CalendarVersion.all().count() == 1
    await revise(await make_agent(desk, acme, role=manager))
    assert await CalendarVersion.all().count() == 2


async def test_people_see_what_was_promised_to_them(desk: Desk, rows: Rows) -> None:
    other = await register_organization(desk, SYSTEM, slug="babbage", name="Babbage")
    await make_agreement(desk, rows.calendar.id, other.id, name="Secret")
    await make_agreement(desk, rows.calendar.id, name="For all")

    async def seen(viewer: Viewer) -> list[str]:
        return [agreement.name for agreement in await visible_to(viewer)]

    assert await seen(Viewer(uuid4(), rows.organization.id)) == ["For all", "Standard"]
    assert await seen(Viewer(uuid4(), None, serves=frozenset({other.id}))) == ["For all", "Secret"]
    assert await seen(SYSTEM) == ["For all", "Secret", "Standard"]
    assert await seen(ANONYMOUS) == []


@pytest.mark.parametrize(
    ("impact", "urgency", "priority"),
    [
        (Impact.HIGH, Urgency.HIGH, Priority.CRITICAL),
        (Impact.HIGH, Urgency.MEDIUM, Priority.HIGH),
        (Impact.MEDIUM, Urgency.HIGH, Priority.HIGH),
        (Impact.MEDIUM, Urgency.MEDIUM, Priority.NORMAL),
        (Impact.LOW, Urgency.HIGH, Priority.NORMAL),
        (Impact.HIGH, Urgency.LOW, Priority.NORMAL),
        (Impact.MEDIUM, Urgency.LOW, Priority.LOW),
        (Impact.LOW, Urgency.MEDIUM, Priority.LOW),
        (Impact.LOW, Urgency.LOW, Priority.LOW),
    ],
)
def test_priority_is_impact_times_urgency(
    impact: Impact, urgency: Urgency, priority: Priority
) -> None:
    assert priority_of(impact, urgency) is priority
