"""Drafts: what the log may tell a customer, and what it never does."""

from datetime import timedelta

from foredesk.desk import Desk
from foredesk.outages.draft import drafted
from foredesk.outages.queries import moments, version_of
from foredesk.outages.wording import wording
from foredesk.outages.write import draft_outage_report
from foredesk.people.models import Person
from foredesk.sla.priority import Impact, Urgency
from foredesk.tickets.assign import assign_ticket
from foredesk.tickets.classify import classify_ticket
from foredesk.tickets.escalate import escalate_ticket
from foredesk.tickets.estimate import set_estimated_repair
from foredesk.tickets.models import Ticket, TicketEvent
from foredesk.tickets.reply import add_internal_note, add_reply
from foredesk.tickets.resolve import resolve_ticket
from foredesk.tickets.states import INTERNAL, EventKind
from tests.clock import NOW, Clock
from tests.outages.reports import Outage, make_outage

SECRET = "Somebody forgot it, between us."


async def live_through(desk: Desk, clock: Clock) -> Outage:
    it = await make_outage(desk)
    ticket, grace = it.ticket, it.grace
    clock.advance(timedelta(minutes=5))
    await classify_ticket(
        desk,
        grace,
        ticket_id=ticket.id,
        kind=None,
        category=SECRET,
        impact=Impact.HIGH,
        urgency=Urgency.HIGH,
    )
    await assign_ticket(desk, grace, ticket_id=ticket.id, assignee_id=grace.person_id)
    await add_internal_note(desk, grace, ticket_id=ticket.id, body=SECRET)
    await set_estimated_repair(
        desk,
        grace,
        ticket_id=ticket.id,
        at=clock() + timedelta(hours=2),
        latest_at=clock() + timedelta(days=1, hours=3),
        reason="A part has to come.",
    )
    clock.advance(timedelta(hours=1))
    await escalate_ticket(
        desk, grace, ticket_id=ticket.id, team_id=it.crowd.network_team.id, reason=SECRET
    )
    await add_reply(desk, grace, ticket_id=ticket.id, body="Which city?", waits_for_requester=True)
    await add_reply(desk, it.ada, ticket_id=ticket.id, body="Berlin.")
    clock.advance(timedelta(hours=2))
    await resolve_ticket(desk, grace, ticket_id=ticket.id, resolution="The part was changed.")
    return it


async def test_the_log_is_told_in_words_with_the_time_of_each(desk: Desk, clock: Clock) -> None:
    it = await live_through(desk, clock)

    report = await draft_outage_report(desk, it.grace, ticket_id=it.ticket.id)

    version = await version_of(report, 1)
    assert [(one.at - NOW, one.text) for one in moments(version)] == [
        (timedelta(0), "The disturbance was reported."),
        (timedelta(minutes=5), "Work on it began."),
        (
            timedelta(minutes=5),
            "We expected to be done within 2 h, and within 1 d 3 h at the latest: "
            "A part has to come.",
        ),
        (timedelta(minutes=65), "It was handed to specialists."),
        (timedelta(minutes=65), "We asked you for details."),
        (timedelta(minutes=65), "You wrote to us."),
        (timedelta(minutes=185), "It was solved: The part was changed."),
    ]
    assert version.impact == (
        "Many people were affected. From the report to the solution it took 3 h 5 min."
    )
    assert (version.cause, version.workaround) == ("", "")


async def test_no_word_that_agents_wrote_among_themselves_is_in_it(
    desk: Desk, clock: Clock
) -> None:
    it = await live_through(desk, clock)
    ticket = await Ticket.get(id=it.ticket.id)
    events = await TicketEvent.filter(ticket_id=ticket.id).order_by("sequence")
    hidden = [
        TicketEvent(kind=kind, occurred_at=NOW, data={"body": SECRET, "reason": SECRET})
        for kind in INTERNAL
    ]

    content = drafted(ticket, [*events, *hidden], "en")

    text = repr(content)
    assert SECRET not in text
    assert it.crowd.network_team.name not in text
    assert "Grace" not in text
    assert len(content.timeline) == 7


async def test_it_is_drafted_in_the_language_of_the_requester(desk: Desk, clock: Clock) -> None:
    it = await live_through(desk, clock)
    await Person.filter(id=it.ada.person_id).update(locale="de-AT")

    report = await draft_outage_report(desk, it.grace, ticket_id=it.ticket.id)

    assert moments(await version_of(report, 1))[0].text == "Die Störung wurde gemeldet."


def test_a_missed_promise_is_told_at_the_time_it_was_due() -> None:
    ticket = Ticket(subject="Down", opened_at=NOW, impact=None)
    missed = TicketEvent(
        kind=EventKind.CLOCK_MISSED,
        occurred_at=NOW + timedelta(hours=9),
        data={"clock": "response", "level": "minimum", "due_at": NOW.isoformat()},
    )
    aimed = TicketEvent(
        kind=EventKind.CLOCK_MISSED,
        occurred_at=NOW,
        data={"clock": "response", "level": "target", "due_at": NOW.isoformat()},
    )
    (one,) = drafted(ticket, [missed, aimed], "en").timeline
    assert one.at == NOW
    assert one.text == "By now we had promised you an answer, and were late."


def test_spans_name_two_units_at_most() -> None:
    say = wording("en")
    assert say.span(timedelta(minutes=59, seconds=31)) == "1 h"
    assert say.span(timedelta(days=2, hours=3, minutes=4)) == "2 d 3 h"
    assert say.span(timedelta(days=1, minutes=4)) == "1 d 4 min"
    assert say.span(timedelta(0)) == "0 min"
    assert wording("fr") is wording("en")
