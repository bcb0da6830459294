"""Notifications: what people are asked to see to, kept for them until they have seen it."""

from collections.abc import Sequence
from uuid import UUID

from tortoise.queryset import QuerySet

from foredesk.channels.models import Notification
from foredesk.database import transaction
from foredesk.desk import Desk
from foredesk.errors import NotFound
from foredesk.people.policy import Act, require
from foredesk.people.roles import Scope
from foredesk.people.viewer import Viewer
from foredesk.tickets.models import TicketEvent
from foredesk.tickets.queries import handled_by


def visible_notifications(viewer: Viewer) -> QuerySet[Notification]:
    """One's own, of tickets that one handles still."""
    if viewer.person_id is None or not viewer.is_agent or not viewer.reads(Scope.TICKETS):
        return Notification.filter(id__isnull=True)
    return Notification.filter(handled_by(viewer, "ticket__"), person_id=viewer.person_id)


async def notify(desk: Desk, event: TicketEvent, person_id: UUID) -> None:
    """Once for an event and a person, however often it is asked for."""
    defaults = {"ticket_id": event.ticket_id, "created_at": desk.now()}
    await Notification.get_or_create(event_id=event.id, person_id=person_id, defaults=defaults)


async def mark_notifications_seen(
    desk: Desk, viewer: Viewer, *, notification_ids: Sequence[UUID]
) -> Sequence[Notification]:
    """Those that were seen before stay as they are.

    Raises NotPermitted, and NotFound, with nothing marked, if one of
    them is not the viewer's.
    """
    require(viewer, Act.MARK_NOTIFICATIONS)
    async with transaction():
        found = await visible_notifications(viewer).filter(id__in=list(notification_ids))
        if len(found) < len(set(notification_ids)):
            raise NotFound("notificationIds")
        for one in found:
            if one.seen_at is None:
                one.seen_at = desk.now()
                await one.save(update_fields=["seen_at"])
    return found
