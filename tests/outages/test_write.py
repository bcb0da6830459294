from datetime import timedelta

import pytest

from foredesk.desk import Desk
from foredesk.errors import (
    InvalidInput,
    InvalidTransition,
    NotFound,
    NotPermitted,
    StaleVersion,
)
from foredesk.outages.answer import accept_outage_report, refuse_outage_report
from foredesk.outages.content import Content
from foredesk.outages.models import OutageAction, OutageReport, OutageReportVersion
from foredesk.outages.queries import (
    actions_in,
    content_of,
    of_version,
    version_of,
    visible_actions,
    visible_to,
    visible_versions,
)
from foredesk.outages.write import (
    complete_outage_action,
    discard_outage_report,
    draft_outage_report,
    revise_outage_report,
    send_outage_report,
)
from foredesk.people.viewer import SYSTEM
from foredesk.tickets.confirm import close_silent, confirm_resolution
from foredesk.tickets.models import Ticket
from foredesk.tickets.resolve import resolve_ticket
from foredesk.tickets.states import EventKind, OutageReportState, TicketState
from tests.clock import Clock
from tests.outages.reports import Outage, action, complete, kinds_of, make_outage

DRAFT, SENT, ACCEPTED = OutageReportState


async def write(desk: Desk, it: Outage, content: Content | None = None) -> OutageReport:
    await draft_outage_report(desk, it.grace, ticket_id=it.ticket.id)
    return await revise_outage_report(
        desk, it.grace, ticket_id=it.ticket.id, content=content or complete()
    )


async def send(desk: Desk, it: Outage) -> OutageReport:
    await write(desk, it)
    return await send_outage_report(desk, it.grace, ticket_id=it.ticket.id)


async def stored(it: Outage) -> Ticket:
    return await Ticket.get(id=it.ticket.id)


async def test_a_report_goes_from_draft_to_accepted_and_every_version_stays(desk: Desk) -> None:
    it = await make_outage(desk)
    report = await write(desk, it)
    assert (report.state, report.version, report.sent_version) == (DRAFT, 2, None)

    report = await send_outage_report(desk, it.grace, ticket_id=it.ticket.id)
    assert (report.state, report.sent_version, report.sent_at) == (SENT, 2, desk.now())

    report = await accept_outage_report(desk, it.ada, ticket_id=it.ticket.id, comment="Thanks.")
    assert (report.state, report.comment, report.answered_by_id) == (
        ACCEPTED,
        "Thanks.",
        it.ada.person_id,
    )
    kept = await OutageReportVersion.filter(report_id=report.id).order_by("number")
    assert [(one.number, one.summary) for one in kept] == [
        (1, "The VPN is down"),
        (2, "The VPN was down"),
    ]
    assert (await stored(it)).outage_report_state is ACCEPTED


async def test_what_is_written_is_read_again_as_it_was(desk: Desk) -> None:
    it = await make_outage(desk)
    content = complete(action(it.grace))
    report = await write(desk, it, content)
    actions = of_version((await actions_in([report.id]))[report.id], 2)

    assert content_of(await version_of(report, 2), actions) == Content(
        content.summary,
        content.impact,
        content.cause,
        content.workaround,
        list(content.timeline),
        list(content.actions),
    )


async def test_a_refused_report_is_a_draft_again_with_the_reason_and_must_be_revised(
    desk: Desk,
) -> None:
    it = await make_outage(desk)
    await send(desk, it)

    report = await refuse_outage_report(
        desk, it.ada, ticket_id=it.ticket.id, reason="Why did nobody see it coming?"
    )
    assert (report.state, report.refusal) == (DRAFT, "Why did nobody see it coming?")
    with pytest.raises(InvalidInput, match="refused this very version"):
        await send_outage_report(desk, it.grace, ticket_id=it.ticket.id)

    await revise_outage_report(
        desk, it.grace, ticket_id=it.ticket.id, content=complete(cause="Nobody watched it.")
    )
    await send_outage_report(desk, it.grace, ticket_id=it.ticket.id)
    report = await accept_outage_report(desk, it.ada, ticket_id=it.ticket.id)
    assert (report.state, report.refusal, report.sent_version) == (ACCEPTED, "", 3)


async def test_a_ticket_does_not_close_by_silence_over_a_report_that_is_not_accepted(
    desk: Desk, clock: Clock
) -> None:
    it = await make_outage(desk)
    await send(desk, it)
    await resolve_ticket(desk, it.grace, ticket_id=it.ticket.id, resolution="Renewed.")
    clock.advance(timedelta(days=365))
    assert await close_silent(desk) == 0

    await refuse_outage_report(desk, it.ada, ticket_id=it.ticket.id, reason="Too short.")
    clock.advance(timedelta(days=365))
    assert await close_silent(desk) == 0

    await revise_outage_report(desk, it.grace, ticket_id=it.ticket.id, content=complete())
    await send_outage_report(desk, it.grace, ticket_id=it.ticket.id)
    await accept_outage_report(desk, it.ada, ticket_id=it.ticket.id)
    days = desk.settings.close_after_days
    assert (await stored(it)).close_due_at == desk.now() + timedelta(days=days)
    clock.advance(timedelta(days=days))
    assert await close_silent(desk) == 1
    assert (await stored(it)).state is TicketState.CLOSED


async def test_a_confirmed_solution_waits_for_the_report_and_closes_with_its_acceptance(
    desk: Desk,
) -> None:
    it = await make_outage(desk)
    await resolve_ticket(desk, it.grace, ticket_id=it.ticket.id, resolution="Renewed.")
    await send(desk, it)
    await confirm_resolution(desk, it.ada, ticket_id=it.ticket.id)
    assert (await stored(it)).state is TicketState.RESOLVED

    await accept_outage_report(desk, it.ada, ticket_id=it.ticket.id)

    assert (await stored(it)).state is TicketState.CLOSED
    assert (await kinds_of(it.ticket))[-2:] == [
        EventKind.OUTAGE_REPORT_ACCEPTED,
        EventKind.CLOSED,
    ]


async def test_a_draft_that_nobody_had_can_be_given_up_and_then_the_ticket_closes(
    desk: Desk,
) -> None:
    it = await make_outage(desk)
    await write(desk, it)
    await resolve_ticket(desk, it.grace, ticket_id=it.ticket.id, resolution="Renewed.")
    await confirm_resolution(desk, it.ada, ticket_id=it.ticket.id)
    assert (await stored(it)).state is TicketState.RESOLVED

    await discard_outage_report(desk, it.grace, ticket_id=it.ticket.id)

    assert (await stored(it)).state is TicketState.CLOSED
    assert await visible_to(it.grace).count() == 0


async def test_what_a_customer_has_had_is_not_given_up(desk: Desk) -> None:
    it = await make_outage(desk)
    await send(desk, it)
    await refuse_outage_report(desk, it.ada, ticket_id=it.ticket.id, reason="Too short.")

    with pytest.raises(InvalidTransition):
        await discard_outage_report(desk, it.grace, ticket_id=it.ticket.id)


async def test_a_draft_after_one_that_was_given_up_goes_on_counting(desk: Desk) -> None:
    it = await make_outage(desk)
    await write(desk, it, complete(action(it.grace)))
    await discard_outage_report(desk, it.grace, ticket_id=it.ticket.id)

    report = await draft_outage_report(desk, it.grace, ticket_id=it.ticket.id)

    assert report.version == 3
    assert of_version((await actions_in([report.id]))[report.id], 3) == []


async def test_it_is_not_sent_without_cause_impact_and_timeline(desk: Desk) -> None:
    it = await make_outage(desk)
    await draft_outage_report(desk, it.grace, ticket_id=it.ticket.id)
    for field, content in {
        "cause": complete(cause=""),
        "impact": Content("Down", cause="Age", timeline=complete().timeline),
        "timeline": Content("Down", cause="Age", impact="All"),
    }.items():
        await revise_outage_report(desk, it.grace, ticket_id=it.ticket.id, content=content)
        with pytest.raises(InvalidInput) as refused:
            await send_outage_report(desk, it.grace, ticket_id=it.ticket.id)
        assert refused.value.field == field
    assert (await stored(it)).outage_report_state is DRAFT


async def test_only_the_version_that_was_read_is_revised_sent_or_answered(desk: Desk) -> None:
    it = await make_outage(desk)
    await write(desk, it)
    with pytest.raises(StaleVersion) as stale:
        await send_outage_report(desk, it.grace, ticket_id=it.ticket.id, expected_version=1)
    assert stale.value.current == 2
    await send_outage_report(desk, it.grace, ticket_id=it.ticket.id, expected_version=2)
    with pytest.raises(StaleVersion):
        await accept_outage_report(desk, it.ada, ticket_id=it.ticket.id, expected_version=1)
    await accept_outage_report(desk, it.ada, ticket_id=it.ticket.id, expected_version=2)


async def test_the_customer_sees_what_was_sent_and_nothing_of_the_work_on_it(desk: Desk) -> None:
    it = await make_outage(desk)
    await write(desk, it, complete(action(it.grace)))
    assert await visible_to(it.ada).count() == 0
    assert await visible_versions(it.ada).count() == 0
    assert await visible_actions(it.ada).count() == 0

    await send_outage_report(desk, it.grace, ticket_id=it.ticket.id)
    await revise_outage_report(
        desk,
        it.grace,
        ticket_id=it.ticket.id,
        content=complete(action(it.grace, "Another thing"), cause="Somebody slept."),
        note="Between us.",
    )

    assert [one.number for one in await visible_versions(it.ada)] == [2]
    assert [one.what for one in await visible_actions(it.ada)] == ["Watch certificates"]
    assert [one.number for one in await visible_versions(it.grace)] == [1, 2, 3]
    assert await visible_actions(it.grace).count() == 2
    for stranger in (it.crowd.zoe, it.crowd.zack):
        assert await visible_to(stranger).count() == 0
        assert await visible_versions(stranger).count() == 0
        assert await visible_actions(stranger).count() == 0


async def test_agents_write_and_only_the_customer_answers(desk: Desk) -> None:
    it = await make_outage(desk)
    with pytest.raises(NotPermitted):
        await draft_outage_report(desk, it.ada, ticket_id=it.ticket.id)
    with pytest.raises(NotFound):
        await draft_outage_report(desk, it.crowd.zack, ticket_id=it.ticket.id)
    await send(desk, it)
    with pytest.raises(NotPermitted):
        await accept_outage_report(desk, it.grace, ticket_id=it.ticket.id)
    with pytest.raises(NotFound):
        await refuse_outage_report(desk, it.crowd.zoe, ticket_id=it.ticket.id, reason="No")


async def test_a_ticket_without_a_report_has_none_to_answer(desk: Desk) -> None:
    it = await make_outage(desk)
    with pytest.raises(NotFound):
        await accept_outage_report(desk, it.ada, ticket_id=it.ticket.id)
    with pytest.raises(NotFound):
        await send_outage_report(desk, it.grace, ticket_id=it.ticket.id)


async def test_actions_that_stay_the_same_keep_their_end_and_others_are_replaced(
    desk: Desk,
) -> None:
    it = await make_outage(desk)
    keep, change = action(it.grace, "Keep"), action(it.grace, "Change")
    await write(desk, it, complete(keep, change, action(it.grace, "Drop")))
    kept = await OutageAction.get(what="Keep")
    await complete_outage_action(desk, it.grace, action_id=kept.id)

    later = action(it.grace, "Change", day=9)
    report = await revise_outage_report(
        desk, it.grace, ticket_id=it.ticket.id, content=complete(later)
    )

    every = (await actions_in([report.id]))[report.id]
    now = {(one.what, one.due_on.day, one.done_at) for one in of_version(every, 3)}
    assert now == {("Keep", 1, desk.now()), ("Change", 9, None)}
    before = {(one.what, one.due_on.day) for one in of_version(every, 2)}
    assert before == {("Keep", 1), ("Change", 1), ("Drop", 1)}


async def test_an_action_is_done_once_and_after_the_ticket_is_closed_too(desk: Desk) -> None:
    it = await make_outage(desk)
    await write(desk, it, complete(action(it.grace)))
    await send_outage_report(desk, it.grace, ticket_id=it.ticket.id)
    await resolve_ticket(desk, it.grace, ticket_id=it.ticket.id, resolution="Renewed.")
    await confirm_resolution(desk, it.ada, ticket_id=it.ticket.id)
    await accept_outage_report(desk, it.ada, ticket_id=it.ticket.id)
    promised = await OutageAction.get(what="Watch certificates")
    with pytest.raises(NotPermitted):
        await complete_outage_action(desk, it.ada, action_id=promised.id)
    with pytest.raises(NotFound):
        await complete_outage_action(desk, it.crowd.zack, action_id=promised.id)

    await complete_outage_action(desk, it.grace, action_id=promised.id)

    done = await OutageAction.get(id=promised.id)
    assert (done.done_at, done.done_by_id) == (desk.now(), it.grace.person_id)
    with pytest.raises(InvalidInput):
        await complete_outage_action(desk, it.grace, action_id=promised.id)


async def test_owners_are_agents_who_serve_the_customer(desk: Desk) -> None:
    it = await make_outage(desk)
    await draft_outage_report(desk, it.grace, ticket_id=it.ticket.id)
    for nobody in (it.ada, it.crowd.zack):
        with pytest.raises(NotFound) as refused:
            await revise_outage_report(
                desk, SYSTEM, ticket_id=it.ticket.id, content=complete(action(nobody))
            )
        assert refused.value.field == "actions"
