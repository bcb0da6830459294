"""Where only the desk itself has to be asked, the record itself says how it is classified."""

from dataclasses import replace

import pytest

from foredesk.desk import Desk
from foredesk.hooks import CategorySuggestion, PolicyChoice, TicketFacts
from foredesk.knowledge.answering import search_articles
from foredesk.knowledge.models import Search
from foredesk.tickets.models import Ticket, TicketEvent
from foredesk.tickets.record import record_ticket
from foredesk.tickets.verify import differences
from plugins.builtin.priority_words import PriorityWords
from plugins.discovery import Found
from plugins.host import PluginHost
from tests.clock import Clock
from tests.database.round_trips import round_trips
from tests.plugins.made import add, made
from tests.tickets import make_agreement, make_crowd


@pytest.fixture
def host(clock: Clock) -> PluginHost:
    host = PluginHost(now=clock)
    host.load([Found("priority-words", "built in", PriorityWords)])
    return host


@pytest.fixture
def desk(desk: Desk, host: PluginHost) -> Desk:
    return replace(desk, hooks=host)


async def history(ticket: Ticket) -> list[tuple[str, bool]]:
    """Each event, and whether a person did it."""
    events = await TicketEvent.filter(ticket_id=ticket.id).order_by("sequence")
    assert [event.sequence for event in events] == list(range(1, len(events) + 1))
    return [(event.kind, event.actor_id is not None) for event in events]


async def test_it_is_one_statement_and_the_same_history(desk: Desk) -> None:
    crowd = await make_crowd(desk)
    await make_agreement(desk, crowd.acme)
    await record_ticket(desk, crowd.ada, subject="The first one reads the agreement")

    with round_trips() as sent:
        ticket = await record_ticket(desk, crowd.ada, subject="Outage, everybody is hit")

    assert len(sent) == 1, sent
    assert (ticket.number, ticket.priority, ticket.classified_at) == (2, "critical", desk.now())
    assert await history(ticket) == [
        ("recorded", True),
        ("agreement_chosen", True),
        ("suggested", False),
        ("classified", False),
    ]
    stored = await Ticket.get(id=ticket.id)
    assert (stored.priority, stored.version) == ("critical", 4)
    assert await differences(stored) == []


async def test_its_clocks_run_by_the_priority_that_was_found(desk: Desk) -> None:
    crowd = await make_crowd(desk)
    await make_agreement(desk, crowd.acme)

    ticket = await record_ticket(desk, crowd.ada, subject="Outage, everybody is hit")

    assert {clock.priority for clock in await ticket.clocks} == {"critical"}


async def test_a_partner_is_asked_only_once_it_is_stored(desk: Desk, host: PluginHost) -> None:
    crowd = await make_crowd(desk)
    numbers: list[int] = []

    async def suggest_category(ticket: TicketFacts) -> CategorySuggestion:
        numbers.extend([stored.number for stored in await Ticket.all()])
        return CategorySuggestion("network", 0.9, "because")

    add(host, made("partner", suggest_category=suggest_category))

    ticket = await record_ticket(desk, crowd.ada, subject="VPN drops")

    assert numbers == [ticket.number]
    assert ticket.category == "network"


async def test_who_may_choose_the_agreement_is_asked_first(desk: Desk, host: PluginHost) -> None:
    crowd = await make_crowd(desk)
    await make_agreement(desk, crowd.acme)
    asked = []

    async def choose_sla_policy(policies: tuple[object, ...]) -> PolicyChoice | None:
        asked.append(len(policies))
        return None

    add(host, made("partner", choose_sla_policy=choose_sla_policy))

    ticket = await record_ticket(desk, crowd.ada, subject="VPN drops")

    assert asked == [1]
    assert ticket.classified_at == desk.now()


async def test_who_suggests_an_assignment_is_asked_of_what_was_classified_at_once(
    desk: Desk, host: PluginHost
) -> None:
    crowd = await make_crowd(desk)
    seen: list[TicketFacts] = []

    async def suggest_assignment(ticket: TicketFacts) -> None:
        seen.append(ticket)

    add(host, made("partner", suggest_assignment=suggest_assignment))

    ticket = await record_ticket(desk, crowd.ada, subject="Outage")

    assert [(each.number, each.priority) for each in seen] == [(ticket.number, ticket.priority)]


async def test_for_somebody_else_and_after_a_search_it_is_the_same(desk: Desk) -> None:
    crowd = await make_crowd(desk)
    found = await search_articles(desk, crowd.ada, text="printer jams")

    ticket = await record_ticket(
        desk, crowd.ada, subject="Outage at the printer", search_id=found.search_id
    )
    other = await record_ticket(
        desk, crowd.grace, subject="Outage at the printer", requester_id=crowd.ada.person_id
    )

    assert (await Search.get(id=found.search_id)).ticket_id == ticket.id
    assert [kind for kind, _ in await history(ticket)] == [kind for kind, _ in await history(other)]
