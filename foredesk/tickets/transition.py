"""Transition: plugins may object to a ticket moving on; they are asked outside a transaction."""

from uuid import UUID

from foredesk.desk import Desk
from foredesk.errors import NotFound, PluginRejection
from foredesk.people.viewer import Viewer
from foredesk.tickets.facts import facts_of
from foredesk.tickets.queries import visible_to


async def check_transition(desk: Desk, viewer: Viewer, ticket_id: UUID, to_state: str) -> None:
    """Raises PluginRejection when a plugin objects, NotFound when the viewer can't see it."""
    ticket = await visible_to(viewer).get_or_none(id=ticket_id)
    if ticket is None:
        raise NotFound("ticketId")
    if not desk.hooks.listeners("check_transition", ticket.organization_id):
        return
    outcomes = await desk.hooks.collect(
        "check_transition",
        ticket.organization_id,
        ticket=await facts_of(ticket),
        to_state=to_state,
    )
    objections = [(outcome.plugin, one) for outcome in outcomes for one in outcome.value or ()]
    if objections:
        plugin, first = objections[0]
        message = " ".join(objection.message for _, objection in objections)
        raise PluginRejection(message, plugin=plugin, plugin_code=first.code)
