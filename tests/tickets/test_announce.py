from dataclasses import replace
from typing import Any

import pytest

from foredesk.database import Writes
from foredesk.desk import Desk
from foredesk.ports import PAUSED_FOR, JobContext, Outcome
from foredesk.tickets.announce import PluginFailed, announce, deliver_to_plugin
from foredesk.tickets.models import Ticket, TicketEvent
from foredesk.tickets.record import record_ticket
from tests.clock import NOW
from tests.quiet_parts import NoHooks
from tests.tickets import make_crowd

CONTEXT = JobContext(key="k1", attempt=0, enqueued_at=NOW)


class OneListener(NoHooks):
    """A host with one plugin, which makes of every event what the test says."""

    def __init__(self, outcome: Outcome) -> None:
        self.outcome = outcome

    def listeners(self, hook: str, organization_id: object) -> tuple[str, ...]:
        return (self.outcome.plugin,) if hook == "on_ticket_created" else ()

    async def deliver(
        self, hook: str, plugin: str, organization_id: object, **facts: Any
    ) -> Outcome:
        return self.outcome


async def recorded(desk: Desk) -> tuple[Ticket, TicketEvent]:
    crowd = await make_crowd(desk)
    ticket = await record_ticket(desk, crowd.ada, subject="VPN")
    return ticket, await TicketEvent.get(ticket_id=ticket.id, sequence=1)


async def test_an_event_is_queued_for_each_listener_and_each_consequence(desk: Desk) -> None:
    ticket, event = await recorded(desk)
    desk = replace(desk, hooks=OneListener(Outcome("partner")))
    desk.jobs.enqueued.clear()

    writes = Writes()
    await announce(desk, ticket, event, writes)
    await writes.send()

    assert [name for name, *_ in desk.jobs.enqueued] == ["notify_requester", "plugin_event"]
    assert desk.jobs.enqueued[1][1] == {
        "event_id": str(event.id),
        "hook": "on_ticket_created",
        "plugin": "partner",
    }


@pytest.mark.parametrize("error", ["raised", "timeout", "wrong_type"])
async def test_a_plugin_that_fails_is_tried_again_by_its_job(desk: Desk, error: str) -> None:
    _, event = await recorded(desk)
    desk = replace(desk, hooks=OneListener(Outcome("partner", error=error)))
    payload = {"event_id": str(event.id), "hook": "on_ticket_created", "plugin": "partner"}

    with pytest.raises(PluginFailed):
        await deliver_to_plugin(desk, payload, CONTEXT)


async def test_that_a_plugin_is_paused_costs_its_event_no_try(desk: Desk) -> None:
    _, event = await recorded(desk)
    desk = replace(desk, hooks=OneListener(Outcome("partner", error="open")))
    payload = {"event_id": str(event.id), "hook": "on_ticket_created", "plugin": "partner"}
    desk.jobs.enqueued.clear()

    await deliver_to_plugin(desk, payload, CONTEXT)

    assert desk.jobs.enqueued == [("plugin_event", payload, "k1", PAUSED_FOR)]
