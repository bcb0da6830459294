"""Notifications as the schema shows them."""

from datetime import datetime

import strawberry

from api.connections import After, Before, Connection, First, Last, Ordering, page_of, wanted
from api.context import Info
from api.fields import column, relation
from api.node import Node
from api.sources import want
from api.tickets.event import TicketEvent
from api.tickets.types import Ticket
from foredesk.channels import models
from foredesk.channels.notifications import visible_notifications

NEWEST_FIRST = Ordering("created_at", descending=True)


@strawberry.type(description="The viewer is asked to see to a ticket.")
class Notification(Node, visible=visible_notifications):
    row: strawberry.Private[models.Notification]
    created_at: datetime = column(description="Timestamp of when the viewer was asked")
    seen_at: datetime | None = column(
        description="Timestamp of when the viewer said that they have seen it; null if not yet"
    )
    ticket: Ticket | None = relation(
        "ticket_id", description="Ticket to see to; null if it is hidden by now"
    )
    event: TicketEvent | None = relation(
        "event_id", description="What they were asked by, such as an escalation; null if hidden"
    )


@strawberry.type
class NotificationQuery:
    @wanted(description="What the viewer was asked to see to, newest first")
    def notifications(
        self,
        info: Info,
        first: First = strawberry.UNSET,
        after: After = strawberry.UNSET,
        last: Last = strawberry.UNSET,
        before: Before = strawberry.UNSET,
    ) -> Connection[Notification]:
        return want(Notification, {}, NEWEST_FIRST, page_of(first, after, last, before))
